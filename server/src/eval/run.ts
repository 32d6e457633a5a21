// The interpreter: one switch over the program memory, one line an opcode.
//
// A switch over flat code beats trees of JavaScript closures here: Nix programs are wide and run most of their code a
// few times, and closures must first be built, then called through a megamorphic site (see ARCHITECTURE.md, numbers).

import { explainInequality } from "./assert-equal.js"
import { derivationFile } from "./builtins/derivation-function.js"
import { applyCode, call1, call2, callSlots } from "./call.js"
import { caches, Op, ops, SELECT_SIZE, shapeOfLiteral } from "./code.js"
import { coerceToPathText, coerceToText, newText, SEGMENT } from "./coerce.js"
import { compareSlots, equalSlots } from "./compare.js"
import { withContext } from "./context.js"
import { during, EvalError } from "./error.js"
import type { Evaluator } from "./evaluator.js"
import { delay, forceSlot, frameAt, isVariable, newLambda } from "./force.js"
import { expressionAt, placeOfPart } from "./forgotten-places.js"
import {
  allocate,
  boxBoolean,
  boxInteger,
  boxObject,
  EMPTY_ATTRS,
  FALSE,
  mem,
  NULL,
  newFrame,
  newList,
  type Slot,
  slotOf,
  Tag,
  TRUE,
} from "./heap.js"
import { addSlots, arithmeticSlots, concatLists, updateAttrs } from "./operators.js"
import { canonicalPath } from "./path.js"
import { attrName, expected } from "./print.js"
import { internShape, shapeById, shapeOfOne } from "./shape.js"
import { assertedCondition, showExpression } from "./show-expression.js"
import { placeOf, type Span, sourceOf } from "./span.js"
import { didYouMean } from "./suggestions.js"
import { intern, nameOf, type Sym } from "./symbol.js"
import { Attrs, attrsSlot, box, NixPath, newAttrs, objectAt, unbox, type Value } from "./value.js"

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
      return forceSlot(ev, mem[env + ops[pc + 2]])
    case Op.Local1:
      return forceSlot(ev, mem[mem[env] + ops[pc + 2]])
    case Op.Local2:
      return forceSlot(ev, mem[mem[mem[env]] + ops[pc + 2]])
    case Op.Local:
      return forceSlot(ev, mem[frameAt(env, ops[pc + 2]) + ops[pc + 3]])
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
      return truth(ev, ops[pc + 2], env, placeOfCode(ops[pc + 2]), NOT) ? FALSE : TRUE
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
      return boxBoolean(!isLess(ev, ops[pc + 3], ops[pc + 2], env, ops[pc + 1]))
    case Op.GreaterEqual:
      return boxBoolean(!isLess(ev, ops[pc + 2], ops[pc + 3], env, ops[pc + 1]))
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
    case Op.CallArguments:
      return callDelayed(ev, env)
    case Op.CallNative:
      return box((objectAt(mem[env]) as () => Value)())
  }
  throw new Error(`no such code: ${ops[pc]} at ${pc}`)
}

const ZERO: Slot = Tag.Int

/** Runs a call that the evaluator itself delayed: [count, function, argument..]. */
function callDelayed(ev: Evaluator, env: number): Slot {
  const fn = forceSlot(ev, mem[env + 1])
  const count = mem[env]
  if (count === 1) return call1(ev, fn, mem[env + 2], 0)
  if (count === 2) return call2(ev, fn, mem[env + 2], mem[env + 3], 0)
  return callSlots(
    ev,
    fn,
    Array.from({ length: count }, (_, i) => mem[env + 2 + i]),
    0,
  )
}

