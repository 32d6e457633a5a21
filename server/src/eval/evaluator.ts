// One evaluation: its world, its caches and its counters. Code and symbols outlive it.

import type { CancelFlag } from "../base/index.js"
import type { StoreMemory } from "../store/index.js"
import { globalNumbersOf, globalsOf } from "./builtins/index.js"
import type { CodeCache } from "./code/program.js"
import { Scope } from "./code/scope.js"
import { BuildNeeded } from "./derivations/builds.js"
import { StoreSide } from "./derivations/store-side.js"
import { during, type EvalError } from "./errors/error.js"
import { MAX_CALL_DEPTH } from "./errors/exhaustion.js"
import { apply } from "./interpreter/call.js"
import { force, putOff } from "./interpreter/force.js"
import type { PackageSets } from "./interpreter/package-sets.js"
import { run } from "./interpreter/run.js"
import { attemptIO, type EvalIO } from "./io.js"
import type { LanguageSettings } from "./language-settings.js"
import { ProgramFiles } from "./program-files.js"
import { ValueReaders } from "./value-readers.js"
import { parseElement, showElement } from "./values/context.js"
import { copyWithin, newFrame, type Slot } from "./values/heap.js"
import { forgetNames } from "./values/met-names.js"
import { nameOf } from "./values/symbol.js"
import { Attrs, type Lazy, Thunk, unboxValue, type Value } from "./values/value.js"

/** What an evaluation has cost so far; `canopy --stats` prints it. */
export interface Counters {
  filesParsed: number
  bytesParsed: number
  thunks: number
  forced: number
  calls: number
  builtinCalls: number
  updates: number
  derivations: number
}

export interface EvaluatorSettings {
  readonly io: EvalIO
  /** Code of files by path and text, which may outlive the evaluation. */
  readonly code?: CodeCache
  /** Store paths that earlier evaluations have computed. */
  readonly storeMemory?: StoreMemory
  readonly cancel?: Pick<CancelFlag, "raised">
  readonly language?: LanguageSettings
  /** Whether a file with mistakes runs up to the first one that is reached; otherwise it is an error as a whole. */
  readonly lenient?: (file: string) => boolean
  /** What messages call a file; its path unless given. */
  readonly nameFile?: (file: string) => string
  /** Whether package sets with the same arguments are made only once. */
  readonly sharesPackageSets?: boolean
  /** Called with every result of a module evaluation (`_type = "configuration"`) when it is made. */
  readonly onConfiguration?: (configuration: Attrs) => void
}

export class Evaluator extends ValueReaders {
  readonly io: EvalIO
  readonly counters: Counters = {
    filesParsed: 0,
    bytesParsed: 0,
    thunks: 0,
    forced: 0,
    calls: 0,
    builtinCalls: 0,
    updates: 0,
    derivations: 0,
  }
  /** Values of global names, by number. */
  readonly globals: readonly Slot[]
  readonly cancel: EvaluatorSettings["cancel"]
  readonly language: LanguageSettings
  readonly store: StoreSide
  readonly files: ProgramFiles
  /** Package sets made so far; undefined if each is made anew. */
  readonly packageSets: PackageSets | undefined
  /** The folders that entries of search paths stand for; undefined of those that are missing. */
  readonly searchRoots = new Map<string, string | undefined>()
  /** Calls in progress, starting from a number that makes MAX_CALL_DEPTH the limit. */
  depth: number
  /** Errors that thunks ended with, by number. */
  readonly failures: EvalError[] = []
  private readonly imported = new Map<string, Slot>()
  /** Outputs, as elements of context, that are known to be readable. */
  private readonly built = new Set<string>()
  /** As in the settings. It may throw something other than an EvalError to end an evaluation: no thunk keeps that. */
  onConfiguration: EvaluatorSettings["onConfiguration"]

  constructor(settings: EvaluatorSettings) {
    super()
    forgetNames()
    this.store = new StoreSide(settings.io, settings.storeMemory)
    this.io = this.store.io
    this.cancel = settings.cancel
    this.packageSets = settings.sharesPackageSets ? [] : undefined
    this.language = settings.language ?? {}
    const { maxCallDepth } = this.language
    this.depth = maxCallDepth === undefined ? 0 : MAX_CALL_DEPTH - 1 - maxCallDepth
    this.onConfiguration = settings.onConfiguration
    this.globals = globalsOf(this)
    this.files = new ProgramFiles(settings, this.store, this.counters, globalNumbersOf(this))
  }

