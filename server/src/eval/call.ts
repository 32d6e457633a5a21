// Calling functions: those written in Nix, builtins, and sets with a `__functor`.
//
// Arguments are passed all at once. `f a b` of a function `a: b: ..` makes one frame and no function in between.

import { Cancelled } from "../base/index.js"
import { FORMAL_SIZE, FORMALS, Op, ops, spanOf } from "./code.js"
import { EvalError } from "./error.js"
import type { Evaluator } from "./evaluator.js"
import { delay, force } from "./force.js"
import { expected, showValue } from "./print.js"
import { newFrame, run } from "./run.js"
import type { Span } from "./span.js"
import { intern, nameOf } from "./symbol.js"
import { Attrs, Builtin, type Env, Lambda, type Lazy, Partial, type Value } from "./value.js"

/** Nix's default for `max-call-depth`. */
const MAX_CALL_DEPTH = 10_000

/** Asking the shared flag costs more than a call; once in so many is soon enough (a few ms). */
const CANCEL_MASK = 0xfff

const FUNCTOR = intern("__functor")

/** An `Apply` node: arguments become thunks only if something has to be computed for them. */
export function applyCode(ev: Evaluator, pc: number, env: Env): Value {
  const fn = run(ev, ops[pc + 2], env)
  const count = ops[pc + 3]
  if (fn instanceof Lambda) {
    const code = fn.pc
    if (ops[code] === Op.Lambda && ops[code + 3] === count) {
      const frame = newFrame(fn.env, ops[code + 4])
      for (let i = 0; i < count; i++) frame[i + 1] = delay(ev, ops[pc + 4 + i], env)
      return enter(ev, code, ops[code + 5], frame, ops[pc + 1])
    }
    if (count === 1 && ops[code] === Op.FormalsLambda)
      return callFormals(ev, fn, delay(ev, ops[pc + 4], env), ops[pc + 1])
  }
  if (fn instanceof Builtin && fn.row.args.length === count) return callBuiltin(ev, fn, pc, env)
  const args = new Array<Lazy>(count)
  for (let i = 0; i < count; i++) args[i] = delay(ev, ops[pc + 4 + i], env)
  return apply(ev, fn, args, ops[pc + 1])
}

/** A builtin that is going to force an argument anyway gets its value, without a thunk. */
function callBuiltin(ev: Evaluator, fn: Builtin, pc: number, env: Env): Value {
  const { row } = fn
  const count = row.args.length
  const strict = row.strict ?? 0
  ev.counters.builtinCalls++
  try {
    const first = strict > 0 ? run(ev, ops[pc + 4], env) : delay(ev, ops[pc + 4], env)
    if (count === 1) return row.call(ev, first)
    const second = strict > 1 ? run(ev, ops[pc + 5], env) : delay(ev, ops[pc + 5], env)
    if (count === 2) return row.call(ev, first, second)
    return row.call(ev, first, second, delay(ev, ops[pc + 6], env))
  } catch (error) {
    throw throughBuiltin(error, fn, ops[pc + 1])
  }
}

/** Calls a builtin with arguments that are there. */
function builtin(ev: Evaluator, fn: Builtin, span: Span, args: readonly Lazy[]): Value {
  try {
    return fn.row.call(ev, ...args)
  } catch (error) {
    throw throughBuiltin(error, fn, span)
  }
}

/** An error without a place of its own gets that of the call. */
function throughBuiltin(error: unknown, fn: Builtin, span: Span): unknown {
  if (!(error instanceof EvalError)) return error
  if (error.span === 0) error.span = span
  if (fn.row.isTransparent !== true) error.addFrame(`while calling the '${fn.name}' builtin`, span)
  return error
}

/**
 * Calls a value with one or more arguments.
 * @throws EvalError `type` when it is no function
 */
