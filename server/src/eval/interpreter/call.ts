// Calling functions: those written in Nix, builtins, and sets with a `__functor`.
//
// Arguments are passed all at once. `f a b` of a function `a: b: ..` makes one frame and no function in between.

import { Cancelled } from "../../base/index.js"
import { ops, spanOf } from "../code/code.js"
import { FORMAL_SIZE, FORMALS, Op } from "../code/op.js"
import type { Span } from "../code/span.js"
import { NOT_PASSED } from "../errors/argument-trace.js"
import { during, EvalError, FUNCTOR_CALL, SITE, WRONG_ARGUMENT } from "../errors/error.js"
import { descend, MAX_CALL_DEPTH, tooDeep } from "../errors/exhaustion.js"
import type { Evaluator } from "../evaluator.js"
import { boxObject, copyWithin, mem, newFrame, type Slot, Tag } from "../values/heap.js"
import { findIn, shapeById } from "../values/shape.js"
import { intern } from "../values/symbol.js"
import {
  arityOf,
  Builtin,
  box,
  type Lazy,
  objectAt,
  Partial,
  unboxValue,
  type Value,
} from "../values/value.js"
import {
  functionName,
  missingArgument,
  notAFunction,
  placeOfFunction,
  throughBuiltin,
  unexpectedArgument,
} from "./call-errors.js"
import { delay, failedThunk, forceSlot } from "./force.js"
import { wrongKind } from "./operands.js"
import { run } from "./run.js"

/** Asking the shared flag costs more than a call; once in so many is soon enough (a few ms). */
const CANCEL_MASK = 0xfff

const FUNCTOR = intern("__functor")

/** An `Apply` node: arguments become thunks only if something has to be computed for them. */
export function applyCode(ev: Evaluator, pc: number, env: number): Slot {
  const fn = run(ev, ops[pc + 2], env)
  const count = ops[pc + 3]
  if ((fn & 7) === Tag.Lambda) {
    const code = mem[fn >>> 2]
    if (ops[code] === Op.Lambda) {
      const parameters = ops[code + 3]
      if (parameters > count) return partialCall(ev, fn, pc, env)
      if (count - parameters <= 1) {
        const frame = newFrame(mem[(fn >>> 2) + 1], ops[code + 4])
        for (let i = 0; i < parameters; i++) mem[frame + i + 1] = delay(ev, ops[pc + 4 + i], env)
        if (parameters === count) return enter(ev, code, ops[code + 5], frame, ops[pc + 1])
        const last = delay(ev, ops[pc + 3 + count], env)
        return call1(ev, enter(ev, code, ops[code + 5], frame, ops[pc + 1]), last, ops[pc + 1])
      }
    }
  } else if ((fn & 7) === Tag.Const) {
    const arity = arityOf(fn)
    if (arity === count) return callBuiltin(ev, objectAt(fn) as Builtin, pc, env)
    if (arity > count) return partialCall(ev, fn, pc, env)
  }
  if (count === 1) return call1(ev, fn, delay(ev, ops[pc + 4], env), ops[pc + 1])
  const args = new Array<Slot>(count)
  for (let i = 0; i < count; i++) args[i] = delay(ev, ops[pc + 4 + i], env)
  return callSlots(ev, fn, args, ops[pc + 1])
}

/** A call with fewer arguments than the function takes. */
function partialCall(ev: Evaluator, fn: Slot, pc: number, env: number): Slot {
  const count = ops[pc + 3]
  const partial = new Partial(fn, count)
  for (let i = 0; i < count; i++) mem[partial.address + 2 + i] = delay(ev, ops[pc + 4 + i], env)
  return boxObject(partial)
}

/**
 * A builtin that is going to force its first argument anyway gets its value, without a thunk. It may refuse that one, or look at
 * others first, so these are never evaluated before it asks: traces would tell.
 */
function callBuiltin(ev: Evaluator, fn: Builtin, pc: number, env: number): Slot {
  const { arity, strict } = fn
  ev.counters.builtinCalls++
  // Builtins count as calls: a list that `concatLists` makes of itself nests without any function of the program.
  if (++ev.depth > MAX_CALL_DEPTH) throw tooDeep(ev, ops[pc + 1])
  let first: Slot = NOT_PASSED
  let second: Slot = NOT_PASSED
  let third: Slot = NOT_PASSED
  try {
    if (arity === 1) {
      first = strict ? run(ev, ops[pc + 4], env) : delay(ev, ops[pc + 4], env)
      return fn.invoke(ev, first, 0, 0)
    }
    first = strict ? evaluated(ev, ops[pc + 4], env) : delay(ev, ops[pc + 4], env)
    second = delay(ev, ops[pc + 5], env)
    if (arity === 2) return fn.invoke(ev, first, second, 0)
    third = delay(ev, ops[pc + 6], env)
    return fn.invoke(ev, first, second, third)
  } catch (error) {
    if (error instanceof EvalError) error.askedByOperand([ops[pc + 4], ops[pc + 5]], ops[pc + 1])
    throw throughBuiltin(error, fn, ops[pc + 1], [first, second, third].slice(0, arity))
  } finally {
    ev.depth--
  }
}