  /** Files that were run in spite of mistakes, with these mistakes. */
  get faultyFiles(): Map<string, readonly EvalError[]> {
    return this.files.faulty
  }

  /**
   * Evaluates an expression given as text.
   * @param baseDir folder that relative paths in it start from
   * @throws EvalError, also for a text that does not parse
   */
  evaluateText(text: string, baseDir: string, file = "«string»"): Value {
    return unboxValue(run(this, this.files.encode(text, file, { baseDir }).pc, newFrame(0, 1)))
  }

  /** As `evaluateText`, when the value is asked for. @throws EvalError at once for a text that does not parse */
  delayText(text: string, baseDir: string, file: string): Lazy {
    return new Thunk(putOff(this, this.files.encode(text, file, { baseDir }).pc, newFrame(0, 1)))
  }

  /** Parses an expression without evaluating it. @throws EvalError for the first mistake */
  parse(text: string, baseDir: string, file: string): void {
    this.files.encode(text, file, { baseDir })
  }

  /**
   * The value of `import path`, which is the same each time.
   * @throws EvalError
   */
  import(path: string): Value {
    return unboxValue(this.importSlot(path))
  }

  /** As `import`. */
  importSlot(path: string): Slot {
    let value = this.imported.get(path)
    if (value !== undefined) return value
    const file = this.files.resolve(path)
    value = this.imported.get(file)
    if (value === undefined) {
      value = this.runFile(file)
      this.imported.set(file, value)
    }
    return value
  }

  private runFile(file: string): Slot {
    const code = this.files.codeOf(file)
    try {
      return run(this, code, newFrame(0, 1))
    } catch (error) {
      throw during(error, `while evaluating the file '${file}':`, 0)
    }
  }

  /** As `import`, with the attributes of `scope` as variables that shadow all others. Evaluated anew each time. */
  scopedImport(scope: Attrs, path: string): Value {
    const file = this.files.resolve(path)
    const frame = Scope.root()
    for (const symbol of scope.shape.keys) frame.declare(nameOf(symbol))
    const { pc } = this.files.encode(this.files.read(file), file, { scope: frame })
    const variables = newFrame(newFrame(0, 1), scope.size + 1)
    copyWithin(variables + 1, (scope.slot >>> 2) + 1, scope.size)
    return unboxValue(run(this, pc, variables))
  }

  /** The store path of a copy of what is at `path`. @throws EvalError */
  copyToStore(path: string): string {
    if (path.endsWith(".drv")) this.fail("invalid-value", "file names are not allowed to end in '.drv'")
    return attemptIO(() => this.store.copy(path))
  }

  /**
   * Makes sure that a store path can be read.
   * @param element an element of string context
   * @throws EvalError `import-from-derivation` if it would have to be built first and may not be
   */
  requireBuilt(element: string): void {
    const { path, outputs } = parseElement(element)
    if (outputs.length === 0 || this.built.has(element)) return
    const drvPath = showElement({ path, outputs: outputs.slice(0, -1), deep: false })
    const output = outputs[outputs.length - 1]
    const outPath = this.store.outPath(drvPath, output)
    // An output named by its contents has no path before it is built.
    if (outPath === undefined) throw new BuildNeeded(drvPath, output)
    const closure = () => this.store.closure(path)
    if (this.io.builds?.realise({ drvPath, output, outPath, closure }) !== true)
      throw new BuildNeeded(drvPath, output)
    this.built.add(element)
  }

  /** Reports the result of a module evaluation, and returns it. */
  report(configuration: Slot): Slot {
    this.onConfiguration?.(new Attrs(configuration))
    return configuration
  }

  force(place: Lazy): Value {
    return force(this, place)
  }

  /** Calls a function value. */
  call(fn: Value, ...args: Lazy[]): Value {
    return apply(this, fn, args, 0)
  }
}
