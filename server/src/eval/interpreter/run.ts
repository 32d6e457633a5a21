// The interpreter: one switch over the program memory, one line an opcode.
//
// A switch over flat code beats trees of JavaScript closures here: Nix programs are wide and run most of their code a few times,
// and closures would first have to be built, and then be called through a megamorphic site.

import { Op, ops } from "../code/code.js"
import { placeOfCode } from "../code/place-of-code.js"
import { placeOf, type Span } from "../code/span.js"
import { shownPathText } from "../core-files.js"
import { NOT_PASSED, traceArgument } from "../errors/argument-trace.js"
import { explainInequality } from "../errors/assert-equal.js"
import { during, EvalError, inOperand } from "../errors/error.js"
import { descend } from "../errors/exhaustion.js"
import { placeOfPart } from "../errors/forgotten-places.js"
import type { Evaluator } from "../evaluator.js"
import { expected } from "../formats/print.js"
import { assertedCondition } from "../formats/show-expression.js"
import { isPure } from "../io.js"
import { canonicalPath } from "../path.js"
import { withContext } from "../values/context.js"
import {
  boxBoolean,
  boxInteger,
  boxObject,
  EMPTY_ATTRS,
  FALSE,
  mem,
  newFrame,
  newList,
  type Slot,
  slotOf,
  Tag,
  TRUE,
} from "../values/heap.js"
import { internShape } from "../values/shape.js"
import { intern } from "../values/symbol.js"
import { Attrs, attrsSlot, box, NixPath, objectAt, unboxValue, type Value } from "../values/value.js"
import { applyCode, call1, call2 } from "./call.js"
import { coerceToText, newText, SEGMENT, textOfPath } from "./coerce.js"
import { compareSlots, equalSlots } from "./compare.js"
import { delay, forceSlot, frameAt, newLambda } from "./force.js"
import { addSlots, arithmeticSlots, concatLists, updateAttrs } from "./operators.js"
import { packageSet } from "./package-sets.js"
import { hasAttr, lookUpWith, select } from "./select.js"
import { evalAttrs, evalRecAttrs, evalWithFroms } from "./written-sets.js"

/**
 * Evaluates the code at `pc` in a frame, to a value whose outermost part is known.
 * @throws EvalError, Cancelled
 */