/** The value of an argument, or a thunk that has failed already: the builtin says for what it was, when it asks. */
function evaluated(ev: Evaluator, pc: number, env: number): Slot {
  const { depth } = ev
  try {
    return run(ev, pc, env)
  } catch (error) {
    ev.depth = depth
    if (error instanceof EvalError) return failedThunk(ev, pc, error)
    throw error
  }
}

/** Calls a builtin with arguments that are there, 0 beyond those that it takes. */
function builtin(ev: Evaluator, fn: Builtin, a: Slot, b: Slot, c: Slot, span: Span): Slot {
  ev.counters.builtinCalls++
  if (++ev.depth > MAX_CALL_DEPTH) throw tooDeep(ev, span)
  try {
    return fn.invoke(ev, a, b, c)
  } catch (error) {
    throw throughBuiltin(error, fn, span, [a, b, c].slice(0, fn.arity))
  } finally {
    ev.depth--
  }
}

/**
 * Calls a value with one or more arguments.
 * @throws EvalError `type` when it is no function
 */
export function apply(ev: Evaluator, fn: Value, args: readonly Lazy[], span: Span): Value {
  return unboxValue(callSlots(ev, box(fn), args.map(box), span))
}

/** As `apply`, of the slot of a value. */
function callSlots(ev: Evaluator, fn: Slot, args: readonly Slot[], span: Span): Slot {
  let at = 0
  while (at < args.length) {
    if ((fn & 7) === Tag.Lambda) {
      const code = mem[fn >>> 2]
      if (ops[code] === Op.FormalsLambda) {
        fn = callFormals(ev, fn, args[at++], span)
        continue
      }
      const parameters = ops[code + 3]
      if (args.length - at < parameters) return partialOf(fn, args, at)
      const frame = newFrame(mem[(fn >>> 2) + 1], ops[code + 4])
      for (let i = 0; i < parameters; i++) mem[frame + i + 1] = args[at++]
      fn = enter(ev, code, ops[code + 5], frame, span)
      continue
    }
    const object = (fn & 7) > Tag.Int ? objectAt(fn) : undefined
    if (object instanceof Builtin) {
      const parameters = object.arity
      if (args.length - at < parameters) return partialOf(fn, args, at)
      fn = builtin(ev, object, args[at], args[at + 1] ?? 0, args[at + 2] ?? 0, span)
      at += parameters
    } else if (object instanceof Partial) {
      args = [...object.args, ...args.slice(at)]
      at = 0
      fn = box(object.fn)
    } else {
      const functor = (fn & 7) === Tag.Attrs ? findIn(mem[fn >>> 2], FUNCTOR) : -1
      if (functor < 0) throw notAFunction(ev, unboxValue(fn), span)
      fn = callFunctor(ev, functor, fn, args[at++], span)
    }
  }
  return fn
}

/** A function with too few arguments: those from `at` on. */
function partialOf(fn: Slot, args: readonly Slot[], at: number): Slot {
  const partial = new Partial(fn, args.length - at)
  for (let i = at; i < args.length; i++) mem[partial.address + 2 + i - at] = args[i]
  return boxObject(partial)
}

/** Calls a value with one argument. */
export function call1(ev: Evaluator, fn: Slot, a: Slot, span: Span): Slot {
  if ((fn & 7) === Tag.Lambda) {
    const code = mem[fn >>> 2]
    if (ops[code] === Op.FormalsLambda) return callFormals(ev, fn, a, span)
    if (ops[code + 3] === 1) {
      const frame = newFrame(mem[(fn >>> 2) + 1], ops[code + 4])
      mem[frame + 1] = a
      return enter(ev, code, ops[code + 5], frame, span)
    }
  } else if ((fn & 7) === Tag.Object) {
    const partial = objectAt(fn)
    if (partial instanceof Partial && partial.lacking === 1) return complete(ev, partial, a, span)
  }
  return callSlots(ev, fn, [a], span)
}

/** Calls a function that lacks one argument with that. */
function complete(ev: Evaluator, { address, given }: Partial, last: Slot, span: Span): Slot {
  const fn = mem[address]
  if ((fn & 7) === Tag.Lambda) {
    const code = mem[fn >>> 2]
    const frame = newFrame(mem[(fn >>> 2) + 1], ops[code + 4])
    copyWithin(frame + 1, address + 2, given)
    mem[frame + 1 + given] = last
    return enter(ev, code, ops[code + 5], frame, span)
  }
  const object = objectAt(fn) as Builtin
  if (given === 1) return builtin(ev, object, mem[address + 2], last, 0, span)
  return builtin(ev, object, mem[address + 2], mem[address + 3], last, span)
}

