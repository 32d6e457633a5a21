// Opening a thunk, and making one.

import { CALL_ARGUMENTS, CALL_NATIVE, constants, Op, ops, spanOf } from "./code.js"
import { EvalError } from "./error.js"
import type { Evaluator } from "./evaluator.js"
import { run } from "./run.js"
import type { Span } from "./span.js"
import { Attrs, BLACKHOLE, type Env, emptyAttrs, Lambda, type Lazy, Thunk, type Value } from "./value.js"

/** The value of a place. */
export function force(ev: Evaluator, place: Lazy): Value {
  return place instanceof Thunk ? forceThunk(ev, place) : place
}

/**
 * Runs a thunk unless it has run.
 *
 * Invariant: it leaves the blackhole on every exit, also by exception, so `tryEval` may force the same thunk twice.
 * Only what the program itself did wrong is kept: a cancellation, an exhausted stack or a loop depends on who asked.
 * @throws EvalError, Cancelled
 */
export function forceThunk(ev: Evaluator, thunk: Thunk): Value {
  const pc = thunk.pc
  const env = thunk.payload
  if (pc < 0) return env as Value
  if (!Array.isArray(env)) throw env === BLACKHOLE ? infiniteRecursion(pc) : env
  thunk.payload = BLACKHOLE
  ev.counters.forced++
  try {
    const value = run(ev, pc, env as Env)
    thunk.payload = value
    thunk.pc = ~pc
    return value
  } catch (error) {
    thunk.payload = error instanceof EvalError && !error.dependsOnAsker ? error : (env as Env)
    throw error
  }
}

function infiniteRecursion(pc: number): EvalError {
  return new EvalError("infinite-recursion", "infinite recursion encountered", spanOf(pc))
}

/**
 * The value of an expression, later. Makes a thunk only where there is something to compute: a constant, a function or
 * a variable is there already. A slot that is still empty belongs to a `let` or `rec` under construction.
 */
export function delay(ev: Evaluator, pc: number, env: Env): Lazy {
  const there = available(ev, pc, env)
  if (there !== undefined) return there
  ev.counters.thunks++
  return new Thunk(pc, env)
}

function available(ev: Evaluator, pc: number, env: Env): Lazy | undefined {
  switch (ops[pc]) {
    case Op.Const:
      return constants[ops[pc + 2]]
    case Op.Global:
      return ev.globals[ops[pc + 2]]
    case Op.Local0:
      return env[ops[pc + 2]] as Lazy | undefined
    case Op.Local1:
      return (env[0] as Env)[ops[pc + 2]] as Lazy | undefined
    case Op.Local2:
      return ((env[0] as Env)[0] as Env)[ops[pc + 2]] as Lazy | undefined
    case Op.Local:
      return frameAt(env, ops[pc + 2])[ops[pc + 3]] as Lazy | undefined
    case Op.Lambda:
    case Op.FormalsLambda:
      return new Lambda(pc, env)
    case Op.Select:
      return ops[pc + 4] === 1 ? selected(ev, pc, env) : undefined
    case Op.List:
      return ops[pc + 2] === 0 ? emptyList : undefined
    case Op.EmptyAttrs:
      return emptyAttrs
    default:
      return undefined
  }
}

const emptyList: Value = []

/** `x.name` where x is a variable whose value is there already: saves the thunk and the frame it would keep alive. */
function selected(ev: Evaluator, pc: number, env: Env): Lazy | undefined {
  const name = ops[pc + 5]
  if (name < 0) return undefined
  const subject = ops[pc + 2]
  const op = ops[subject]
  if (op !== Op.Local0 && op !== Op.Local1 && op !== Op.Local2 && op !== Op.Local) return undefined
  let set = available(ev, subject, env)
  if (set instanceof Thunk) set = set.pc < 0 ? (set.payload as Value) : undefined
  return set instanceof Attrs ? set.get(name) : undefined
}

/** The frame that many frames out. */
export function frameAt(env: Env, depth: number): Env {
  for (let i = depth; i > 0; i--) env = env[0] as Env
  return env
}

/** Where a thunk's expression is written; evaluated thunks know it still. 0 for what the evaluator made itself. */
export function spanOfThunk(thunk: Thunk): Span {
  return spanOf(thunk.pc < 0 ? ~thunk.pc : thunk.pc)
}

/** A call that the evaluator itself wants to make later: `fn` applied to `args`. */
export function delayCall(ev: Evaluator, fn: Lazy, ...args: Lazy[]): Thunk {
  ev.counters.thunks++
  return new Thunk(CALL_ARGUMENTS, [fn, ...args])
}

/** A value that JavaScript computes later. */
export function delayNative(ev: Evaluator, compute: () => Value): Thunk {
  ev.counters.thunks++
  // The frame of such a thunk is no frame of variables, and only CALL_NATIVE reads it.
  return new Thunk(CALL_NATIVE, [compute as unknown as Lazy])
}
