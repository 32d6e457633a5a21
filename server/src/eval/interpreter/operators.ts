// The arithmetic, joining and updating operators on values.

import { Op } from "../code/op.js"
import type { Span } from "../code/span.js"
import { pathText } from "../core-files.js"
import { EvalError } from "../errors/error.js"
import { placeOfOperand } from "../errors/forgotten-places.js"
import type { Evaluator } from "../evaluator.js"
import { expected, kindOfValue } from "../formats/print.js"
import { canonicalPath } from "../path.js"
import { withContext } from "../values/context.js"
import { boxInteger, boxObject, copyWithin, mem, newList, type Slot, slotOf, Tag } from "../values/heap.js"
import { findings, shapeById } from "../values/shape.js"
import {
  box,
  NixFloat,
  NixPath,
  NixString,
  newAttrs,
  positiveNaN,
  unboxValue,
  type Value,
} from "../values/value.js"
import { coerceToPathText, coerceToText, newText, SEGMENT } from "./coerce.js"
import { run } from "./run.js"

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

/** Whether a value is an integer; large ones are bigints. */
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
  if (op === Op.Divide) return floatDivision(left, right, span)
  const wanted = left instanceof NixFloat || right instanceof NixFloat ? "a float" : "an integer"
  const [a, b] = [numberOf(left, wanted, span), numberOf(right, wanted, span)]
  return newFloat(op === Op.Add ? a + b : op === Op.Subtract ? a - b : a * b, left, right)
}

/** A NaN comes out as it went in, sign and all. */
function newFloat(result: number, left: Value, right: Value): NixFloat {
  if (Number.isNaN(result) && (left === positiveNaN || right === positiveNaN)) return positiveNaN
  return new NixFloat(result)
}

function smallArithmetic(op: number, left: number, right: number, span: Span): number {
  if (op === Op.Add) return left + right
  if (op === Op.Subtract) return left - right
  if (op === Op.Multiply) return left * right
  if (right === 0) throw divisionByZero(span)
  return Math.trunc(left / right)
}

/** The divisor is looked at first, and only a float makes Nix want a float to divide. */
function floatDivision(left: Value, right: Value, span: Span): Value {
  const divisor = numberOf(right, "a float", span)
  if (divisor === 0) throw divisionByZero(span)
  const wanted = left instanceof NixFloat || right instanceof NixFloat ? "a float" : "an integer"
  return newFloat(numberOf(left, wanted, span) / divisor, left, right)
}

function exactArithmetic(op: number, left: number | bigint, right: number | bigint, span: Span): Value {
  const a = BigInt(left)
  const b = BigInt(right)
  if (op === Op.Divide && b === 0n) throw divisionByZero(span)
  const result = unbounded(op, a, b)
  if (result >= MIN_INTEGER && result <= MAX_INTEGER) return normalise(result)
  const word = words[op]
  const message = word === undefined ? `dividing ${a} / ${b}` : `${word.verb} ${a} ${word.sign} ${b}`
  const place = op === Op.Add ? placeOfOperand(span, "right") : span
  throw new EvalError("integer-overflow", `integer overflow in ${message}`, place)
}

function unbounded(op: number, a: bigint, b: bigint): bigint {
  switch (op) {
    case Op.Add:
      return a + b
    case Op.Subtract:
      return a - b
    case Op.Multiply:
      return a * b
    default:
      return a / b
  }
}

function divisionByZero(span: Span): EvalError {
  return new EvalError("division-by-zero", "division by zero", span)
}

/** `wanted` is what the message asks for: a float as soon as one side is one. */
function numberOf(value: Value, wanted: string, span: Span): number {
  if (value instanceof NixFloat) return value.value
  if (isInteger(value)) return Number(value)
  const error = new EvalError("type", expected(undefined, wanted, value), span)
  if (span === 0) error.culprit = { wanted, found: value }
  throw error
}

