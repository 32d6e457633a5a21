// Builtins on numbers, and the arithmetic and comparing operators as functions.

import { Op } from "../code/op.js"
import type { Span } from "../code/span.js"
import { ownUp } from "../errors/error.js"
import type { Evaluator } from "../evaluator.js"
import { floatToShortText } from "../formats/float-text.js"
import { compareValues } from "../interpreter/compare.js"
import { force } from "../interpreter/force.js"
import { arithmetic, isInteger, normalise } from "../interpreter/operators.js"
import { forcedFrom, placeOfDelayed } from "../interpreter/place-of-function.js"
import { type BuiltinRow, type Lazy, NixFloat, type Value } from "../values/value.js"

export const numberBuiltins: Readonly<Record<string, BuiltinRow>> = {
  add: binary(Op.Add, "Return the sum of two numbers."),
  sub: binary(Op.Subtract, "Return the difference of two numbers."),
  mul: binary(Op.Multiply, "Return the product of two numbers."),
  div: binary(Op.Divide, "Return the quotient of two numbers; of integers, rounded towards zero."),
  bitAnd: bitwise((a, b) => a & b, "Return the bitwise AND of two integers."),
  bitOr: bitwise((a, b) => a | b, "Return the bitwise OR of two integers."),
  bitXor: bitwise((a, b) => a ^ b, "Return the bitwise XOR of two integers."),
  ceil: rounding("ceil", "Return the smallest integer that is not less than a number."),
  floor: rounding("floor", "Return the largest integer that is not greater than a number."),
  lessThan: {
    args: ["e1", "e2"],
    strict: true,
    doc: "Return `true` if `e1` is less than `e2`.",
    call: (ev, e1, e2) => compareValues(ev, force(ev, e1), force(ev, e2), 0),
  },
}

function binary(op: Op, doc: string): BuiltinRow {
  return {
    args: ["e1", "e2"],
    strict: true,
    doc,
    call: (ev, e1, e2) => {
      const [left, right] = [force(ev, e1), force(ev, e2)]
      if (op === Op.Divide) return arithmetic(op, left, right, 0)
      if (left instanceof NixFloat || right instanceof NixFloat)
        return arithmetic(op, number(ev, left), number(ev, right), 0)
      return arithmetic(op, ev.integer(left), ev.integer(right), 0)
    },
  }
}

function number(ev: Evaluator, value: Value, span: Span = 0): number | bigint | NixFloat {
  if (isInteger(value) || value instanceof NixFloat) return value
  return ev.unfit("a float", value, span)
}

function bitwise(combine: (a: bigint, b: bigint) => bigint, doc: string): BuiltinRow {
  return {
    args: ["e1", "e2"],
    strict: true,
    doc,
    call: (ev, e1, e2) =>
      normalise(BigInt.asIntN(64, combine(BigInt(ev.integer(e1)), BigInt(ev.integer(e2))))),
  }
}

function rounding(name: "ceil" | "floor", doc: string): BuiltinRow {
  return {
    args: ["double"],
    doc,
    call: (ev, double) => rounded(ev, numberAt(ev, double, name), Math[name]),
  }
}

/** A number; what is none is where it is written, if that is known before it is asked for. */
function numberAt(ev: Evaluator, double: Lazy, name: string): number | bigint | NixFloat {
  const site = placeOfDelayed(double)
  try {
    return number(ev, forcedFrom(ev, site, double), site())
  } catch (error) {
    throw ownUp(error, `while evaluating the first argument passed to builtins.${name}`, site())
  }
}

function rounded(ev: Evaluator, value: number | bigint | NixFloat, round: (value: number) => number): Value {
  if (!(value instanceof NixFloat)) return roundedInteger(ev, value)
  const result = round(value.value)
  if (Number.isSafeInteger(result)) return result + 0
  const fits = result >= -(2 ** 63) && result < 2 ** 63
  return fits
    ? normalise(BigInt(result))
    : ev.fail(
        "integer-overflow",
        `NixFloat argument ${floatToShortText(value.value, value.nan)} is not in the range of NixInt`,
      )
}

const BUG = "Due to a bug (see https://github.com/NixOS/nix/issues/12899)"
const FUTURE = "\tFuture Nix versions might implement the correct behavior."

/** Nix turns integers into floats on the way, and refuses those that do not survive it. */
function roundedInteger(ev: Evaluator, value: number | bigint): Value {
  if (typeof value === "number") return value
  const seen = BigInt(Number(value))
  if (seen === value) return value
  const what =
    BigInt.asIntN(64, seen) === seen
      ? `a loss of precision occurred in previous Nix versions because the NixInt argument ${value} was rounded to ${seen}.`
      : `the NixInt argument ${value} caused undefined behavior in previous Nix versions.`
  return ev.fail("integer-overflow", `${BUG} ${what}\n${FUTURE}`)
}
