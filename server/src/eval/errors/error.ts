// How evaluation fails. `EvalError` is the program's own failure: the same every time, so a thunk may keep it.
// What depends on who asked (cancellation, an exhausted stack, a loop that another way in would not enter) is never kept.

import { writtenName } from "../../syntax/index.js"
import { isVariable, spanOf } from "../code/code.js"
import type { Span } from "../code/span.js"

export type EvalErrorCode =
  | "throw"
  | "assert"
  | "abort"
  | "type"
  | "missing-attribute"
  | "missing-argument"
  | "unexpected-argument"
  | "undefined-variable"
  | "infinite-recursion"
  | "stack-overflow"
  | "out-of-memory"
  | "integer-overflow"
  | "division-by-zero"
  | "index-out-of-bounds"
  | "invalid-path"
  | "file-not-found"
  | "syntax"
  | "import-from-derivation"
  | "missing-input"
  | "hash-mismatch"
  | "restricted"
  | "invalid-value"
  | "unsupported"

/** One line of a trace: what was being done, and where. */
export interface ErrorFrame {
  readonly message: string
  readonly span: Span
  /**
   * A `call` of a function written in Nix is shown in full traces only; what the program itself has `told` is never left out;
   * what is `placed` says in its words where it is.
   */
  readonly kind: "step" | "call" | "told" | "placed"
}

/** More than any trace within Nix's depth of calls has: a runaway recursion is told whole, as duplicates. */
const FRAME_LIMIT = 50_000

const CALL = "while calling"
const BUILTIN_CALL = "while calling the '"
/** Says where a call or a value came from. */
export const SITE = "from call site"
export const WRONG_ARGUMENT = "while evaluating the value passed for the lambda argument"
export const FUNCTOR_CALL = "while calling a functor (an attribute set with a '__functor' attribute)"
/** Begins the message about what is called and is no function. */
export const NO_FUNCTION = "attempt to call something which is not a function but"

/** What a builtin was given in place of what it wanted, which has its article. */
export interface Culprit {
  readonly wanted: string
  readonly found: unknown
}

export class EvalError extends Error {
  /** Innermost first. */
  readonly frames: ErrorFrame[] = []
  /** Where the failure is, when that was not known where it was thrown. */
  span: Span
  /** A narrower place than the one that Nix names, for whoever marks it in the text. */
  mark: Span = 0
  /** What may have been meant, for the last line of what people read. */
  hint: string | undefined
  /** Until the builtin that met it has said which argument of its own it was. */
  culprit: Culprit | undefined
  /** The JSON or TOML text that cannot be read, in which the message names a line and a column. */
  document: string | undefined
  /** Whether `span` is where the value is asked for that the error is about; then it stays. */
  private isAskerKnown = false
  /** Code of the variable that waits for itself. */
  private asker = 0
  /** Address of the thunk that it came out of last. */
  thunk = 0

  constructor(
    readonly code: EvalErrorCode,
    message: string,
    span: Span = 0,
  ) {
    super(message)
    this.name = "EvalError"
    this.span = span
  }

  /** Whether `builtins.tryEval` turns it into a value. */
  get catchable(): boolean {
    return this.code === "throw" || this.code === "assert"
  }

  /** Whether asking again, from elsewhere, could end differently. */
  get dependsOnAsker(): boolean {
    return (
      this.code === "infinite-recursion" || this.code === "stack-overflow" || this.code === "out-of-memory"
    )
  }

  addFrame(message: string, span: Span, kind: ErrorFrame["kind"] = "step"): void {
    if (kind === "step") this.askedAt(span)
    // `addErrorContext` asks for its value at no place.
    if (kind === "told") this.isAskerKnown = true
    if (this.frames.length < FRAME_LIMIT) this.frames.push({ message, span, kind })
  }

  /** It came out of what is asked for at a place. */
  askedFrom(span: Span): void {
    if (this.frames.length === 0) this.askedAt(span)
    this.addSite(span)
  }

  /** It came of a variable that was named by this code, which waits for itself. */
  askedBy(asker: number, span: Span): void {
    this.asker = asker
    this.askedAt(span)
  }