export function run(ev: Evaluator, pc: number, env: number): Slot {
  switch (ops[pc] as Op) {
    case Op.Const:
      return ops[pc + 2]
    case Op.Global:
      return forceSlot(ev, ev.globals[ops[pc + 2]])
    case Op.Local0:
      return variable(ev, env + ops[pc + 2], pc)
    case Op.Local1:
      return variable(ev, mem[env] + ops[pc + 2], pc)
    case Op.Local2:
      return variable(ev, mem[mem[env]] + ops[pc + 2], pc)
    case Op.Local:
      return variable(ev, frameAt(env, ops[pc + 2]) + ops[pc + 3], pc)
    case Op.WithName:
      return lookUpWith(ev, pc, env)
    case Op.Select:
      return select(ev, pc, env)
    case Op.HasAttr:
      return boxBoolean(hasAttr(ev, pc, env))
    case Op.Apply:
      return applyCode(ev, pc, env)
    case Op.Lambda:
    case Op.FormalsLambda:
      return newLambda(pc, env)
    case Op.Let:
      return evalLet(ev, pc, env)
    case Op.EmptyAttrs:
      return EMPTY_ATTRS
    case Op.Attrs:
      return evalAttrs(ev, pc, env)
    case Op.ConfigurationAttrs:
      return ev.report(evalAttrs(ev, pc, env))
    case Op.PackageSet:
      return packageSet(ev, pc, env)
    case Op.WithFroms:
      return evalWithFroms(ev, pc, env)
    case Op.RecAttrs:
      return evalRecAttrs(ev, pc, env)
    case Op.List:
      return evalList(ev, pc, env)
    case Op.With:
      return evalWith(ev, pc, env)
    case Op.Assert:
      return evalAssert(ev, pc, env)
    case Op.If:
      return run(ev, truth(ev, ops[pc + 2], env, ops[pc + 1], BRANCH) ? ops[pc + 3] : ops[pc + 4], env)
    case Op.Interpolate:
      return evalInterpolate(ev, pc, env)
    case Op.InterpolatePath:
      return evalInterpolatePath(ev, pc, env)
    case Op.HomePath:
      return boxObject(homePath(ev, String(objectAt(ops[pc + 2]))))
    case Op.Raise:
      throw new EvalError(
        ops[pc + 3] === 1 ? "undefined-variable" : "syntax",
        String(objectAt(ops[pc + 2])),
        ops[pc + 1],
      )
    case Op.CurPos:
      return box(positionAttrs(ops[pc + 1]))
    case Op.Not:
      return truth(ev, ops[pc + 2], env, ITS_OWN, NOT) ? FALSE : TRUE
    case Op.Negate:
      return negate(ev, pc, env)
    case Op.And:
      return boxBoolean(sideOf(ev, pc, env, AND_LEFT, 2) && sideOf(ev, pc, env, AND_RIGHT, 3))
    case Op.Or:
      return boxBoolean(sideOf(ev, pc, env, OR_LEFT, 2) || sideOf(ev, pc, env, OR_RIGHT, 3))
    case Op.Implies:
      return boxBoolean(!sideOf(ev, pc, env, IMPLIES_LEFT, 2) || sideOf(ev, pc, env, IMPLIES_RIGHT, 3))
    case Op.Equal:
      return boxBoolean(equalSlots(ev, run(ev, ops[pc + 2], env), run(ev, ops[pc + 3], env)))
    case Op.NotEqual:
      return boxBoolean(!equalSlots(ev, run(ev, ops[pc + 2], env), run(ev, ops[pc + 3], env)))
    case Op.Less:
      return boxBoolean(isLess(ev, ops[pc + 2], ops[pc + 3], env, ops[pc + 1]))
    // `a > b` is `b < a`, yet Nix evaluates `b` first.
    case Op.Greater:
      return boxBoolean(isLess(ev, ops[pc + 3], ops[pc + 2], env, ops[pc + 1]))
    case Op.LessEqual:
      return boxBoolean(isNotLess(ev, ops[pc + 3], ops[pc + 2], env, ops[pc + 1]))
    case Op.GreaterEqual:
      return boxBoolean(isNotLess(ev, ops[pc + 2], ops[pc + 3], env, ops[pc + 1]))
    case Op.Add:
      return addSlots(ev, run(ev, ops[pc + 2], env), ops[pc + 3], env, ops[pc + 1])
    case Op.Subtract:
    case Op.Multiply:
    case Op.Divide:
      return calculate(ev, pc, env)
    case Op.Update:
      return evalUpdate(ev, pc, env)
    case Op.Concat:
      return evalConcat(ev, pc, env)
    case Op.CallOne:
      return call1(ev, forceSlot(ev, mem[env]), mem[env + 1], 0)
    case Op.CallTwo:
      return call2(ev, forceSlot(ev, mem[env]), mem[env + 1], mem[env + 2], 0)
    case Op.CallNative:
      return box((objectAt(mem[env]) as () => Value)())
  }
  throw new Error(`no such code: ${ops[pc]} at ${pc}`)
}

/**
 * The value of a variable, which then takes the place of its thunk: whoever asks again need not look there. A function stays
 * in its thunk, since functions are equal only in the same place.
 */
function variable(ev: Evaluator, place: number, asker: number): Slot {
  const slot = mem[place]
  if ((slot & 7) !== Tag.Thunk) return slot
  const value = forceSlot(ev, slot, asker)
  if ((value & 7) !== Tag.Lambda) mem[place] = value
  return value
}

const ZERO: Slot = Tag.Int

/** In place of a span: that of the code itself. */
const ITS_OWN = -1

/** Evaluates code that must give a boolean; `what` it is for, and where, is said by the trace of any error in it. */
function truth(ev: Evaluator, pc: number, env: number, span: Span, what: string): boolean {
  try {
    const value = run(ev, pc, env)
    if (value === TRUE) return true
    if (value === FALSE) return false
    throw wrongKind(ev, "a Boolean", value, span === ITS_OWN ? placeOfCode(pc) : span)
  } catch (error) {
    throw during(error, what, span === ITS_OWN ? placeOfCode(pc) : span)
  }
}

/** The operand of a logical operator that is so far behind its opcode. */
function sideOf(ev: Evaluator, pc: number, env: number, what: string, operand: number): boolean {
  return truth(ev, ops[pc + operand], env, ops[pc + 1], what)
}

const BRANCH = "while evaluating a branch condition"
const NOT = "in the argument of the not operator"
const AND_LEFT = "in the left operand of the AND (&&) operator"
const AND_RIGHT = "in the right operand of the AND (&&) operator"
const OR_LEFT = "in the left operand of the OR (||) operator"
const OR_RIGHT = "in the right operand of the OR (||) operator"
const IMPLIES_LEFT = "in the left operand of the IMPL (->) operator"
const IMPLIES_RIGHT = "in the right operand of the IMPL (->) operator"