/** Calls a value with two arguments. */
export function call2(ev: Evaluator, fn: Slot, a: Slot, b: Slot, span: Span): Slot {
  if ((fn & 7) === Tag.Lambda) {
    const code = mem[fn >>> 2]
    if (ops[code] === Op.Lambda && ops[code + 3] === 2) {
      const frame = newFrame(mem[(fn >>> 2) + 1], ops[code + 4])
      mem[frame + 1] = a
      mem[frame + 2] = b
      return enter(ev, code, ops[code + 5], frame, span)
    }
  }
  return callSlots(ev, fn, [a, b], span)
}

/**
 * Calls the attribute of a set, `__functor`, with the set itself and an argument. A call of its own: what returns itself as
 * its function is called ever deeper, and stops there.
 */
function callFunctor(ev: Evaluator, functor: number, self: Slot, argument: Slot, span: Span): Slot {
  const at = self >>> 2
  const place = shapeById[mem[at]].spanAt(functor)
  const { depth } = ev
  descend(ev, place)
  try {
    return call2(ev, forceSlot(ev, mem[at + 1 + functor]), self, argument, place)
  } catch (error) {
    throw during(error, FUNCTOR_CALL, span)
  } finally {
    ev.depth = depth
  }
}

/** Runs a function's body in its frame. */
function enter(ev: Evaluator, code: number, body: number, frame: number, span: Span): Slot {
  const counters = ev.counters
  if ((++counters.calls & CANCEL_MASK) === 0 && ev.cancel?.raised) throw new Cancelled()
  if (++ev.depth > MAX_CALL_DEPTH) throw tooDeep(ev, span)
  try {
    const value = run(ev, body, frame)
    ev.depth--
    return value
  } catch (error) {
    ev.depth--
    if (error instanceof EvalError) error.addCall(functionName(code), placeOfFunction(code), span)
    throw error
  }
}

/** Calls `{ a, b ? c, ... }: body`. */
function callFormals(ev: Evaluator, fn: Slot, argument: Slot, span: Span): Slot {
  const code = mem[fn >>> 2]
  const set = (argument & 7) === Tag.Attrs ? argument : argumentSet(ev, code, argument, span)
  const at = set >>> 2
  const shape = mem[at]
  const frame = newFrame(mem[(fn >>> 2) + 1], ops[code + 4])
  if (ops[code + 3] !== 0) mem[frame + ops[code + 3]] = argument
  const count = ops[code + 7]
  let matched = 0
  for (let i = 0; i < count; i++) {
    const formal = code + FORMALS + FORMAL_SIZE * i
    const slot = findIn(shape, ops[formal])
    if (slot >= 0) {
      mem[frame + i + 1] = mem[at + 1 + slot]
      matched++
    } else if (ops[formal + 1] === 0) throw missingArgument(code, shapeById[shape], span)
  }
  // Defaults may refer to any parameter, so they wait until those that were given are there.
  if (matched < count) fillDefaults(ev, code, frame, count)
  if (ops[code + 6] === 0 && matched < shapeById[shape].size)
    throw unexpectedArgument(code, shapeById[shape], span)
  return enter(ev, code, ops[code + 5], frame, span)
}

function argumentSet(ev: Evaluator, code: number, argument: Slot, span: Span): Slot {
  try {
    const set = forceSlot(ev, argument)
    if ((set & 7) === Tag.Attrs) return set
    throw during(wrongKind(ev, "a set", set, 0), WRONG_ARGUMENT, spanOf(code))
  } catch (error) {
    if (error instanceof EvalError) error.askedAt(spanOf(code))
    throw span === 0 ? error : during(error, SITE, span)
  }
}

function fillDefaults(ev: Evaluator, code: number, frame: number, count: number): void {
  for (let i = 0; i < count; i++)
    if (mem[frame + i + 1] === 0)
      mem[frame + i + 1] = delay(ev, ops[code + FORMALS + 1 + FORMAL_SIZE * i], frame)
}

/** The function that is called when a set is: what its functor gives, which has been called before. */
export function functionBehind(ev: Evaluator, fn: Slot): Slot {
  const functor = (fn & 7) === Tag.Attrs ? findIn(mem[fn >>> 2], FUNCTOR) : -1
  if (functor < 0) return fn
  return functionBehind(ev, call1(ev, forceSlot(ev, mem[(fn >>> 2) + 1 + functor]), fn, 0))
}