/** As `arithmetic`, of slots. */
export function arithmeticSlots(op: number, left: Slot, right: Slot, span: Span): Slot {
  if ((left & 7) === Tag.Int && (right & 7) === Tag.Int && op !== Op.Divide) {
    const result = smallArithmetic(op, left >> 3, right >> 3, span)
    if (Number.isSafeInteger(result)) return boxInteger(result + 0)
  }
  return box(arithmetic(op, unboxValue(left), unboxValue(right), span))
}

/** `left + right`, where the kind of the left side says what is meant; the right side is code still. */
export function addSlots(ev: Evaluator, leftSlot: Slot, right: number, env: number, span: Span): Slot {
  if ((leftSlot & 7) === Tag.Int) {
    const rightSlot = run(ev, right, env)
    if ((rightSlot & 7) === Tag.Int) return boxInteger((leftSlot >> 3) + (rightSlot >> 3))
    return box(addNumbers(leftSlot >> 3, unboxValue(rightSlot), span))
  }
  const left = unboxValue(leftSlot)
  if (left instanceof NixPath)
    return boxObject(
      new NixPath(
        canonicalPath(
          pathText(left.path) + coerceToPathText(ev, unboxValue(run(ev, right, env)), span, rightOf(span)),
        ),
      ),
    )
  if (typeof left === "string" || left instanceof NixString) {
    const value = unboxValue(run(ev, right, env))
    if (typeof left === "string" && typeof value === "string") return boxObject(left + value)
    return boxObject(addTexts(ev, left, value, span))
  }
  if (isInteger(left) || left instanceof NixFloat)
    return box(addNumbers(left, unboxValue(run(ev, right, env)), span))
  return boxObject(addToCoerced(ev, left, right, env, span))
}

function addNumbers(left: Value, right: Value, span: Span): Value {
  if (isInteger(right) || right instanceof NixFloat) return arithmetic(Op.Add, left, right, span)
  throw new EvalError(
    "type",
    `cannot add ${kindOfValue(right)} to ${kindOfValue(left)}`,
    placeOfOperand(span, "right"),
  )
}

function addTexts(ev: Evaluator, left: Value, right: Value, span: Span): Value {
  const parts = newText()
  coerceToText(ev, left, parts, { copyToStore: true, why: SEGMENT, where: leftOf(span) }, span)
  coerceToText(ev, right, parts, { copyToStore: true, why: SEGMENT, where: rightOf(span) }, span)
  return withContext(parts.text, parts.context)
}

/** The left side may have no text, which is said before the right side is evaluated. */
function addToCoerced(ev: Evaluator, left: Value, right: number, env: number, span: Span): Value {
  const parts = newText()
  coerceToText(ev, left, parts, { why: SEGMENT, where: leftOf(span) }, span)
  coerceToText(ev, unboxValue(run(ev, right, env)), parts, { why: SEGMENT, where: rightOf(span) }, span)
  return withContext(parts.text, parts.context)
}

function leftOf(span: Span): () => Span {
  return () => placeOfOperand(span, "left")
}

function rightOf(span: Span): () => Span {
  return () => placeOfOperand(span, "right")
}

/** `left // right`, of the slots of two sets. */
export function updateAttrs(ev: Evaluator, left: Slot, right: Slot): Slot {
  ev.counters.updates++
  const a = left >>> 2
  const b = right >>> 2
  const before = shapeById[mem[a]]
  const after = shapeById[mem[b]]
  if (before.size === 0) return right
  if (after.size === 0) return left
  const { shape, to } = before.update(after)
  const at = newAttrs(shape) + 1
  copyWithin(at, a + 1, before.size)
  for (let i = 0; i < after.size; i++) mem[at + findings[to + i]] = mem[b + 1 + i]
  return slotOf(at - 1, Tag.Attrs)
}

/** `left ++ right`, of the slots of two lists. */
export function concatLists(left: Slot, right: Slot): Slot {
  const a = left >>> 2
  const b = right >>> 2
  if (mem[a] === 0) return right
  if (mem[b] === 0) return left
  const at = newList(mem[a] + mem[b])
  copyWithin(at + 1, a + 1, mem[a])
  copyWithin(at + 1 + mem[a], b + 1, mem[b])
  return slotOf(at, Tag.List)
}
