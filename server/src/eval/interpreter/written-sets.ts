// Sets as they are written: plain ones, recursive ones, and the names among theirs that are computed.

import { ops, shapeOfLiteral } from "../code/code.js"
import { Op } from "../code/op.js"
import { placeOf, type Span } from "../code/span.js"
import { during, EvalError } from "../errors/error.js"
import type { Evaluator } from "../evaluator.js"
import { allocate, copyWithin, mem, NULL, newFrame, type Slot, slotOf, Tag } from "../values/heap.js"
import { shapeById, shapeOfOne } from "../values/shape.js"
import { nameOf, type Sym } from "../values/symbol.js"
import { newAttrs } from "../values/value.js"
import { delay, forceSlot, putOff } from "./force.js"
import { wrongKind } from "./operands.js"
import { updateAttrs } from "./operators.js"
import { run } from "./run.js"
import { symbolOfName } from "./select.js"

/** Runs the code of a set without `rec`. Its values are put off. */
export function evalAttrs(ev: Evaluator, pc: number, env: number): Slot {
  const count = ops[pc + 3]
  const dynamic = ops[pc + 4]
  const values = pc + 5
  const names = values + count
  const at = allocate(count + 1)
  mem[at] = ops[pc + 2] || shapeOfLiteral(pc + 2, names, count).id
  for (let i = 0; i < count; i++) mem[at + 1 + i] = delay(ev, ops[values + i], env)
  const attrs = slotOf(at, Tag.Attrs)
  return dynamic === 0 ? attrs : addDynamic(ev, attrs, names + 2 * count, dynamic, env)
}

const NAME = "while evaluating the name of a dynamic attribute"

/** Adds `${name} = value` attributes; a null name adds nothing. */
function addDynamic(ev: Evaluator, attrs: Slot, from: number, count: number, env: number): Slot {
  let whole = attrs
  for (let at = from; at < from + 3 * count; at += 3) {
    const name = run(ev, ops[at], env)
    if (name === NULL) continue
    const symbol = symbolOfName(ev, name, ops[at + 2], NAME)
    nameFunctions(ops[at + 1], symbol)
    whole = withAttr(whole, symbol, delay(ev, ops[at + 1], env), ops[at + 2])
  }
  return whole
}

/** A function has the name that it was bound to last, and so has one that it returns. */
function nameFunctions(pc: number, name: Sym): void {
  for (let code = pc; ops[code] === Op.Lambda || ops[code] === Op.FormalsLambda; code = ops[code + 5])
    ops[code + 2] = name
}

/** A set that has one attribute more, in a new place. */
function withAttr(attrs: Slot, name: Sym, value: Slot, span: Span): Slot {
  const from = attrs >>> 2
  const before = shapeById[mem[from]]
  const existing = before.find(name)
  if (existing >= 0) throw duplicateDynamic(name, before.spanAt(existing), span)
  const one = shapeOfOne(name, span)
  const shape = before.size === 0 ? one : before.update(one).shape
  const at = newAttrs(shape)
  copyWithin(at + 1, from + 1, before.size)
  mem[at + 1 + before.size] = value
  return slotOf(at, Tag.Attrs)
}

function duplicateDynamic(symbol: Sym, first: Span, span: Span): EvalError {
  const place = placeOf(first)
  const where = place === undefined ? "" : ` at ${place.file}:${place.line}:${place.column}`
  return new EvalError("invalid-value", `dynamic attribute '${nameOf(symbol)}' already defined${where}`, span)
}

/** Runs the code of a set with `inherit (from) ..`: each `from` is evaluated at most once for all its names. */
export function evalWithFroms(ev: Evaluator, pc: number, env: number): Slot {
  const count = ops[pc + 2]
  const frame = newFrame(env, count + 1)
  for (let i = 0; i < count; i++) mem[frame + 1 + i] = delay(ev, ops[pc + 4 + i], frame)
  return run(ev, ops[pc + 3], frame)
}

/** Runs the code of a `rec` set: its values see its names as variables. */
export function evalRecAttrs(ev: Evaluator, pc: number, env: number): Slot {
  const count = ops[pc + 3]
  const slots = count + ops[pc + 4]
  const dynamic = ops[pc + 5]
  const overrides = ops[pc + 6]
  const values = pc + 7
  const names = values + slots
  const frame = newFrame(env, slots + 1)
  const later = overrides < 0 ? delay : delayOverridable
  for (let i = 0; i < slots; i++) mem[frame + 1 + i] = later(ev, ops[values + i], frame)
  const at = allocate(count + 1)
  mem[at] = ops[pc + 2] || shapeOfLiteral(pc + 2, names, count).id
  for (let i = 1; i <= count; i++) mem[at + i] = mem[frame + i]
  const attrs = slotOf(at, Tag.Attrs)
  const whole = overrides < 0 ? attrs : overridden(ev, attrs, frame, overrides)
  return dynamic === 0 ? whole : addDynamic(ev, whole, names + 2 * count, dynamic, frame)
}

/** With overrides, a name of the set is not yet what it will be; one from outside, as ~pc, is. */
function delayOverridable(ev: Evaluator, pc: number, env: number): Slot {
  return pc < 0 ? delay(ev, ~pc, env) : putOff(ev, pc, env)
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
