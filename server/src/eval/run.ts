// The interpreter: one switch over the program memory, one line an opcode.
//
// A switch over flat code beats trees of JavaScript closures here: Nix programs are wide and run most of their code a
// few times, and closures must first be built, then called through a megamorphic site (see ARCHITECTURE.md, numbers).

import { apply, applyCode } from "./call.js"
import { constants, Op, ops, shapes } from "./code.js"
import { coerceToPathText, coerceToText, newText } from "./coerce.js"
import { compareValues, equalValues } from "./compare.js"
import { withContext } from "./context.js"
import { EvalError } from "./error.js"
import type { Evaluator } from "./evaluator.js"
import { delay, force, frameAt } from "./force.js"
import { addValues, arithmetic, concatLists, updateAttrs } from "./operators.js"
import { canonicalPath } from "./path.js"
import { expected } from "./print.js"
import { Shape } from "./shape.js"
import { placeOf, type Span } from "./span.js"
import { intern, nameOf, type Sym } from "./symbol.js"
import { Attrs, attrsOf, type Env, emptyAttrs, Lambda, type Lazy, NixPath, type Value } from "./value.js"

/**
 * Evaluates the code at `pc` in a frame, to a value whose outermost part is known.
 * @throws EvalError, Cancelled
 */
export function run(ev: Evaluator, pc: number, env: Env): Value {
  switch (ops[pc] as Op) {
    case Op.Const:
      return constants[ops[pc + 2]]
    case Op.Global:
      return force(ev, ev.globals[ops[pc + 2]])
    case Op.Local0:
      return force(ev, env[ops[pc + 2]] as Lazy)
    case Op.Local1:
      return force(ev, (env[0] as Env)[ops[pc + 2]] as Lazy)
    case Op.Local2:
      return force(ev, ((env[0] as Env)[0] as Env)[ops[pc + 2]] as Lazy)
    case Op.Local:
      return force(ev, frameAt(env, ops[pc + 2])[ops[pc + 3]] as Lazy)
    case Op.WithName:
      return lookUpWith(ev, pc, env)
    case Op.Select:
      return select(ev, pc, env)
    case Op.HasAttr:
      return hasAttr(ev, pc, env)
    case Op.Apply:
      return applyCode(ev, pc, env)
    case Op.Lambda:
    case Op.FormalsLambda:
      return new Lambda(pc, env)
    case Op.Let:
      return evalLet(ev, pc, env)
    case Op.EmptyAttrs:
      return emptyAttrs
    case Op.Attrs:
      return evalAttrs(ev, pc, env)
    case Op.ConfigurationAttrs:
      return ev.report(evalAttrs(ev, pc, env))
    case Op.WithFroms:
      return evalWithFroms(ev, pc, env)
    case Op.RecAttrs:
      return evalRecAttrs(ev, pc, env)
    case Op.List:
      return evalList(ev, pc, env)
    case Op.With:
      return run(ev, ops[pc + 3], [env, delay(ev, ops[pc + 2], env)])
    case Op.Assert:
      return evalAssert(ev, pc, env)
    case Op.If:
      return run(ev, truth(ev, ops[pc + 2], env) ? ops[pc + 3] : ops[pc + 4], env)
    case Op.Interpolate:
      return evalInterpolate(ev, pc, env)
    case Op.InterpolatePath:
      return evalInterpolatePath(ev, pc, env)
    case Op.HomePath:
      return new NixPath(canonicalPath(ev.io.getEnv("HOME") + constants[ops[pc + 2]]))
    case Op.Raise:
      throw new EvalError(
        ops[pc + 3] === 1 ? "undefined-variable" : "syntax",
        String(constants[ops[pc + 2]]),
        ops[pc + 1],
      )
    case Op.CurPos:
      return positionAttrs(ops[pc + 1])
    case Op.Not:
      return !truth(ev, ops[pc + 2], env)
    case Op.Negate:
      return arithmetic(Op.Subtract, 0, run(ev, ops[pc + 2], env), ops[pc + 1])
    case Op.And:
      return truth(ev, ops[pc + 2], env) && truth(ev, ops[pc + 3], env)
    case Op.Or:
      return truth(ev, ops[pc + 2], env) || truth(ev, ops[pc + 3], env)
    case Op.Implies:
      return !truth(ev, ops[pc + 2], env) || truth(ev, ops[pc + 3], env)
    case Op.Equal:
      return equalValues(ev, run(ev, ops[pc + 2], env), run(ev, ops[pc + 3], env))
    case Op.NotEqual:
      return !equalValues(ev, run(ev, ops[pc + 2], env), run(ev, ops[pc + 3], env))
    case Op.Less:
      return compareValues(ev, run(ev, ops[pc + 2], env), run(ev, ops[pc + 3], env), ops[pc + 1])
    case Op.Greater:
      return compareOperands(ev, ops[pc + 3], ops[pc + 2], env, ops[pc + 1])
    case Op.LessEqual:
      return !compareOperands(ev, ops[pc + 3], ops[pc + 2], env, ops[pc + 1])
    case Op.GreaterEqual:
      return !compareOperands(ev, ops[pc + 2], ops[pc + 3], env, ops[pc + 1])
    case Op.Add:
      return addValues(ev, run(ev, ops[pc + 2], env), ops[pc + 3], env, ops[pc + 1])
    case Op.Subtract:
    case Op.Multiply:
    case Op.Divide:
      return arithmetic(ops[pc], run(ev, ops[pc + 2], env), run(ev, ops[pc + 3], env), ops[pc + 1])
    case Op.Update:
      return updateAttrs(ev, setOf(ev, ops[pc + 2], env), setOf(ev, ops[pc + 3], env))
    case Op.Concat:
      return concatLists(listOf(ev, ops[pc + 2], env), listOf(ev, ops[pc + 3], env))
    case Op.CallArguments:
      return apply(ev, force(ev, env[0] as Lazy), env.slice(1) as Lazy[], 0)
    case Op.CallNative:
      return (env[0] as unknown as () => Value)()
  }
}

