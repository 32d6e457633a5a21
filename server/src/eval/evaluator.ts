// One evaluation: its world, its caches, its counters. Dropping it drops every value; code and symbols stay.

import { type CancelFlag, Cancelled } from "../base/index.js"
import { type Instantiations, instantiate } from "../store/index.js"
import { globalNumbersOf, globalsOf } from "./builtins/index.js"
import { CodeCache, encodeProgram, type Program, type ProgramSettings } from "./code/program.js"
import { Scope } from "./code/scope.js"
import { addSource, type Span } from "./code/span.js"
import { CORE_STAMP, coreFiles, coreReader } from "./core-files.js"
import { BuildNeeded } from "./derivations/builds.js"
import { withoutLinks } from "./derivations/links.js"
import { StoreSide } from "./derivations/store-side.js"
import { during, EvalError, type EvalErrorCode } from "./errors/error.js"
import { MAX_CALL_DEPTH } from "./errors/exhaustion.js"
import { expected } from "./formats/print.js"
import { apply } from "./interpreter/call.js"
import { force, forceSlot } from "./interpreter/force.js"
import { isInteger } from "./interpreter/operators.js"
import { run } from "./interpreter/run.js"
import type { EvalIO } from "./io.js"
import type { LanguageSettings } from "./language-settings.js"
import { baseName, canonicalPath, dirName } from "./path.js"
import { firstElement, isString, parseElement, showElement, textOf } from "./values/context.js"
import { copyWithin, FALSE, newFrame, type Slot, Tag, TRUE } from "./values/heap.js"
import { intern, known, nameOf, type Sym } from "./values/symbol.js"
import {
  Attrs,
  Builtin,
  Lambda,
  type Lazy,
  type NixList,
  NixString,
  Partial,
  unbox,
  unboxValue,
  type Value,
} from "./values/value.js"

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
  /** Derivations of evaluations before this one. */
  readonly instantiations?: Instantiations
  readonly cancel?: Pick<CancelFlag, "raised">
  readonly language?: LanguageSettings
  /** Files that run in spite of mistakes in them. */
  readonly lenient?: (file: string) => boolean
  /** Told of every result of a module evaluation (`_type = "configuration"`) when it is made. */
  readonly onConfiguration?: (configuration: Attrs) => void
}

/** Failures of the file system become errors of the program. */
export function attemptIO<T>(act: () => T): T {
  try {
    return act()
  } catch (error) {
    if (error instanceof EvalError || error instanceof Cancelled || !(error instanceof Error)) throw error
    throw new EvalError("file-not-found", error.message)
  }
}

const FUNCTOR = intern("__functor")

export class Evaluator {
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
  /** Values of the names that are defined everywhere, by number. */
  readonly globals: readonly Slot[]
  private readonly globalNumbers: ReadonlyMap<string, number>
  readonly cancel: EvaluatorSettings["cancel"]
  readonly language: LanguageSettings
  readonly store: StoreSide
  readonly instantiate: typeof instantiate
  /** Files with mistakes that were run all the same, with their mistakes. */
  readonly faultyFiles = new Map<string, readonly EvalError[]>()
  /** Entries of search paths that are known not to be there. */
  readonly missingEntries = new Set<string>()
  /** Calls in progress, counted from where MAX_CALL_DEPTH is as far away as calls may go. */
  depth: number
  private readonly code: CodeCache
  /** What `io` is without this evaluation's store. */
  private readonly world: EvalIO
  /** Errors that thunks ended with, by number. */
  readonly failures: EvalError[] = []
  private readonly imported = new Map<string, Slot>()
  /** Outputs, as elements of context, that are known to be readable. */
  private readonly built = new Set<string>()
  private readonly lenient: (file: string) => boolean
  /** As in the settings. It may throw what is no EvalError, to end an evaluation that has come far enough: no thunk keeps that. */
  onConfiguration: EvaluatorSettings["onConfiguration"]

  constructor(settings: EvaluatorSettings) {
    this.store = new StoreSide(settings.io)
    this.io = this.store.io
    this.world = settings.io
    const { instantiations } = settings
    this.instantiate =
      instantiations === undefined ? instantiate : instantiations.instantiate.bind(instantiations)
    this.cancel = settings.cancel
    this.language = settings.language ?? {}
    const { maxCallDepth } = this.language
    this.depth = maxCallDepth === undefined ? 0 : MAX_CALL_DEPTH - 1 - maxCallDepth
    this.code = settings.code ?? new CodeCache()
    this.lenient = settings.lenient ?? (() => false)
    this.onConfiguration = settings.onConfiguration
    this.globals = globalsOf(this)
    this.globalNumbers = globalNumbersOf(this)
  }

