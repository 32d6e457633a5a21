// The arithmetic, joining and updating operators on values.

import { Op, ops } from "./code.js"
import { coerceToPathText, coerceToText, newText } from "./coerce.js"
import { withContext } from "./context.js"
import { EvalError } from "./error.js"
import type { Evaluator } from "./evaluator.js"
import { canonicalPath } from "./path.js"
import { expected, kindOfValue } from "./print.js"
import { run } from "./run.js"
import type { Span } from "./span.js"
import { Attrs, type Env, type Lazy, NixFloat, NixPath, NixString, type Value } from "./value.js"

const MIN_INTEGER = -0x8000000000000000n
const MAX_INTEGER = 0x7fffffffffffffffn

const words: Readonly<Record<number, { verb: string; sign: string; noun: string }>> = {
  [Op.Add]: { verb: "adding", sign: "+", noun: "addition" },
  [Op.Subtract]: { verb: "subtracting", sign: "-", noun: "subtraction" },
  [Op.Multiply]: { verb: "multiplying", sign: "*", noun: "multiplication" },
}

/** The 64-bit integer in its normal form: a number where that is exact. */
export function normalise(exact: bigint): number | bigint {
  const value = Number(exact)
  return Number.isSafeInteger(value) ? value : exact
}

export function isInteger(value: Value): value is number | bigint {
  return typeof value === "number" || typeof value === "bigint"
}

/**
 * `left op right` of numbers.
 * @throws EvalError `type`, `integer-overflow`, `division-by-zero`
 */
export function arithmetic(op: number, left: Value, right: Value, span: Span): Value {
  if (typeof left === "number" && typeof right === "number") {
    const result = smallArithmetic(op, left, right, span)
    if (Number.isSafeInteger(result)) return result + 0
  }
  if (isInteger(left) && isInteger(right)) return exactArithmetic(op, left, right, span)
  const wanted =
    op === Op.Divide || left instanceof NixFloat || right instanceof NixFloat ? "a float" : "an integer"
  const result = floatArithmetic(op, numberOf(left, wanted, span), numberOf(right, wanted, span))
  if (op === Op.Divide && numberOf(right, wanted, span) === 0) throw divisionByZero(span)
  return new NixFloat(result)
}

function smallArithmetic(op: number, left: number, right: number, span: Span): number {
  if (op === Op.Add) return left + right
  if (op === Op.Subtract) return left - right
  if (op === Op.Multiply) return left * right
  if (right === 0) throw divisionByZero(span)
  return Math.trunc(left / right)
}

function floatArithmetic(op: number, left: number, right: number): number {
  if (op === Op.Add) return left + right
  if (op === Op.Subtract) return left - right
  return op === Op.Multiply ? left * right : left / right
}

function exactArithmetic(op: number, left: number | bigint, right: number | bigint, span: Span): Value {
  const a = BigInt(left)
  const b = BigInt(right)
  if (op === Op.Divide && b === 0n) throw divisionByZero(span)
  const result = op === Op.Add ? a + b : op === Op.Subtract ? a - b : op === Op.Multiply ? a * b : a / b
  if (result >= MIN_INTEGER && result <= MAX_INTEGER) return normalise(result)
  const word = words[op]
  const message = word === undefined ? `dividing ${a} / ${b}` : `${word.verb} ${a} ${word.sign} ${b}`
  throw new EvalError("integer-overflow", `integer overflow in ${message}`, span)
}

function divisionByZero(span: Span): EvalError {
  return new EvalError("division-by-zero", "division by zero", span)
}

/** `wanted` is what the message asks for: a float as soon as one side is one. */
function numberOf(value: Value, wanted: string, span: Span): number {
  if (value instanceof NixFloat) return value.value
  if (isInteger(value)) return Number(value)
  throw new EvalError("type", expected(undefined, wanted, value), span)
}

/** `left + right`, where the kind of the left side says what is meant; the right side is code still. */
export function addValues(ev: Evaluator, left: Value, right: number, env: Env, span: Span): Value {
  if (typeof left === "string") {
    const value = run(ev, right, env)
    if (typeof value === "string") return left + value
    return addTexts(ev, left, value, true, span, ops[right + 1])
  }
  if (typeof left === "number" || typeof left === "bigint" || left instanceof NixFloat)
    return addNumbers(left, run(ev, right, env), span)
  if (left instanceof NixPath)
    return new NixPath(canonicalPath(left.path + coerceToPathText(ev, run(ev, right, env), span)))
  return addTexts(ev, left, run(ev, right, env), left instanceof NixString, span, ops[right + 1])
}

function addNumbers(left: Value, right: Value, span: Span): Value {
  if (isInteger(right) || right instanceof NixFloat) return arithmetic(Op.Add, left, right, span)
  throw new EvalError("type", `cannot add ${kindOfValue(right)} to ${kindOfValue(left)}`, span)
}

function addTexts(
  ev: Evaluator,
  left: Value,
  right: Value,
  copyToStore: boolean,
  span: Span,
  rightSpan: Span,
): Value {
  const parts = newText()
  coerceToText(ev, left, parts, { copyToStore }, span)
  coerceToText(ev, right, parts, { copyToStore }, rightSpan)
  return withContext(parts.text, parts.context)
}

/** `left // right`. */
export function updateAttrs(ev: Evaluator, left: Attrs, right: Attrs): Attrs {
  ev.counters.updates++
  if (right.size === 0) return left
  if (left.size === 0) return right
  const plan = left.shape.update(right.shape)
  const from = plan.from
  const count = from.length
  const a = left.values
  const b = right.values
  const values = new Array<Lazy>(count)
  for (let i = 0; i < count; i++) {
    const slot = from[i]
    values[i] = slot < 0 ? a[~slot] : b[slot]
  }
  return new Attrs(plan.shape, values)
}

/** `left ++ right`. */
export function concatLists(left: readonly Lazy[], right: readonly Lazy[]): readonly Lazy[] {
  if (left.length === 0) return right
  return right.length === 0 ? left : left.concat(right)
}