/** Evaluates code that must give a boolean. */
export function truth(ev: Evaluator, pc: number, env: Env): boolean {
  const value = run(ev, pc, env)
  if (typeof value === "boolean") return value
  throw new EvalError("type", expected(ev, "a Boolean", value), ops[pc + 1])
}

function setOf(ev: Evaluator, pc: number, env: Env): Attrs {
  const value = run(ev, pc, env)
  if (value instanceof Attrs) return value
  throw new EvalError("type", expected(ev, "a set", value), ops[pc + 1])
}

function listOf(ev: Evaluator, pc: number, env: Env): readonly Lazy[] {
  const value = run(ev, pc, env)
  if (Array.isArray(value)) return value
  throw new EvalError("type", expected(ev, "a list", value), ops[pc + 1])
}

/** `a > b` is `b < a`, yet Nix evaluates `b` first. */
function compareOperands(ev: Evaluator, left: number, right: number, env: Env, span: Span): boolean {
  const a = run(ev, left, env)
  return compareValues(ev, a, run(ev, right, env), span)
}

function lookUpWith(ev: Evaluator, pc: number, env: Env): Value {
  const symbol = ops[pc + 2]
  const count = ops[pc + 3]
  for (let i = 0; i < count; i++) {
    const scope = force(ev, frameAt(env, ops[pc + 4 + i])[1] as Lazy)
    if (!(scope instanceof Attrs)) throw new EvalError("type", expected(ev, "a set", scope), ops[pc + 1])
    const found = scope.get(symbol)
    if (found !== undefined) return force(ev, found)
  }
  throw new EvalError("undefined-variable", `undefined variable '${nameOf(symbol)}'`, ops[pc + 1])
}