/** `left // right`. Nix evaluates the right side first, and names no operand that is such an operation itself. */
function evalUpdate(ev: Evaluator, pc: number, env: number): Slot {
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
function evalConcat(ev: Evaluator, pc: number, env: number): Slot {
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

function isLess(ev: Evaluator, left: number, right: number, env: number, span: Span): boolean {
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
function isNotLess(ev: Evaluator, left: number, right: number, env: number, span: Span): boolean {
  try {
    return !isLess(ev, left, right, env, span)
  } catch (error) {
    throw during(error, NOT, span)
  }
}

/** `-`, `*` and `/`, which are calls of builtins to Nix, and so to its traces. */
function calculate(ev: Evaluator, pc: number, env: number): Slot {
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

function negate(ev: Evaluator, pc: number, env: number): Slot {
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

function evalLet(ev: Evaluator, pc: number, env: number): Slot {
  const count = ops[pc + 3]
  let frame = env
  let slot = ops[pc + 2]
  if (slot === 0) {
    frame = newFrame(env, count + 1)
    slot = 1
  }
  for (let i = 0; i < count; i++) mem[frame + slot + i] = delay(ev, ops[pc + 5 + i], frame)
  return run(ev, ops[pc + 4], frame)
}

function evalWith(ev: Evaluator, pc: number, env: number): Slot {
  const frame = newFrame(env, 2)
  mem[frame + 1] = delay(ev, ops[pc + 2], env)
  return run(ev, ops[pc + 3], frame)
}

function evalList(ev: Evaluator, pc: number, env: number): Slot {
  const count = ops[pc + 2]
  const at = newList(count)
  for (let i = 0; i < count; i++) mem[at + 1 + i] = delay(ev, ops[pc + 3 + i], env)
  return slotOf(at, Tag.List)
}

function evalAssert(ev: Evaluator, pc: number, env: number): Slot {
  if (truth(ev, ops[pc + 2], env, ops[pc + 1], "in the condition of the assert statement"))
    return run(ev, ops[pc + 3], env)
  const condition = ops[pc + 2]
  const shown = assertedCondition(ops[pc + 1], ev.io.getEnv("HOME"))
  // What is not equal says more than that the condition failed.
  if (ops[condition] === Op.Equal) {
    const sides = [ops[condition + 2], ops[condition + 3]].map(side => unboxValue(run(ev, side, env)))
    explainInequality(ev, sides[0], sides[1], error =>
      error.addFrame(`while evaluating the condition of the assertion '${shown}'`, ops[pc + 1]),
    )
  }
  throw new EvalError("assert", `assertion '${shown}' failed`, ops[pc + 1])
}

/** `~/a`, which stays as it is written: Nix takes neither `.` nor `..` out of it. */
function homePath(ev: Evaluator, below: string): NixPath {
  if (isPure(ev.io))
    throw new EvalError("restricted", `the path '~${below}' can not be resolved in pure mode`)
  return new NixPath(ev.io.getEnv("HOME") + below)
}

function evalInterpolate(ev: Evaluator, pc: number, env: number): Slot {
  const count = ops[pc + 2]
  const parts = newText()
  for (let i = 0; i < count; i++) {
    const part = ops[pc + 3 + i]
    const value = unboxValue(run(ev, part, env))
    if (typeof value === "string") parts.text += value
    else {
      const where = () => placeOfPart(ops[pc + 1], i)
      coerceToText(ev, value, parts, { copyToStore: true, why: SEGMENT, where }, ops[part + 1])
    }
  }
  return boxObject(withContext(parts.text, parts.context))
}

/** A path with interpolations is a path; nothing in it may depend on the store. */
function evalInterpolatePath(ev: Evaluator, pc: number, env: number): Slot {
  const count = ops[pc + 2]
  const parts = newText()
  parts.text = (objectAt(run(ev, ops[pc + 3], env)) as NixPath).path
  for (let i = 1; i < count; i++) {
    const where = () => placeOfPart(ops[pc + 1], i)
    coerceToText(ev, unboxValue(run(ev, ops[pc + 3 + i], env)), parts, { why: SEGMENT, where }, ops[pc + 1])
  }
  return boxObject(new NixPath(canonicalPath(textOfPath(parts, ops[pc + 1]))))
}

/** What `__curPos` and `unsafeGetAttrPos` give: null where nothing is known, and for a text that is no file. */
export function positionAttrs(span: Span): Value {
  const place = placeOf(span)
  const file = shownPathText(place?.file ?? "")
  if (place === undefined || !file.startsWith("/")) return null
  return new Attrs(attrsSlot(POSITION, [boxObject(file), boxInteger(place.line), boxInteger(place.column)]))
}

const POSITION = internShape(Int32Array.from(["file", "line", "column"], intern), undefined)