  /**
   * Evaluates an expression given as text.
   * @param baseDir folder that relative paths in it start from
   * @throws EvalError, also for a text that does not parse
   */
  evaluateText(text: string, baseDir: string, file = "«string»"): Value {
    return unboxValue(run(this, this.encode(text, file, { baseDir }).pc, newFrame(0, 1)))
  }

  /** Reads an expression as `evaluateText` does, and evaluates nothing. @throws EvalError for the first mistake */
  parse(text: string, baseDir: string, file: string): void {
    this.encode(text, file, { baseDir })
  }

  /**
   * What `import path` gives, the same value each time.
   * @throws EvalError
   */
  import(path: string): Value {
    return unboxValue(this.importSlot(path))
  }

  /** As `import`. */
  importSlot(path: string): Slot {
    let value = this.imported.get(path)
    if (value !== undefined) return value
    const file = this.resolveFile(path)
    value = this.imported.get(file)
    if (value === undefined) {
      value = this.runFile(file)
      this.imported.set(file, value)
    }
    return value
  }

  private runFile(file: string): Slot {
    const code = this.codeOf(file)
    try {
      return run(this, code, newFrame(0, 1))
    } catch (error) {
      throw during(error, `while evaluating the file '${file}':`, 0)
    }
  }

  /** The file that importing a path reads: links are followed, and a folder means its default.nix. */
  resolveFile(path: string): string {
    if (coreFiles.has(path)) return path
    let file = canonicalPath(path)
    let kind = this.io.kindOf(file)
    for (let links = 0; kind === "symlink"; links++) {
      if (links > 100)
        throw new EvalError(
          "file-not-found",
          `too many symbolic links encountered while traversing the path '${path}'`,
        )
      const target = this.io.readLink(file)
      file = canonicalPath(target.startsWith("/") ? target : `${dirName(file)}/${target}`)
      kind = this.io.kindOf(file)
    }
    if (kind === "directory") return this.resolveFile(`${file === "/" ? "" : file}/default.nix`)
    // What is missing is missing where the links lead.
    return kind === undefined
      ? canonicalPath(`${withoutLinks(this.io, dirName(file))}/${baseName(file)}`)
      : file
  }

  /** As `import`, with the attributes of `scope` as variables that hide all others; never remembered. */
  scopedImport(scope: Attrs, path: string): Value {
    const file = this.resolveFile(path)
    const frame = Scope.root()
    for (const symbol of scope.shape.keys) frame.declare(nameOf(symbol))
    const { pc } = this.encode(this.readFile(file), file, { scope: frame })
    const variables = newFrame(newFrame(0, 1), scope.size + 1)
    copyWithin(variables + 1, (scope.slot >>> 2) + 1, scope.size)
    return unboxValue(run(this, pc, variables))
  }

  /** The store path of a copy of what is at `path`. @throws EvalError */
  copyToStore(path: string): string {
    return attemptIO(() => this.store.copy(path))
  }

  /**
   * Makes sure that something in the store can be read.
   * @param element an element of string context
   * @throws EvalError `import-from-derivation` when it would have to be built first and may not be
   */
  requireBuilt(element: string): void {
    const { path, outputs } = parseElement(element)
    if (outputs.length === 0 || this.built.has(element)) return
    const drvPath = showElement({ path, outputs: outputs.slice(0, -1), deep: false })
    const output = outputs[outputs.length - 1]
    const outPath = this.store.outPath(drvPath, output)
    // What is named by what it holds has no path before it is built.
    if (outPath === undefined) throw new BuildNeeded(drvPath, output)
    const closure = () => this.store.closure(path)
    if (this.io.builds?.realise({ drvPath, output, outPath, closure }) !== true)
      throw new BuildNeeded(drvPath, output)
    this.built.add(element)
  }

  private codeOf(file: string): number {
    const stamp = coreFiles.has(file) ? CORE_STAMP : this.io.stampOf(file)
    const program = this.code.at(file, stamp) ?? this.newCode(file, stamp)
    program.source.readBy(this.readerOf(file), file)
    if (program.faults.length > 0) this.faultyFiles.set(file, program.faults)
    return program.pc
  }

  /** Programs outlive evaluations, and are not to keep what one has put into the store: some 60 MB for a host. */
  private readerOf(file: string): Pick<EvalIO, "readFile"> {
    if (coreFiles.has(file)) return coreReader
    return this.store.contentAt(file) === undefined ? this.world : this.io
  }

  private newCode(file: string, stamp: string | undefined): Program {
    const text = this.readFile(file)
    const program = this.code.ofText(file, text) ?? this.encode(text, file, { lenient: this.lenient(file) })
    this.code.set(file, program, stamp)
    return program
  }

  private encode(text: string, file: string, settings: Omit<ProgramSettings, "globals">): Program {
    this.counters.filesParsed++
    this.counters.bytesParsed += text.length
    const { language, io } = this
    const warn = (line: string): void => io.trace(line)
    return encodeProgram(addSource(file, text), { ...settings, globals: this.globalNumbers, language, warn })
  }