/** `subject.a.b or fallback`. Each name remembers the shape it met last, and the slot there. */
function select(ev: Evaluator, pc: number, env: Env): Value {
  let value = run(ev, ops[pc + 2], env)
  const fallback = ops[pc + 3]
  const end = pc + 5 + 4 * ops[pc + 4]
  for (let at = pc + 5; at < end; at += 4) {
    const name = ops[at]
    const symbol = name >= 0 ? name : dynamicName(ev, ~name, env)
    if (!(value instanceof Attrs)) {
      if (fallback !== 0) return run(ev, fallback, env)
      throw new EvalError("type", expected(ev, "a set", value), ops[pc + 1])
    }
    let slot = ops[at + 2]
    if (value.shape.id !== ops[at + 1] || name < 0) {
      slot = value.shape.find(symbol)
      if (slot < 0) {
        if (fallback !== 0) return run(ev, fallback, env)
        throw missingAttribute(symbol, ops[at + 3])
      }
      ops[at + 1] = value.shape.id
      ops[at + 2] = slot
    }
    value = force(ev, value.values[slot])
  }
  return value
}

export function missingAttribute(symbol: Sym, span: Span): EvalError {
  return new EvalError("missing-attribute", `attribute '${nameOf(symbol)}' missing`, span)
}

function dynamicName(ev: Evaluator, pc: number, env: Env): Sym {
  return intern(ev.textWithoutContext(run(ev, pc, env), ops[pc + 1]))
}

function hasAttr(ev: Evaluator, pc: number, env: Env): boolean {
  let value = run(ev, ops[pc + 2], env)
  const count = ops[pc + 3]
  for (let i = 0; i < count; i++) {
    const name = ops[pc + 4 + 2 * i]
    const symbol = name >= 0 ? name : dynamicName(ev, ~name, env)
    const found = value instanceof Attrs ? value.get(symbol) : undefined
    if (found === undefined) return false
    if (i < count - 1) value = force(ev, found)
  }
  return true
}

function evalLet(ev: Evaluator, pc: number, env: Env): Value {
  const count = ops[pc + 3]
  let frame = env
  let slot = ops[pc + 2]
  if (slot === 0) {
    frame = newFrame(env, count + 1)
    slot = 1
  }
  for (let i = 0; i < count; i++) frame[slot + i] = delay(ev, ops[pc + 5 + i], frame)
  return run(ev, ops[pc + 4], frame)
}

/** A frame whose slots are empty, which `delay` takes for "under construction". */
export function newFrame(outer: Env, size: number): Env {
  switch (size) {
    case 1:
      return [outer]
    case 2:
      return [outer, undefined]
    case 3:
      return [outer, undefined, undefined]
    case 4:
      return [outer, undefined, undefined, undefined]
    case 5:
      return [outer, undefined, undefined, undefined, undefined]
    default: {
      const frame: Env = new Array(size).fill(undefined)
      frame[0] = outer
      return frame
    }
  }
}

function evalAttrs(ev: Evaluator, pc: number, env: Env): Attrs {
  const shape = shapes[ops[pc + 2]]
  const dynamic = ops[pc + 3]
  const count = shape.size
  const values = new Array<Lazy>(count)
  for (let i = 0; i < count; i++) values[i] = delay(ev, ops[pc + 4 + i], env)
  const attrs = new Attrs(shape, values)
  return dynamic === 0 ? attrs : addDynamic(ev, attrs, pc + 4 + count, dynamic, env)
}

/** Adds `${name} = value` attributes; a null name adds nothing. */
function addDynamic(ev: Evaluator, attrs: Attrs, from: number, count: number, env: Env): Attrs {
  const keys = Array.from(attrs.shape.keys)
  const spans = keys.map((_, slot) => attrs.shape.spanAt(slot))
  const values = attrs.values.slice()
  for (let at = from; at < from + 3 * count; at += 3) {
    const name = run(ev, ops[at], env)
    if (name === null) continue
    const symbol = intern(ev.textWithoutContext(name, ops[ops[at] + 1]))
    const existing = keys.indexOf(symbol)
    if (existing >= 0) throw duplicateDynamic(symbol, spans[existing], ops[at + 2])
    keys.push(symbol)
    spans.push(ops[at + 2])
    values.push(delay(ev, ops[at + 1], env))
  }
  return new Attrs(new Shape(keys, spans, false), values)
}

