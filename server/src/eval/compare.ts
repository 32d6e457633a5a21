// Equality and order of values, as Nix has them.

import { isString, textOf } from "./context.js"
import { EvalError } from "./error.js"
import type { Evaluator } from "./evaluator.js"
import { force } from "./force.js"
import { isInteger } from "./operators.js"
import { kindOfValue, printInMessage } from "./print.js"
import type { Span } from "./span.js"
import { intern } from "./symbol.js"
import { Attrs, type Lazy, NixFloat, NixPath, type Value } from "./value.js"

const TYPE = intern("type")
const OUT_PATH = intern("outPath")

/** `a == b`. Functions are never equal, except that the same place in two sets or lists counts as equal. */
export function equalValues(ev: Evaluator, a: Value, b: Value): boolean {
  if (a === b) return typeof a !== "object" || a === null || !isFunctionLike(a)
  if (isString(a)) return isString(b) && textOf(a) === textOf(b)
  if (isInteger(a)) return isInteger(b) ? a === b : b instanceof NixFloat && Number(a) === b.value
  if (a instanceof NixFloat)
    return b instanceof NixFloat ? a.value === b.value : isInteger(b) && a.value === Number(b)
  if (a instanceof NixPath) return b instanceof NixPath && a.path === b.path
  if (Array.isArray(a)) return Array.isArray(b) && equalLists(ev, a, b)
  return a instanceof Attrs && b instanceof Attrs && equalAttrs(ev, a, b)
}

function isFunctionLike(value: object): boolean {
  return !(value instanceof Attrs) && !Array.isArray(value) && !(value instanceof NixFloat)
    ? !isString(value as Value) && !(value instanceof NixPath)
    : false
}

function equalPlaces(ev: Evaluator, a: Lazy, b: Lazy): boolean {
  return a === b || equalValues(ev, force(ev, a), force(ev, b)) || sameFunction(ev, a, b)
}

/** Nix compares the addresses of two values first; a function reached twice by the same way has one address. */
function sameFunction(ev: Evaluator, a: Lazy, b: Lazy): boolean {
  const value = force(ev, a)
  return typeof value === "object" && value !== null && value === force(ev, b)
}

function equalLists(ev: Evaluator, a: readonly Lazy[], b: readonly Lazy[]): boolean {
  return a.length === b.length && a.every((element, i) => equalPlaces(ev, element, b[i]))
}

/** Derivations are equal when their output paths are. */
function equalAttrs(ev: Evaluator, a: Attrs, b: Attrs): boolean {
  if (isDerivation(ev, a) && isDerivation(ev, b)) {
    const left = a.get(OUT_PATH)
    const right = b.get(OUT_PATH)
    if (left !== undefined && right !== undefined) return equalPlaces(ev, left, right)
  }
  if (a.size !== b.size) return false
  for (const slot of a.shape.sorted) {
    const other = b.get(a.shape.keys[slot])
    if (other === undefined || !equalPlaces(ev, a.values[slot], other)) return false
  }
  return true
}

export function isDerivation(ev: Evaluator, attrs: Attrs): boolean {
  const type = attrs.get(TYPE)
  if (type === undefined) return false
  const value = force(ev, type)
  return isString(value) && textOf(value) === "derivation"
}

/**
 * `a < b`: numbers, strings (bytewise), paths, and lists of such.
 * @throws EvalError `type` for all else
 */
export function compareValues(ev: Evaluator, a: Value, b: Value, span: Span): boolean {
  if (typeof a === "number" && typeof b === "number") return a < b
  if (isNumber(a) && isNumber(b)) return lessNumber(a, b)
  if (isString(a) && isString(b)) return textOf(a) < textOf(b)
  if (a instanceof NixPath && b instanceof NixPath) return a.path < b.path
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
    if (!equalValues(ev, x, y)) return compareValues(ev, x, y, span)
  }
}

function incomparable(ev: Evaluator, a: Value, b: Value, span: Span): EvalError {
  const [left, right] = [kindOfValue(a), kindOfValue(b)]
  const values = `${printInMessage(ev, a)} and ${printInMessage(ev, b)}`
  const why =
    left === right ? `values of that type are incomparable (values are ${values})` : `values are ${values}`
  return new EvalError("type", `cannot compare ${left} with ${right}; ${why}`, span)
}
