// Operators as they are written: what evaluates their operands, and says in traces for what.

import { ops } from "../code/code.js"
import { Op } from "../code/op.js"
import { placeOfCode } from "../code/place-of-code.js"
import type { Span } from "../code/span.js"
import { NOT_PASSED, traceArgument } from "../errors/argument-trace.js"
import { during, EvalError, inOperand } from "../errors/error.js"
import { descend } from "../errors/exhaustion.js"
import type { Evaluator } from "../evaluator.js"
import { expected } from "../formats/print.js"
import { boxBoolean, FALSE, type Slot, Tag, TRUE } from "../values/heap.js"
import { unboxValue } from "../values/value.js"
import { compareSlots } from "./compare.js"
import { arithmeticSlots, concatLists, updateAttrs } from "./operators.js"
import { run } from "./run.js"

/** In place of a span: that of the code itself. */
const ITS_OWN = -1

/** Evaluates code that must give a boolean; `what` it is for, and where, is said by the trace of any error in it. */
export function truth(ev: Evaluator, pc: number, env: number, span: Span, what: string): boolean {
  try {
    const value = run(ev, pc, env)
    if (value === TRUE) return true
    if (value === FALSE) return false
    throw wrongKind(ev, "a Boolean", value, span === ITS_OWN ? placeOfCode(pc) : span)
  } catch (error) {
    throw during(error, what, span === ITS_OWN ? placeOfCode(pc) : span)
  }
}

// The logical operators: each evaluates its right side only if the left one leaves it open.

export function not(ev: Evaluator, pc: number, env: number): Slot {
  return truth(ev, ops[pc + 2], env, ITS_OWN, NOT) ? FALSE : TRUE
}

export function and(ev: Evaluator, pc: number, env: number): Slot {
  return boxBoolean(sideOf(ev, pc, env, AND_LEFT, 2) && sideOf(ev, pc, env, AND_RIGHT, 3))
}

export function or(ev: Evaluator, pc: number, env: number): Slot {
  return boxBoolean(sideOf(ev, pc, env, OR_LEFT, 2) || sideOf(ev, pc, env, OR_RIGHT, 3))
}

export function implies(ev: Evaluator, pc: number, env: number): Slot {
  return boxBoolean(!sideOf(ev, pc, env, IMPLIES_LEFT, 2) || sideOf(ev, pc, env, IMPLIES_RIGHT, 3))
}

/** The operand of a logical operator that is so far behind its opcode. */
function sideOf(ev: Evaluator, pc: number, env: number, what: string, operand: number): boolean {
  return truth(ev, ops[pc + operand], env, ops[pc + 1], what)
}

/** What `if` asks `truth` for. */
export const BRANCH = "while evaluating a branch condition"
const NOT = "in the argument of the not operator"
const AND_LEFT = "in the left operand of the AND (&&) operator"
const AND_RIGHT = "in the right operand of the AND (&&) operator"
const OR_LEFT = "in the left operand of the OR (||) operator"
const OR_RIGHT = "in the right operand of the OR (||) operator"
const IMPLIES_LEFT = "in the left operand of the IMPL (->) operator"
const IMPLIES_RIGHT = "in the right operand of the IMPL (->) operator"

/** `left // right`. Nix evaluates the right side first, and names no operand that is such an operation itself. */
export function evalUpdate(ev: Evaluator, pc: number, env: number): Slot {
  const right = setOf(ev, ops[pc + 3], env, "in the right operand of the update (//) operator")
  const left = setOf(ev, ops[pc + 2], env, "in the left operand of the update (//) operator")
  return updateAttrs(ev, left, right)
}

function setOf(ev: Evaluator, pc: number, env: number, what: string): Slot {
  if (ops[pc] === Op.Update) return evalUpdate(ev, pc, env)
  try {
    const value = run(ev, pc, env)
    if ((value & 7) === Tag.Attrs) return value
    throw wrongKind(ev, "a set", value, 0)
  } catch (error) {
    throw during(error, what, placeOfCode(pc))
  }
}

/** `left ++ right`: both are evaluated before either has to be a list. */
export function evalConcat(ev: Evaluator, pc: number, env: number): Slot {
  const left = run(ev, ops[pc + 2], env)
  const right = run(ev, ops[pc + 3], env)
  if ((left & 7) === Tag.List && (right & 7) === Tag.List) return concatLists(left, right)
  const wrong = wrongKind(ev, "a list", (left & 7) === Tag.List ? right : left, 0)
  throw during(wrong, "while evaluating one of the elements to concatenate", ops[pc + 1])
}

/** The error for a value of the wrong kind. `wanted` has its article. */
export function wrongKind(ev: Evaluator, wanted: string, found: Slot, span: Span): EvalError {
  return new EvalError("type", expected(ev, wanted, unboxValue(found)), span)
}

/** `left < right`, which is a call of a builtin to Nix, and so to its traces. */
export function isLess(ev: Evaluator, left: number, right: number, env: number, span: Span): boolean {
  descend(ev, span)
  try {
    const a = run(ev, left, env)
    const less = compareSlots(ev, a, run(ev, right, env), span)
    ev.depth--
    return less
  } catch (error) {
    ev.depth--
    throw inOperand(error, [left, right], "while calling the 'lessThan' builtin", span)
  }
}

/** `a >= b` is `!(a < b)` to Nix, and so to its traces. */
export function isNotLess(ev: Evaluator, left: number, right: number, env: number, span: Span): boolean {
  try {
    return !isLess(ev, left, right, env, span)
  } catch (error) {
    throw during(error, NOT, span)
  }
}

/** `-`, `*` and `/`, which are calls of builtins to Nix, and so to its traces. */
export function calculate(ev: Evaluator, pc: number, env: number): Slot {
  descend(ev, ops[pc + 1])
  let left: Slot = NOT_PASSED
  let right: Slot = NOT_PASSED
  try {
    left = run(ev, ops[pc + 2], env)
    right = run(ev, ops[pc + 3], env)
    const result = arithmeticSlots(ops[pc], left, right, 0)
    ev.depth--
    return result
  } catch (error) {
    ev.depth--
    throw calculationFailed(error, ops[pc], [left, right], [ops[pc + 2], ops[pc + 3]], ops[pc + 1])
  }
}

function calculationFailed(
  error: unknown,
  op: number,
  operands: readonly Slot[],
  codes: readonly number[],
  span: Span,
): unknown {
  const name = calculations[op]
  if (error instanceof EvalError) traceArgument(error, name, operands, span)
  return inOperand(error, codes, `while calling the '${name}' builtin`, span)
}

const calculations: Readonly<Record<number, string>> = {
  [Op.Subtract]: "sub",
  [Op.Multiply]: "mul",
  [Op.Divide]: "div",
}

const ZERO: Slot = Tag.Int

/** `-a`, which is `0 - a` to Nix. */
export function negate(ev: Evaluator, pc: number, env: number): Slot {
  descend(ev, ops[pc + 1])
  let operand: Slot = NOT_PASSED
  try {
    operand = run(ev, ops[pc + 2], env)
    const result = arithmeticSlots(Op.Subtract, ZERO, operand, 0)
    ev.depth--
    return result
  } catch (error) {
    ev.depth--
    throw calculationFailed(error, Op.Subtract, [ZERO, operand], [ops[pc + 2]], ops[pc + 1])
  }
}