export function apply(ev: Evaluator, fn: Value, args: readonly Lazy[], span: Span): Value {
  let at = 0
  for (;;) {
    if (at === args.length) return fn
    if (fn instanceof Lambda) {
      if (ops[fn.pc] === Op.FormalsLambda) {
        fn = callFormals(ev, fn, args[at++], span)
        continue
      }
      const parameters = ops[fn.pc + 3]
      if (args.length - at < parameters) return new Partial(fn, args.slice(at))
      const frame = newFrame(fn.env, ops[fn.pc + 4])
      for (let i = 0; i < parameters; i++) frame[i + 1] = args[at++]
      fn = enter(ev, fn.pc, ops[fn.pc + 5], frame, span)
    } else if (fn instanceof Builtin) {
      const parameters = fn.row.args.length
      if (args.length - at < parameters) return new Partial(fn, args.slice(at))
      ev.counters.builtinCalls++
      const given = args.slice(at, at + parameters)
      at += parameters
      fn = builtin(ev, fn, span, given)
    } else if (fn instanceof Partial) {
      args = [...fn.args, ...args.slice(at)]
      at = 0
      fn = fn.fn
    } else {
      const functor = fn instanceof Attrs ? fn.get(FUNCTOR) : undefined
      if (functor === undefined) throw notAFunction(ev, fn, span)
      args = [fn, ...args.slice(at)]
      at = 0
      fn = force(ev, functor)
    }
  }
}

/** Runs a function's body in its frame. */
function enter(ev: Evaluator, code: number, body: number, frame: Env, span: Span): Value {
  const counters = ev.counters
  if ((++counters.calls & CANCEL_MASK) === 0 && ev.cancel?.raised) throw new Cancelled()
  if (++ev.depth > MAX_CALL_DEPTH) throw tooDeep(span)
  try {
    const value = run(ev, body, frame)
    ev.depth--
    return value
  } catch (error) {
    ev.depth--
    if (error instanceof EvalError) error.addCall(functionName(code), spanOf(code), span)
    throw error
  }
}

function tooDeep(span: Span): EvalError {
  return new EvalError("stack-overflow", "stack overflow; max-call-depth exceeded", span)
}

/** Calls `{ a, b ? c, ... }: body`. */
function callFormals(ev: Evaluator, fn: Lambda, argument: Lazy, span: Span): Value {
  const code = fn.pc
  const set = force(ev, argument)
  if (!(set instanceof Attrs)) throw new EvalError("type", expected(ev, "a set", set), spanOf(code))
  const frame = newFrame(fn.env, ops[code + 4])
  if (ops[code + 3] !== 0) frame[ops[code + 3]] = argument
  const count = ops[code + 7]
  let matched = 0
  for (let i = 0; i < count; i++) {
    const at = code + FORMALS + FORMAL_SIZE * i
    const given = set.get(ops[at])
    if (given !== undefined) {
      frame[i + 1] = given
      matched++
    } else if (ops[at + 1] === 0) throw missingArgument(code, ops[at], span)
  }
  // Defaults may refer to any parameter, so they wait until those that were given are there.
  if (matched < count) fillDefaults(ev, code, frame, count)
  if (matched < set.size && ops[code + 6] === 0) throw unexpectedArgument(code, set, span)
  return enter(ev, code, ops[code + 5], frame, span)
}

function fillDefaults(ev: Evaluator, code: number, frame: Env, count: number): void {
  for (let i = 0; i < count; i++)
    if (frame[i + 1] === undefined) frame[i + 1] = delay(ev, ops[code + FORMALS + 1 + FORMAL_SIZE * i], frame)
}

function missingArgument(code: number, symbol: number, span: Span): EvalError {
  const message = `function '${bareName(code)}' called without required argument '${nameOf(symbol)}'`
  const error = new EvalError("missing-argument", message, spanOf(code))
  error.addFrame("from call site", span)
  return error
}

function unexpectedArgument(code: number, set: Attrs, span: Span): EvalError {
  const expectedNames = new Set<number>()
  for (let i = 0; i < ops[code + 7]; i++) expectedNames.add(ops[code + FORMALS + FORMAL_SIZE * i])
  const unexpected = Array.from(set.shape.sorted, slot => set.shape.keys[slot]).find(
    key => !expectedNames.has(key),
  )
  const name = unexpected === undefined ? "" : nameOf(unexpected)
  const message = `function '${bareName(code)}' called with unexpected argument '${name}'`
  const error = new EvalError("unexpected-argument", message, spanOf(code))
  error.addFrame("from call site", span)
  return error
}

/** How traces call the function whose code is at `pc`. */
function functionName(pc: number): string {
  return ops[pc + 2] < 0 ? bareName(pc) : `'${bareName(pc)}'`
}

function bareName(pc: number): string {
  const bound = ops[pc + 2]
  return bound < 0 ? "anonymous lambda" : nameOf(bound)
}

function notAFunction(ev: Evaluator, value: Value, span: Span): EvalError {
  const found = showValue(ev, value)
  return new EvalError("type", `attempt to call something which is not a function but ${found}`, span)
}