function duplicateDynamic(symbol: Sym, first: Span, span: Span): EvalError {
  const place = placeOf(first)
  const where = place === undefined ? "" : ` at ${place.file}:${place.line}:${place.column}`
  return new EvalError("invalid-value", `dynamic attribute '${nameOf(symbol)}' already defined${where}`, span)
}

function evalWithFroms(ev: Evaluator, pc: number, env: Env): Value {
  const count = ops[pc + 2]
  const frame = newFrame(env, count + 1)
  for (let i = 0; i < count; i++) frame[1 + i] = delay(ev, ops[pc + 4 + i], frame)
  return run(ev, ops[pc + 3], frame)
}

function evalRecAttrs(ev: Evaluator, pc: number, env: Env): Attrs {
  const shape = shapes[ops[pc + 2]]
  const froms = ops[pc + 3]
  const dynamic = ops[pc + 4]
  const overrides = ops[pc + 5]
  const slots = shape.size + froms
  const frame = newFrame(env, slots + 1)
  for (let i = 0; i < slots; i++) frame[1 + i] = delay(ev, ops[pc + 6 + i], frame)
  const attrs = new Attrs(shape, frame.slice(1, 1 + shape.size) as Lazy[])
  const whole = overrides < 0 ? attrs : overridden(ev, attrs, frame, overrides)
  return dynamic === 0 ? whole : addDynamic(ev, whole, pc + 6 + slots, dynamic, frame)
}

/** The old `rec { __overrides = { .. }; }`: its attributes replace the others, also for those who refer to them. */
function overridden(ev: Evaluator, attrs: Attrs, frame: Env, slot: number): Attrs {
  const overrides = force(ev, frame[slot] as Lazy)
  if (!(overrides instanceof Attrs)) throw new EvalError("type", expected(ev, "a set", overrides))
  for (let i = 0; i < overrides.size; i++) {
    const existing = attrs.shape.find(overrides.shape.keys[i])
    if (existing >= 0) frame[existing + 1] = overrides.values[i]
  }
  return updateAttrs(ev, attrs, overrides)
}

function evalList(ev: Evaluator, pc: number, env: Env): Value {
  const count = ops[pc + 2]
  const elements = new Array<Lazy>(count)
  for (let i = 0; i < count; i++) elements[i] = delay(ev, ops[pc + 3 + i], env)
  return elements
}

function evalAssert(ev: Evaluator, pc: number, env: Env): Value {
  if (truth(ev, ops[pc + 2], env)) return run(ev, ops[pc + 3], env)
  throw new EvalError("assert", `assertion '${constants[ops[pc + 4]]}' failed`, ops[pc + 1])
}

function evalInterpolate(ev: Evaluator, pc: number, env: Env): Value {
  const count = ops[pc + 2]
  const parts = newText()
  for (let i = 0; i < count; i++) {
    const part = ops[pc + 3 + i]
    coerceToText(ev, run(ev, part, env), parts, { copyToStore: true }, ops[part + 1])
  }
  return withContext(parts.text, parts.context)
}

/** A path with interpolations is a path; nothing in it may depend on the store. */
function evalInterpolatePath(ev: Evaluator, pc: number, env: Env): Value {
  const count = ops[pc + 2]
  let text = (run(ev, ops[pc + 3], env) as NixPath).path
  for (let i = 1; i < count; i++) {
    const part = ops[pc + 3 + i]
    text += coerceToPathText(ev, run(ev, part, env), ops[part + 1])
  }
  return new NixPath(canonicalPath(text))
}

/** What `__curPos` and `unsafeGetAttrPos` give: null where nothing is known, and for a text that is no file. */
export function positionAttrs(span: Span): Value {
  const place = placeOf(span)
  if (place === undefined || !place.file.startsWith("/")) return null
  return attrsOf([
    ["file", place.file],
    ["line", place.line],
    ["column", place.column],
  ])
}
