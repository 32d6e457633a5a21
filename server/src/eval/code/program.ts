// From the text of a file to its code, and the cache of code made before.

import { type Expr, firstComplaint, parse, validate, withoutParens } from "../../syntax/index.js"
import { uncertainGlobals } from "../builtins/index.js"
import { EvalError } from "../errors/error.js"
import type { LanguageSettings } from "../language-settings.js"
import { hearing } from "../values/met-names.js"
import { type CodeStretch, codeExtent, emit, scratch } from "./code.js"
import { type EncodeSettings, encodeIn } from "./encode.js"
import type { KeptProgram } from "./kept-program.js"
import { lint } from "./lint.js"
import { rankNames } from "./name-order.js"
import { warnOfOddOr } from "./odd-or.js"
import { Op } from "./op.js"
import { Scope } from "./scope.js"
import type { SourceText } from "./span.js"

/** A text that can be run. */
export interface Program {
  readonly source: SourceText
  readonly pc: number
  readonly stretch: CodeStretch
  /** Mistakes in the text, if it runs in spite of them. */
  readonly faults: readonly EvalError[]
  /** Its names as they come in the text. */
  readonly names: Int32Array
  /** Whether it is the same in every evaluation: it uses no name that some do not have, and Nix has no warning about it. */
  readonly isKeepable: boolean
}

export interface ProgramSettings {
  /** Folder that relative paths start from, if it is not that of the file. */
  readonly baseDir?: string
  /** Numbers of the names that are defined everywhere, in this evaluation. */
  readonly globals: ReadonlyMap<string, number>
  /** Variables around the text. */
  readonly scope?: Scope
  /**
   * Whether a text with mistakes runs up to the first mistake that is reached. Nix refuses the whole file, but an editor has to go on
   * answering for everything that the mistake does not affect.
   */
  readonly lenient?: boolean
  readonly language?: LanguageSettings
  /** Takes the warnings that the settings of the language ask for. */
  readonly warn?: (text: string) => void
}

/**
 * Encodes a text.
 * @throws EvalError `syntax` or `undefined-variable` for the first mistake, unless lenient
 */
export function encodeProgram(source: SourceText, settings: ProgramSettings): Program {
  const faults: EvalError[] = []
  const onFault = (error: EvalError): void => {
    if (settings.lenient !== true) throw error
    faults.push(error)
  }
  const warn = settings.warn ?? (() => {})
  const tree = parsed(source, { ...settings, warn }, onFault)
  lint(source, tree, settings.language ?? {}, warn)
  let hasOddOr = false
  let isKeepable = true
  const onOddOr = (): void => {
    hasOddOr = true
  }
  const onForeign = (name: string): void => {
    if (uncertainGlobals.has(name)) isKeepable = false
  }
  if (settings.baseDir !== undefined) source.baseDir = settings.baseDir
  const from = codeExtent()
  const around = { source, globals: settings.globals, onFault, onForeign, onOddOr }
  try {
    const { result: pc, names } = hearing(() =>
      faults.length > 0 && isRubble(tree)
        ? emit(Op.EmptyAttrs, source.base)
        : encodeTree(tree, settings.scope ?? Scope.root(), around),
    )
    if (hasOddOr) warnOfOddOr(source, tree, warn)
    const stretch = { from, to: codeExtent() }
    return { source, pc, stretch, faults, names, isKeepable: isKeepable && !hasOddOr && faults.length === 0 }
  } catch (error) {
    // Nix warns of a text before it looks for names that are not defined.
    warnOfOddOr(source, tree, warn)
    throw error
  }
}

/** Encodes a text; where it has undefined variables, all is looked at once more in the order in which Nix does. */
function encodeTree(tree: Expr, scope: Scope, settings: EncodeSettings): number {
  try {
    return encodeIn(scope, tree, settings)
  } catch (error) {
    if (!(error instanceof EvalError)) throw error
    const rank = rankNames(settings.source.text)
    scratch(() => encodeIn(scope, tree, { ...settings, rank }))
    throw error
  }
}

function parsed(
  source: SourceText,
  { lenient, warn }: Pick<ProgramSettings, "lenient"> & { readonly warn: (text: string) => void },
  onFault: (error: EvalError) => void,
): Expr {
  const { tree, problems } = parse(source.text)
  const mistakes = problems.length > 0 ? problems : validate(tree, source.text)
  if (mistakes.length > 0 && lenient !== true) {
    const complaint = firstComplaint(source.text, tree, source.file)
    if (complaint !== undefined) {
      // Nix warns while it reads, and so of what is before the mistake.
      warnOfOddOr(source, tree, warn, complaint.start)
      throw new EvalError("syntax", complaint.message, source.base + complaint.start)
    }
  }
  for (const { message, range } of mistakes)
    onFault(new EvalError("syntax", message, source.base + range.start))
  return tree
}

/** Whether what is left of a broken file cannot be a module at all; it then counts as `{ }`. */
function isRubble(tree: Expr): boolean {
  const { kind } = withoutParens(tree)
  return kind !== "attrset" && kind !== "lambda" && kind !== "let" && kind !== "with" && kind !== "assert"
}

/** Code of files, kept between evaluations. A file that changed is encoded anew. */
export class CodeCache {
  private readonly files = new Map<
    string,
    { readonly program: Program; readonly stamp: string | undefined }
  >()
  /** What an earlier process left and nobody has asked for yet, by path. */
  readonly kept = new Map<string, KeptProgram>()
  /** Bytes of text encoded since this began. */
  added = 0

  /** Code of a file whose state is the one it was made of. */
  at(path: string, stamp: string | undefined): Program | undefined {
    if (stamp === undefined) return undefined
    const known = this.files.get(path) ?? this.restore(path, stamp)
    return known?.stamp === stamp ? known.program : undefined
  }

  private restore(path: string, stamp: string) {
    const kept = this.kept.get(path)
    if (kept?.stamp !== stamp) return undefined
    this.kept.delete(path)
    const program = kept.restore()
    if (program === undefined) return undefined
    const known = { program, stamp }
    this.files.set(path, known)
    return known
  }

  /** Code of a file that has this text. */
  ofText(path: string, text: string): Program | undefined {
    const program = this.files.get(path)?.program
    return program?.source.isText(text) ? program : undefined
  }

  set(path: string, program: Program, stamp: string | undefined): void {
    this.kept.delete(path)
    if (!program.isKeepable && program.faults.length === 0) return
    this.added += program.source.length
    this.files.set(path, { program, stamp })
  }

  /** What can be kept: files without mistakes, in a state that can be told. */
  *keepable(): Iterable<{ readonly path: string; readonly program: Program; readonly stamp: string }> {
    for (const [path, { program, stamp }] of this.files)
      if (stamp !== undefined && program.isKeepable) yield { path, program, stamp }
  }
}
