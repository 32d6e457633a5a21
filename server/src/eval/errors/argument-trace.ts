// Finds out which argument of a builtin failed, for the trace. This only happens after a failure: the argument is recognised by its
// value, if that has the wrong type, or by the thunk that failed.

import { argumentFrame, argumentFrames, type Reading } from "../builtins/argument-frames.js"
import type { Span } from "../code/span.js"
import { valueOfThunk } from "../interpreter/force.js"
import { type Slot, Tag } from "../values/heap.js"
import { intern } from "../values/symbol.js"
import { Attrs, box, identityOf, Thunk, unbox, type Value } from "../values/value.js"
import type { Culprit, EvalError } from "./error.js"

const OUT_PATH = intern("outPath")

/** Instead of an argument that failed before there was anything to pass. */
export const NOT_PASSED = -1

/** What the readers of the evaluator call what they want. */
const wantedBy: Readonly<Partial<Record<Reading, readonly string[]>>> = {
  set: ["a set"],
  list: ["a list"],
  function: ["a function"],
  string: ["a string"],
  integer: ["an integer"],
  number: ["a float"],
  operand: ["an integer", "a float"],
  integerOperand: ["an integer"],
  text: ["a text"],
  path: ["a text", "a path"],
  forcedPath: ["a text", "a path"],
}

/** What these read is named whatever it fails with; other readers only say when it is of the wrong kind. */
const sayAlways: ReadonlySet<Reading> = new Set(["function", "string", "integer", "number", "path"])

/**
 * Adds to a failure which argument of a builtin it is about, if it is about one. To Nix, what a builtin complains of has no
 * place but that of the call, at `span`, which whoever marks it gets.
 */
export function traceArgument(error: EvalError, builtin: string, args: readonly Slot[], span: Span): void {
  const { culprit } = error
  error.culprit = undefined
  if (error.span === 0 && error.mark === 0) error.mark = span
  const words =
    culprit === undefined ? failedArgument(error, builtin, args) : wrongPart(culprit, builtin, args)
  if (words !== undefined) error.addFrame(words, 0)
}

function wrongPart({ wanted, found }: Culprit, name: string, args: readonly Slot[]): string | undefined {
  const order = [...args.entries()]
  if (argumentFrames[name]?.lastFirst === true) order.reverse()
  for (const [i, slot] of order) {
    const { reading, words } = argumentFrame(name, i)
    if (wantedBy[reading]?.includes(wanted) && isValue(slot, found)) return words
  }
  const parts = Object.entries(argumentFrames[name]?.parts ?? {})
  return parts.find(
    ([reading]) => wantedBy[reading as Reading]?.includes(wanted) ?? wanted === "a Boolean",
  )?.[1]
}

function isValue(slot: Slot, found: unknown): boolean {
  if (slot === NOT_PASSED) return false
  const place = unbox(slot)
  const value = place instanceof Thunk ? valueOfThunk(place) : place
  if (value === undefined) return false
  return (
    identityOf(value) === identityOf(found as Value) || (value instanceof Attrs && isTextOf(value, found))
  )
}

/** The text of a set with an `outPath` is that of the `outPath`. */
function isTextOf(set: Attrs, found: unknown): boolean {
  const outPath = set.get(OUT_PATH)
  return outPath !== undefined && isValue(box(outPath), found)
}

function failedArgument(error: EvalError, name: string, args: readonly Slot[]): string | undefined {
  for (const [i, slot] of args.entries()) {
    const { reading, words } = argumentFrame(name, i)
    if (!sayAlways.has(reading)) continue
    if (slot === NOT_PASSED || isThunkAt(slot, error.thunk)) return words
  }
  return undefined
}

function isThunkAt(slot: Slot, at: number): boolean {
  return (slot & 7) === Tag.Thunk && slot >>> 2 === at
}