  /** To Nix, what a builtin is called with is asked for by the builtin. */
  askedByOperand(operands: readonly number[], span: Span): void {
    const last = this.frames.at(-1)
    if (last?.message === SITE && operands.some(pc => isVariable(pc) && spanOf(pc) === last.span))
      this.frames.pop()
    if (this.asker === 0 || !operands.includes(this.asker) || this.frames.length > 0) return
    this.asker = 0
    this.span = span
  }

  /** Whoever asked for a call that the evaluator put off is where it was called from. */
  addSite(site: Span): void {
    if (site === 0) return
    const last = this.frames.at(-1)
    const isOpen = this.message.startsWith(NO_FUNCTION) || this.code === "stack-overflow"
    if (last === undefined && this.span === 0 && isOpen) this.span = site
    if (last?.message === WRONG_ARGUMENT) this.addFrame(SITE, site)
    if (last?.span === 0 && isCall(last.message)) {
      this.frames.pop()
      this.addFrame(last.message, site)
    }
    if (last?.kind === "call" && last.message.startsWith(CALL)) this.addFrame(SITE, site, "call")
  }

  /** The error for another asker, so that what it adds is not told to those who ask after it. */
  retold(): EvalError {
    // Of whatever kind it is: what a build needs is in its own class.
    const own = Object.getOwnPropertyDescriptors(this)
    const again: EvalError = Object.create(Object.getPrototypeOf(this), {
      ...own,
      frames: { ...own.frames, value: [...this.frames] },
    })
    again.culprit = undefined
    again.thunk = 0
    return again
  }

  /** A loop is where the value is asked for that is waiting for itself, and what nests too deeply is where it is asked for. */
  askedAt(span: Span): void {
    if (span === 0) return
    const isOpen = this.code === "infinite-recursion" || (this.code === "stack-overflow" && this.span === 0)
    if (isOpen && !this.isAskerKnown) this.span = span
    this.isAskerKnown = true
  }

  /** A call at `site` of the function at `fn`. */
  addCall(name: string, fn: Span, site: Span): void {
    this.addFrame(`${CALL} ${name}`, fn, "call")
    if (site !== 0) this.addFrame(SITE, site, "call")
  }
}

/** Whether a frame is where something was called from. */
function isCall(message: string): boolean {
  return message === SITE || message === FUNCTOR_CALL || message.startsWith(BUILTIN_CALL)
}

/** What a library of Nix's throws goes through evaluation unnoticed: nobody says what was being done. */
export class ForeignError extends EvalError {
  constructor(message: string) {
    super("invalid-value", message)
  }

  override addFrame(): void {}
}

/** As `during`, of what is a call of a builtin to Nix, with the code of its operands. */
export function inOperand(error: unknown, operands: readonly number[], what: string, span: Span): unknown {
  if (error instanceof EvalError) error.askedByOperand(operands, span)
  return during(error, what, span)
}

/** The error with what was being done when it came; anything else as it is. For the `catch` of an operation. */
export function during(error: unknown, what: string, span: Span): unknown {
  if (error instanceof EvalError) error.addFrame(what, span)
  return error
}

/** As `during`, of the value of an attribute: one of the wrong kind, if that has no place of its own, is where it is written. */
export function duringAttribute(error: unknown, what: string, span: Span): unknown {
  const isOpen = error instanceof EvalError && error.frames.length === 0 && error.span === 0
  if (isOpen && error.code === "type") error.span = span
  return during(error, what, span)
}

/** As `during`, for a builtin that says itself what of its arguments was wrong. */
export function ownUp(error: unknown, what: string, span: Span): unknown {
  if (error instanceof EvalError) error.culprit = undefined
  return during(error, what, span)
}

/**
 * What `compute` gives. What it rejects, by an exception of a class that knows no programs, is the program's error.
 * @throws EvalError `invalid-value`, in the words of the exception
 */
export function orInvalidValue<T>(rejection: new (message: string) => Error, compute: () => T): T {
  try {
    return compute()
  } catch (error) {
    throw error instanceof rejection ? new EvalError("invalid-value", error.message) : error
  }
}

/** The error for a selected attribute that is not there. */
export function missingAttribute(name: string, span: Span = 0): EvalError {
  return new EvalError("missing-attribute", `attribute '${writtenName(name)}' missing`, span)
}
