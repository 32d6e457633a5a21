// The interpreter: one switch over the program memory, one line an opcode.
//
// A switch over flat code beats trees of JavaScript closures here: Nix programs are wide and run most of their code a few times,
// and closures would first have to be built, and then be called through a megamorphic site.

import { ops } from "../code/code.js"
import { Op } from "../code/op.js"
import { explainInequality } from "../errors/assert-equal.js"
import { EvalError } from "../errors/error.js"
import type { Evaluator } from "../evaluator.js"
import { assertedCondition } from "../formats/show-expression.js"
import {
  boxBoolean,
  boxObject,
  EMPTY_ATTRS,
  mem,
  newFrame,
  newList,
  type Slot,
  slotOf,
  Tag,
} from "../values/heap.js"
import { box, objectAt, unboxValue, type Value } from "../values/value.js"
import { applyCode, call1, call2 } from "./call.js"
import { equalSlots } from "./compare.js"
import { delay, forceSlot, frameAt, newLambda } from "./force.js"
import { evalInterpolate, evalInterpolatePath, homePath } from "./interpolate.js"
import {
  and,
  BRANCH,
  calculate,
  evalConcat,
  evalUpdate,
  implies,
  isLess,
  isNotLess,
  negate,
  not,
  or,
  truth,
} from "./operands.js"
import { addSlots } from "./operators.js"
import { packageSet } from "./package-sets.js"
import { positionAttrs } from "./position.js"
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
      return box(positionAttrs(ev, ops[pc + 1]))
    case Op.Not:
      return not(ev, pc, env)
    case Op.Negate:
      return negate(ev, pc, env)
    case Op.And:
      return and(ev, pc, env)
    case Op.Or:
      return or(ev, pc, env)
    case Op.Implies:
      return implies(ev, pc, env)
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
