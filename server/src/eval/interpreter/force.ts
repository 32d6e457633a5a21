// Opening a thunk, and making one.

import { CALL_NATIVE, CALL_ONE, CALL_TWO, isVariable, ops, spanOf } from "../code/code.js"
import { Op } from "../code/op.js"
import type { Span } from "../code/span.js"
import { EvalError } from "../errors/error.js"
import type { Evaluator } from "../evaluator.js"
import { allocate, boxObject, EMPTY_LIST, mem, type Slot, slotOf, Tag } from "../values/heap.js"
import { type Lazy, Thunk, unboxValue, type Value } from "../values/value.js"
import { run } from "./run.js"

/** In place of the frame of a thunk that is being forced. */
const BLACKHOLE = -1

/** The value of a place. */
export function force(ev: Evaluator, place: Lazy): Value {
  return place instanceof Thunk ? unboxValue(forceSlot(ev, place.slot)) : place
}

/** As `force`, from a place. */
export function forceAt(ev: Evaluator, place: Lazy, span: Span): Value {
  try {
    return force(ev, place)
  } catch (error) {
    if (error instanceof EvalError) error.addSite(span)
    throw error
  }
}

/** The value of a thunk that has run. */
export function valueOfThunk(thunk: Thunk): Value | undefined {
  if ((thunk.slot & 7) !== Tag.Thunk) return unboxValue(thunk.slot)
  return thunk.isEvaluated ? unboxValue(mem[(thunk.slot >>> 2) + 1]) : undefined
}

/** Whether a thunk is being forced right now. */
export function isRunning({ slot, isEvaluated }: Thunk): boolean {
  return !isEvaluated && mem[(slot >>> 2) + 1] === BLACKHOLE
}

/**
 * The slot of the value of a place.
 * @param asker the code that names the place, if that is why it is forced
 */
export function forceSlot(ev: Evaluator, slot: Slot, asker = 0): Slot {
  if ((slot & 7) !== Tag.Thunk) return slot
  const at = slot >>> 2
  return mem[at] < 0 ? mem[at + 1] : runThunk(ev, at, asker)
}

/**
 * Runs a thunk that has not run.
 *
 * Invariant: it leaves the blackhole on every exit, also by exception, so `tryEval` may force the same thunk twice.
 * Only what the program itself did wrong is kept: a cancellation, an exhausted stack or a loop depends on who asked.
 * A call that was put off has no blackhole and keeps no failure, in Nix neither: one that waits for itself is made again,
 * until a thunk or the depth of calls ends it.
 * @throws EvalError, Cancelled
 */
function runThunk(ev: Evaluator, at: number, asker: number): Slot {
  const pc = mem[at]
  const env = mem[at + 1]
  if (env < 0) throw env === BLACKHOLE ? infiniteRecursion(pc, asker) : failedBefore(ev, at)
  if (pc >= CALL_NATIVE) mem[at + 1] = BLACKHOLE
  ev.counters.forced++
  try {
    const value = run(ev, pc, env)
    mem[at + 1] = value
    mem[at] = ~pc
    return value
  } catch (error) {
    mem[at + 1] = env
    if (error instanceof EvalError) {
      keepFailure(ev, at, error)
      if (pc < CALL_NATIVE && asker !== 0) error.addSite(spanOf(asker))
    }
    throw error
  }
}

function keepFailure(ev: Evaluator, at: number, error: EvalError): void {
  const pc = mem[at]
  error.thunk = at
  if (isVariable(pc)) error.askedFrom(spanOf(pc))
  if (error.dependsOnAsker) error.askedAt(error.span)
  else if (pc >= CALL_NATIVE) mem[at + 1] = keptFailure(ev, error)
}

function failedBefore(ev: Evaluator, at: number): EvalError {
  const error = ev.failures[-2 - mem[at + 1]].retold()
  error.thunk = at
  return error
}

/** What stands in place of the frame of a thunk that has failed. */
function keptFailure(ev: Evaluator, error: EvalError): number {
  return -1 - ev.failures.push(error)
}

function infiniteRecursion(pc: number, asker: number): EvalError {
  const error = new EvalError("infinite-recursion", "infinite recursion encountered")
  error.mark = spanOf(pc)
  if (asker !== 0) error.askedBy(asker, spanOf(asker))
  return error
}

