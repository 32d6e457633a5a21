// Equality and order of values, as Nix has them.

import type { Span } from "../code/span.js"
import { pathText } from "../core-files.js"
import { during, EvalError } from "../errors/error.js"
import { descend } from "../errors/exhaustion.js"
import type { Evaluator } from "../evaluator.js"
import { kindOfValue, printInMessage } from "../formats/print.js"
import { isString, textOf } from "../values/context.js"
import { mem, type Slot, Tag } from "../values/heap.js"
import { type Shape, shapeById } from "../values/shape.js"
import { intern } from "../values/symbol.js"
import {
  type Attrs,
  Builtin,
  box,
  type Lazy,
  NixFloat,
  NixPath,
  objectAt,
  Partial,
  unboxValue,
  type Value,
} from "../values/value.js"
import { force, forceSlot } from "./force.js"
import { isInteger } from "./operators.js"

const TYPE = intern("type")
const OUT_PATH = intern("outPath")

/** `a == b`. Functions are never equal, except that the same place in two sets or lists counts as equal. */
export function equalValues(ev: Evaluator, a: Value, b: Value): boolean {
  return equalSlots(ev, box(a), box(b))
}

/** As `equalValues`, of slots. */
export function equalSlots(ev: Evaluator, a: Slot, b: Slot): boolean {
  const kind = a & 7
  // A set or list is equal to itself only if what it holds does not fail.
  if (a === b && kind !== Tag.Attrs && kind !== Tag.List) return !differsFromItself(a)
  if (kind !== (b & 7)) return kind > Tag.Lambda && (b & 7) > Tag.Lambda && equalScalars(a, b)
  if (kind === Tag.Attrs) return equalAttrs(ev, a >>> 2, b >>> 2)
  if (kind === Tag.List) return equalLists(ev, a >>> 2, b >>> 2)
  return kind > Tag.Int && equalScalars(a, b)
}

/** As functions do, and what is not a number. */
function differsFromItself(slot: Slot): boolean {
  return isFunction(slot) || isNaNSlot(slot)
}

function isFunction(slot: Slot): boolean {
  if ((slot & 7) === Tag.Lambda) return true
  if ((slot & 7) <= Tag.Int) return false
  const value = objectAt(slot)
  return value instanceof Builtin || value instanceof Partial
}

function isWholeFunction(slot: Slot): boolean {
  return (slot & 7) === Tag.Lambda || ((slot & 7) > Tag.Int && objectAt(slot) instanceof Builtin)
}

function isNaNSlot(slot: Slot): boolean {
  if ((slot & 7) <= Tag.Int) return false
  const value = objectAt(slot)
  return value instanceof NixFloat && Number.isNaN(value.value)
}

function equalScalars(left: Slot, right: Slot): boolean {
  const a = unboxValue(left)
  const b = unboxValue(right)
  if (isString(a)) return isString(b) && textOf(a) === textOf(b)
  if (isInteger(a)) return isInteger(b) ? a === b : b instanceof NixFloat && Number(a) === b.value
  if (a instanceof NixFloat)
    return b instanceof NixFloat ? a.value === b.value : isInteger(b) && a.value === Number(b)
  return a instanceof NixPath && b instanceof NixPath && a.path === b.path
}

/**
 * Nix compares the addresses of two values first: a function reached twice by the same way has one address, and a copy of
 * it has another one.
 */
function equalPlaces(ev: Evaluator, a: Slot, b: Slot): boolean {
  const left = forceSlot(ev, a)
  if (a === b) return true
  const right = forceSlot(ev, b)
  if (isOnePlace(a, b, left, right)) return true
  descend(ev, 0)
  try {
    return equalSlots(ev, left, right)
  } finally {
    ev.depth--
  }
}

/**
 * Whether an element of a list is a value: at the same place, whatever lies in it, or equal. A function that was given an element
 * looks for it in its list more often than a copy of it is looked for.
 */
export function equalElement(ev: Evaluator, x: Slot, element: Slot): boolean {
  const left = forceSlot(ev, x)
  if (x === element) return true
  const right = forceSlot(ev, element)
  return isOnePlace(x, element, left, right) || equalSlots(ev, left, right)
}

/** A variable loses its place when its value takes that of its thunk. Then one value counts as one place. */
function isOnePlace(a: Slot, b: Slot, left: Slot, right: Slot): boolean {
  return left === right && (a === left || b === right) && !isWholeFunction(left)
}