  /** The bytes of a file. @throws EvalError `file-not-found` */
  readFile(path: string): string {
    return coreFiles.get(path) ?? attemptIO(() => this.io.readFile(path))
  }

  /** The same to be hashed, not remembered anywhere. @throws EvalError `file-not-found` */
  readBytes(path: string): Uint8Array {
    const core = coreFiles.get(path)
    return core === undefined ? attemptIO(() => this.io.readBytes(path)) : Buffer.from(core, "latin1")
  }

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

  /** Address of a set in the heap. */
  attrsAt(slot: Slot): number {
    const value = forceSlot(this, slot)
    return (value & 7) === Tag.Attrs ? value >>> 2 : this.unfit("a set", unboxValue(value))
  }

  /** Address of a list in the heap. */
  listAt(slot: Slot): number {
    const value = forceSlot(this, slot)
    return (value & 7) === Tag.List ? value >>> 2 : this.unfit("a list", unboxValue(value))
  }

  boolAt(slot: Slot): boolean {
    const value = forceSlot(this, slot)
    if (value === TRUE) return true
    return value === FALSE ? false : this.unfit("a Boolean", unboxValue(value))
  }

  /** As `int`. */
  intAt(slot: Slot): number {
    const value = forceSlot(this, slot)
    return (value & 7) === Tag.Int ? value >> 3 : this.int(unbox(value))
  }

  /** As `text`. */
  textAt(slot: Slot): string {
    const value = forceSlot(this, slot)
    return (value & 7) === Tag.Name ? nameOf(value >>> 3) : this.textWithoutContext(unboxValue(value), 0)
  }

  /** The symbol of a text, if anybody has ever used it as a name. */
  knownSymbolAt(slot: Slot): Sym | undefined {
    const value = forceSlot(this, slot)
    if ((value & 7) === Tag.Name) return value >>> 3
    return known(this.textWithoutContext(unboxValue(value), 0))
  }

  /** As `fn`: the slot of what can be called. */
  fnAt(slot: Slot): Slot {
    const value = forceSlot(this, slot)
    if ((value & 7) !== Tag.Lambda) this.fn(unbox(value))
    return value
  }

  list(place: Lazy): NixList {
    const value = force(this, place)
    if (Array.isArray(value)) return value
    return this.unfit("a list", value)
  }

  attrs(place: Lazy): Attrs {
    const value = force(this, place)
    return value instanceof Attrs ? value : this.unfit("a set", value)
  }

  bool(place: Lazy): boolean {
    const value = force(this, place)
    return typeof value === "boolean" ? value : this.unfit("a Boolean", value)
  }

  /** A 64-bit integer. */
  integer(place: Lazy): number | bigint {
    const value = force(this, place)
    return isInteger(value) ? value : this.unfit("an integer", value)
  }

  /** An integer that counts or indexes; beyond 2^53 it loses its last digits, which no list or string reaches. */
  int(place: Lazy): number {
    return Number(this.integer(place))
  }

  string(place: Lazy): string | NixString {
    const value = force(this, place)
    return isString(value) ? value : this.unfit("a string", value)
  }

  /** The text of a string that may depend on nothing: a name, a hash. */
  text(place: Lazy): string {
    return this.textWithoutContext(force(this, place), 0)
  }

  /** The symbol of an attribute name that was computed. */
  symbolOf(name: Slot, span: Span): Sym {
    return (name & 7) === Tag.Name ? name >>> 3 : intern(this.textWithoutContext(unboxValue(name), span))
  }

  textWithoutContext(value: Value, span: Span): string {
    if (typeof value === "string") return value
    if (!(value instanceof NixString)) this.unfit("a string", value, span)
    const example = showElement(firstElement(value.context))
    const message = `the string '${textOf(value)}' is not allowed to refer to a store path (such as '${example}')`
    const error = new EvalError("invalid-value", message, span)
    error.culprit = { wanted: "a string", found: value }
    throw error
  }

  /** A value that can be called. Sets count only if they have a `__functor`. */
  fn(place: Lazy): Value {
    const value = force(this, place)
    const callable = value instanceof Lambda || value instanceof Builtin || value instanceof Partial
    const isCallable = callable || (value instanceof Attrs && value.has(FUNCTOR))
    return isCallable ? value : this.unfit("a function", value)
  }

  /** Throws; typed as never returning so that rows can `return ev.fail(..)`. */
  fail(code: EvalErrorCode, message: string): never {
    throw new EvalError(code, message)
  }

  /** Throws, as `fail`, for a value that is not of the kind that is `wanted`, which has its article. */
  unfit(wanted: string, found: Value, span: Span = 0): never {
    const error = new EvalError("type", expected(this, wanted, found), span)
    error.culprit = { wanted, found }
    throw error
  }
}