/** Evaluates code that must give a boolean; `what` it is for, and where, is said by the trace of any error in it. */
export function truth(ev: Evaluator, pc: number, env: number, span: Span, what: string): boolean {
  try {
    const value = run(ev, pc, env)
    if (value === TRUE) return true
    if (value === FALSE) return false
    throw wrongKind(ev, "a Boolean", value, span)
  } catch (error) {
    throw during(error, what, span)
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

/** Where an expression is to Nix, which keeps no place of a constant. */
function placeOfCode(pc: number): Span {
  return ops[pc] === Op.Const ? 0 : ops[pc + 1]
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
  return new EvalError("type", expected(ev, wanted, unbox(found) as Value), span)
}

function isLess(ev: Evaluator, left: number, right: number, env: number, span: Span): boolean {
  try {
    const a = run(ev, left, env)
    return compareSlots(ev, a, run(ev, right, env), span)
  } catch (error) {
    throw during(error, "while calling the 'lessThan' builtin", span)
  }
}

/** `-`, `*` and `/`, which are calls of builtins to Nix, and so to its traces. */
function calculate(ev: Evaluator, pc: number, env: number): Slot {
  try {
    return arithmeticSlots(ops[pc], run(ev, ops[pc + 2], env), run(ev, ops[pc + 3], env), ops[pc + 1])
  } catch (error) {
    throw during(error, `while calling the '${calculations[ops[pc]]}' builtin`, ops[pc + 1])
  }
}

const calculations: Readonly<Record<number, string>> = {
  [Op.Subtract]: "sub",
  [Op.Multiply]: "mul",
  [Op.Divide]: "div",
}

function negate(ev: Evaluator, pc: number, env: number): Slot {
  try {
    return arithmeticSlots(Op.Subtract, ZERO, run(ev, ops[pc + 2], env), ops[pc + 1])
  } catch (error) {
    throw during(error, "while calling the 'sub' builtin", ops[pc + 1])
  }
}

function lookUpWith(ev: Evaluator, pc: number, env: number): Slot {
  const symbol = ops[pc + 2]
  const count = ops[pc + 3]
  for (let i = 0; i < count; i++) {
    const scope = forceSlot(ev, mem[frameAt(env, ops[pc + 4 + i]) + 1])
    if ((scope & 7) !== Tag.Attrs) throw wrongKind(ev, "a set", scope, ops[pc + 1])
    const at = scope >>> 2
    const slot = shapeById[mem[at]].find(symbol)
    if (slot >= 0) return forceSlot(ev, mem[at + 1 + slot])
  }
  throw new EvalError("undefined-variable", `undefined variable '${nameOf(symbol)}'`, ops[pc + 1])
}

/** `subject.a.b or fallback`. Each name remembers the shape it met last, and the place there. */
function select(ev: Evaluator, pc: number, env: number): Slot {
  // Address of the last set in which a name was found, and where: what an error behind it happened in.
  let found = 0
  let place = 0
  try {
    let value = run(ev, ops[pc + 2], env)
    const fallback = ops[pc + 3]
    const end = pc + 5 + SELECT_SIZE * ops[pc + 4]
    for (let at = pc + 5; at < end; at += SELECT_SIZE) {
      const name = ops[at]
      const symbol = name >= 0 ? name : dynamicName(ev, ~name, env)
      if ((value & 7) !== Tag.Attrs) {
        if (fallback !== 0) return run(ev, fallback, env)
        throw during(wrongKind(ev, "a set", value, 0), "while selecting an attribute", ops[pc + 1])
      }
      const set = value >>> 2
      const cache = ops[at + 1]
      let slot = caches[cache + 1]
      if (caches[cache] !== mem[set] || name < 0) {
        slot = shapeById[mem[set]].find(symbol) + 1
        if (slot === 0) {
          if (fallback !== 0) return run(ev, fallback, env)
          throw missingIn(mem[set], symbol, ops[pc + 1], ops[at + 2])
        }
        caches[cache] = mem[set]
        caches[cache + 1] = slot
      }
      found = set
      place = slot
      value = forceSlot(ev, mem[set + slot])
    }
    return value
  } catch (error) {
    throw found === 0
      ? subjectFailed(error, ops[pc + 2])
      : selectionFailed(ev, error, pc, env, shapeById[mem[found]].spanAt(place - 1))
  }
}

/** What a variable stands for is asked for where the variable is written. */
function subjectFailed(error: unknown, subject: number): unknown {
  if (error instanceof EvalError && isVariable(subject)) error.askedFrom(ops[subject + 1])
  return error
}

/** The trace names the whole attrpath, at the attribute that was found last. */
function selectionFailed(ev: Evaluator, error: unknown, pc: number, env: number, span: Span): unknown {
  if (!(error instanceof EvalError)) return error
  error.addSite(span || ops[pc + 1])
  if (span === 0 || isInternal(span)) return error
  const names = Array.from({ length: ops[pc + 4] }, (_, i) => {
    const name = ops[pc + 5 + SELECT_SIZE * i]
    return name >= 0 ? attrName(nameOf(name)) : dynamicNameText(ev, ~name, env)
  })
  error.addFrame(`while evaluating the attribute '${names.join(".")}'`, span)
  return error
}

/** What `derivation` selects in its own text is nothing that people could mend. */
function isInternal(span: Span): boolean {
  return sourceOf(span)?.file === derivationFile
}

/** A dynamic name that cannot be evaluated stands as it is written. */
function dynamicNameText(ev: Evaluator, pc: number, env: number): string {
  try {
    return attrName(nameOf(dynamicName(ev, pc, env)))
  } catch (error) {
    if (!(error instanceof EvalError)) throw error
    return `"\${${shownName(ops[pc + 1])}}"`
  }
}

/** The error of a selection, which offers names of the set that are nearly the one wanted. */
function missingIn(shape: number, symbol: Sym, span: Span, mark: Span): EvalError {
  const error = missingAttribute(symbol, span)
  error.mark = mark
  error.hint = didYouMean(nameOf(symbol), Array.from(shapeById[shape].keys, nameOf))
  return error
}

export function missingAttribute(symbol: Sym, span: Span): EvalError {
  return new EvalError("missing-attribute", `attribute '${attrName(nameOf(symbol))}' missing`, span)
}

/** The expression of a name that an error is about. */
function shownName(span: Span): string {
  const found = expressionAt(span, (expr, offset) => expr.start === offset && expr.kind !== "select")
  return found === undefined ? "" : showExpression(found, "")
}

function dynamicName(ev: Evaluator, pc: number, env: number): Sym {
  const name = run(ev, pc, env)
  try {
    return ev.symbolOf(name, ops[pc + 1])
  } catch (error) {
    throw during(error, "while evaluating an attribute name", ops[pc + 1])
  }
}

function hasAttr(ev: Evaluator, pc: number, env: number): boolean {
  let value = run(ev, ops[pc + 2], env)
  const count = ops[pc + 3]
  for (let i = 0; i < count; i++) {
    const name = ops[pc + 4 + 2 * i]
    const symbol = name >= 0 ? name : dynamicName(ev, ~name, env)
    if ((value & 7) !== Tag.Attrs) return false
    const at = value >>> 2
    const slot = shapeById[mem[at]].find(symbol)
    if (slot < 0) return false
    if (i < count - 1) value = forceSlot(ev, mem[at + 1 + slot])
  }
  return true
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

function evalAttrs(ev: Evaluator, pc: number, env: number): Slot {
  const count = ops[pc + 3]
  const dynamic = ops[pc + 4]
  const values = pc + 5
  const names = values + count
  const at = allocate(count + 1)
  mem[at] = caches[ops[pc + 2]] || shapeOfLiteral(ops[pc + 2], names, count).id
  for (let i = 0; i < count; i++) mem[at + 1 + i] = delay(ev, ops[values + i], env)
  const attrs = slotOf(at, Tag.Attrs)
  return dynamic === 0 ? attrs : addDynamic(ev, attrs, names + 2 * count, dynamic, env)
}

/** Adds `${name} = value` attributes; a null name adds nothing. */
function addDynamic(ev: Evaluator, attrs: Slot, from: number, count: number, env: number): Slot {
  const shape = shapeById[mem[attrs >>> 2]]
  if (count === 1 && shape.keys.length === 0) return oneDynamic(ev, from, env)
  const keys = Array.from(shape.keys)
  const spans = keys.map((_, slot) => shape.spanAt(slot))
  const values = keys.map((_, slot) => mem[(attrs >>> 2) + 1 + slot])
  for (let at = from; at < from + 3 * count; at += 3) {
    const name = run(ev, ops[at], env)
    if (name === NULL) continue
    const symbol = ev.symbolOf(name, ops[ops[at] + 1])
    const existing = keys.indexOf(symbol)
    if (existing >= 0) throw duplicateDynamic(symbol, spans[existing], ops[at + 2])
    keys.push(symbol)
    spans.push(ops[at + 2])
    values.push(delay(ev, ops[at + 1], env))
  }
  return attrsSlot(internShape(Int32Array.from(keys), Int32Array.from(spans)), values)
}

/** `{ ${name} = value; }`, nine of ten sets with dynamic names. */
function oneDynamic(ev: Evaluator, at: number, env: number): Slot {
  const name = run(ev, ops[at], env)
  if (name === NULL) return EMPTY_ATTRS
  const shape = shapeOfOne(ev.symbolOf(name, ops[ops[at] + 1]), ops[at + 2])
  const set = newAttrs(shape)
  mem[set + 1] = delay(ev, ops[at + 1], env)
  return slotOf(set, Tag.Attrs)
}

function duplicateDynamic(symbol: Sym, first: Span, span: Span): EvalError {
  const place = placeOf(first)
  const where = place === undefined ? "" : ` at ${place.file}:${place.line}:${place.column}`
  return new EvalError("invalid-value", `dynamic attribute '${nameOf(symbol)}' already defined${where}`, span)
}

function evalWithFroms(ev: Evaluator, pc: number, env: number): Slot {
  const count = ops[pc + 2]
  const frame = newFrame(env, count + 1)
  for (let i = 0; i < count; i++) mem[frame + 1 + i] = delay(ev, ops[pc + 4 + i], frame)
  return run(ev, ops[pc + 3], frame)
}

function evalRecAttrs(ev: Evaluator, pc: number, env: number): Slot {
  const count = ops[pc + 3]
  const slots = count + ops[pc + 4]
  const dynamic = ops[pc + 5]
  const overrides = ops[pc + 6]
  const values = pc + 7
  const names = values + slots
  const frame = newFrame(env, slots + 1)
  for (let i = 0; i < slots; i++) mem[frame + 1 + i] = delay(ev, ops[values + i], frame)
  const at = allocate(count + 1)
  mem[at] = caches[ops[pc + 2]] || shapeOfLiteral(ops[pc + 2], names, count).id
  for (let i = 1; i <= count; i++) mem[at + i] = mem[frame + i]
  const attrs = slotOf(at, Tag.Attrs)
  const whole = overrides < 0 ? attrs : overridden(ev, attrs, frame, overrides)
  return dynamic === 0 ? whole : addDynamic(ev, whole, names + 2 * count, dynamic, frame)
}

/** The old `rec { __overrides = { .. }; }`: its attributes replace the others, also for those who refer to them. */
function overridden(ev: Evaluator, attrs: Slot, frame: number, slot: number): Slot {
  const overrides = forceSlot(ev, mem[frame + slot])
  if ((overrides & 7) !== Tag.Attrs)
    throw during(wrongKind(ev, "a set", overrides, 0), "while evaluating the `__overrides` attribute", 0)
  const own = shapeById[mem[attrs >>> 2]]
  const { keys } = shapeById[mem[overrides >>> 2]]
  for (let i = 0; i < keys.length; i++) {
    const existing = own.find(keys[i])
    if (existing >= 0) mem[frame + existing + 1] = mem[(overrides >>> 2) + 1 + i]
  }
  return updateAttrs(ev, attrs, overrides)
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
    const sides = [ops[condition + 2], ops[condition + 3]].map(side => unbox(run(ev, side, env)) as Value)
    explainInequality(ev, sides[0], sides[1], error =>
      error.addFrame(`while evaluating the condition of the assertion '${shown}'`, ops[pc + 1]),
    )
  }
  throw new EvalError("assert", `assertion '${shown}' failed`, ops[pc + 1])
}

/** `~/a`. A slash at its end is there only where more follows, and is kept for that. */
function homePath(ev: Evaluator, below: string): NixPath {
  const path = canonicalPath(ev.io.getEnv("HOME") + below)
  return new NixPath(below.endsWith("/") && path !== "/" ? `${path}/` : path)
}

function evalInterpolate(ev: Evaluator, pc: number, env: number): Slot {
  const count = ops[pc + 2]
  const parts = newText()
  for (let i = 0; i < count; i++) {
    const part = ops[pc + 3 + i]
    const value = unbox(run(ev, part, env)) as Value
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
  let text = (objectAt(run(ev, ops[pc + 3], env)) as NixPath).path
  for (let i = 1; i < count; i++) {
    const part = ops[pc + 3 + i]
    text += coerceToPathText(ev, unbox(run(ev, part, env)) as Value, ops[part + 1])
  }
  return boxObject(new NixPath(canonicalPath(text)))
}

/** What `__curPos` and `unsafeGetAttrPos` give: null where nothing is known, and for a text that is no file. */
export function positionAttrs(span: Span): Value {
  const place = placeOf(span)
  if (place === undefined || !place.file.startsWith("/")) return null
  return new Attrs(
    attrsSlot(POSITION, [boxObject(place.file), boxInteger(place.line), boxInteger(place.column)]),
  )
}

const POSITION = internShape(Int32Array.from(["file", "line", "column"], intern), undefined)