function equalLists(ev: Evaluator, a: number, b: number): boolean {
  const count = mem[a]
  if (count !== mem[b]) return false
  for (let i = 1; i <= count; i++) if (!equalPlaces(ev, mem[a + i], mem[b + i])) return false
  return true
}

/** Derivations are equal when their output paths are. */
function equalAttrs(ev: Evaluator, a: number, b: number): boolean {
  const left = shapeById[mem[a]]
  const right = shapeById[mem[b]]
  if (derivationAt(ev, a, left) && derivationAt(ev, b, right)) {
    const [i, j] = [left.find(OUT_PATH), right.find(OUT_PATH)]
    if (i >= 0 && j >= 0) return equalPlaces(ev, mem[a + 1 + i], mem[b + 1 + j])
  }
  if (left.size !== right.size) return false
  // Side by side: where their names differ, nobody looks at what comes after.
  const [ours, theirs] = [left.met, right.met]
  for (let i = 0; i < ours.length; i++) {
    const [slot, other] = [ours[i], theirs[i]]
    if (left.keyAt(slot) !== right.keyAt(other)) return false
    if (!equalPlaces(ev, mem[a + 1 + slot], mem[b + 1 + other])) return false
  }
  return true
}

function derivationAt(ev: Evaluator, at: number, shape: Shape): boolean {
  const slot = shape.find(TYPE)
  if (slot < 0) return false
  const value = unboxValue(forceSlot(ev, mem[at + 1 + slot]))
  return isString(value) && textOf(value) === "derivation"
}

/** Whether a set is a derivation, by its `type`. May evaluate that attribute. */
export function isDerivation(ev: Evaluator, attrs: Attrs): boolean {
  return derivationAt(ev, attrs.slot >>> 2, attrs.shape)
}

/**
 * `a < b`: numbers, strings (bytewise), paths, and lists of such.
 * @throws EvalError `type` for all else
 */
export function compareSlots(ev: Evaluator, a: Slot, b: Slot, span: Span): boolean {
  if ((a & 7) === Tag.Int && (b & 7) === Tag.Int) return a < b
  return compareValues(ev, unboxValue(a), unboxValue(b), span)
}

/** As `compareSlots`, of values. */
export function compareValues(ev: Evaluator, a: Value, b: Value, span: Span): boolean {
  if (typeof a === "number" && typeof b === "number") return a < b
  if (isNumber(a) && isNumber(b)) return lessNumber(a, b)
  if (isString(a) && isString(b)) return textOf(a) < textOf(b)
  if (a instanceof NixPath && b instanceof NixPath) return pathText(a.path) < pathText(b.path)
  if (Array.isArray(a) && Array.isArray(b)) return lessList(ev, a, b, span)
  throw incomparable(ev, a, b, span)
}

function isNumber(value: Value): value is number | bigint | NixFloat {
  return isInteger(value) || value instanceof NixFloat
}

function lessNumber(a: number | bigint | NixFloat, b: number | bigint | NixFloat): boolean {
  if (a instanceof NixFloat) return a.value < (b instanceof NixFloat ? b.value : Number(b))
  return b instanceof NixFloat ? Number(a) < b.value : a < b
}

function lessList(ev: Evaluator, a: readonly Lazy[], b: readonly Lazy[], span: Span): boolean {
  for (let i = 0; ; i++) {
    if (i === b.length) return false
    if (i === a.length) return true
    const [x, y] = [force(ev, a[i]), force(ev, b[i])]
    if (!equalValues(ev, x, y)) return lessElement(ev, x, y, span)
  }
}

function lessElement(ev: Evaluator, a: Value, b: Value, span: Span): boolean {
  try {
    return compareValues(ev, a, b, span)
  } catch (error) {
    throw during(error, "while comparing two list elements", 0)
  }
}

function incomparable(ev: Evaluator, a: Value, b: Value, span: Span): EvalError {
  const [left, right] = [kindOfValue(a), kindOfValue(b)]
  const values = `${printInMessage(ev, a)} and ${printInMessage(ev, b)}`
  const why =
    left === right || (isFunction(box(a)) && isFunction(box(b)))
      ? `values of that type are incomparable (values are ${values})`
      : `values are ${values}`
  return new EvalError("type", `cannot compare ${left} with ${right}; ${why}`, span)
}