/**
 * The value of an expression, later. A constant or a variable is there already; Nix makes a thunk of all else, also of a function,
 * `{ }` or a selection, and messages show where it has one. A place that is still empty belongs to a `let` or `rec` under
 * construction.
 */
export function delay(ev: Evaluator, pc: number, env: number): Slot {
  const there = available(ev, pc, env)
  return there === 0 ? putOff(ev, pc, env) : there
}

/** As `delay`, also of what is there already: it may be replaced before anybody asks. */
export function putOff(ev: Evaluator, pc: number, env: number): Slot {
  ev.counters.thunks++
  return newThunk(pc, env)
}

function newThunk(pc: number, env: number): Slot {
  const at = allocate(2)
  mem[at] = pc
  mem[at + 1] = env
  return slotOf(at, Tag.Thunk)
}

/** A thunk that has run, and failed. */
export function failedThunk(ev: Evaluator, pc: number, error: EvalError): Slot {
  return newThunk(pc, keptFailure(ev, error))
}

/** A function value. */
export function newLambda(pc: number, env: number): Slot {
  const at = allocate(2)
  mem[at] = pc
  mem[at + 1] = env
  return slotOf(at, Tag.Lambda)
}

/**
 * What is there already, or 0. Of a thunk that has run only its value is passed on, so that nobody asks it again; but a
 * function stays in its thunk, since functions are equal only in the same place.
 */
function available(ev: Evaluator, pc: number, env: number): Slot {
  switch (ops[pc]) {
    case Op.Const:
      return ops[pc + 2]
    case Op.Global:
      return ev.globals[ops[pc + 2]]
    case Op.Local0:
      return evaluated(mem[env + ops[pc + 2]])
    case Op.Local1:
      return evaluated(mem[mem[env] + ops[pc + 2]])
    case Op.Local2:
      return evaluated(mem[mem[mem[env]] + ops[pc + 2]])
    case Op.Local:
      return evaluated(mem[frameAt(env, ops[pc + 2]) + ops[pc + 3]])
    case Op.List:
      return ops[pc + 2] === 0 ? EMPTY_LIST : 0
    case Op.HomePath:
      return run(ev, pc, env)
    default:
      return 0
  }
}

function evaluated(slot: Slot): Slot {
  if ((slot & 7) !== Tag.Thunk || slot === 0) return slot
  const at = slot >>> 2
  return mem[at] < 0 && (mem[at + 1] & 7) !== Tag.Lambda ? mem[at + 1] : slot
}

/** The frame that many frames out. */
export function frameAt(env: number, depth: number): number {
  for (let i = depth; i > 0; i--) env = mem[env]
  return env
}

/** Where a thunk's expression is written; evaluated thunks know it still. 0 for what the evaluator made itself. */
export function spanOfThunk(thunk: Thunk): Span {
  return spanOf(thunk.pc)
}

/** A call that the evaluator itself wants to make later: `fn` applied to one argument. */
export function delayCall1(ev: Evaluator, fn: Slot, a: Slot): Slot {
  ev.counters.thunks++
  const at = allocate(4)
  mem[at] = CALL_ONE
  mem[at + 1] = at + 2
  mem[at + 2] = fn
  mem[at + 3] = a
  return slotOf(at, Tag.Thunk)
}

/** As `delayCall1`, with two arguments. */
export function delayCall2(ev: Evaluator, fn: Slot, a: Slot, b: Slot): Slot {
  ev.counters.thunks++
  const at = allocate(5)
  mem[at] = CALL_TWO
  mem[at + 1] = at + 2
  mem[at + 2] = fn
  mem[at + 3] = a
  mem[at + 4] = b
  return slotOf(at, Tag.Thunk)
}

/** The value of the function of a call that was put off and has not been made; 0 for every other thunk, and if it has none yet. */
export function delayedFunction({ slot, pc, isEvaluated }: Thunk): Slot {
  const frame = mem[(slot >>> 2) + 1]
  if (isEvaluated || pc >= CALL_NATIVE || frame <= 0) return 0
  const fn = mem[frame]
  if ((fn & 7) !== Tag.Thunk) return fn
  return mem[fn >>> 2] < 0 ? mem[(fn >>> 2) + 1] : 0
}

/** A value that JavaScript computes later. */
export function delayNative(ev: Evaluator, compute: () => Value): Thunk {
  ev.counters.thunks++
  const frame = allocate(1)
  mem[frame] = boxObject(compute)
  return new Thunk(newThunk(CALL_NATIVE, frame))
}
