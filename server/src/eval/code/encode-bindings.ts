// From bindings to code: `let` and sets. Names have places in a frame, or in a shape; `inherit (from)` is evaluated once for
// all its names, in a slot of its own.

import type { LegacyLet, Let } from "../../syntax/index.js"
import { intern } from "../values/symbol.js"
import { type AttrPlan, planBindings, type SetPlan } from "./attrset-plan.js"
import { emit, emitSelect, newNode, newSet, Op, ops } from "./code.js"
import type { Encoder } from "./encode.js"
import type { Scope } from "./scope.js"
import type { Span } from "./span.js"

/** Where the values of names are evaluated. */
interface Frames {
  /** Whose frame they run in. */
  readonly inner: Scope
  /** What `inherit x` takes its `x` from. */
  readonly outer: Scope
  /** Slots of `inner` with what `inherit (from)` takes names from. */
  readonly froms: readonly number[]
}

/**
 * @param inner the level that the names are declared on, with a frame of its own or merged into the function's
 * @param first the slot that the first name will have
 */
export function encodeLet(
  encoder: Encoder,
  e: Let,
  inner: Scope,
  first: number,
  body: (inner: Scope) => number,
): number {
  const plan = planBindings(e.bindings, true, e.start)
  const { froms, sources } = declare(encoder, plan, inner)
  const count = plan.attrs.size + sources.length
  const pc = newNode(Op.Let, encoder.span(e.start), 3 + count)
  ops[pc + 2] = first
  ops[pc + 3] = count
  const behind = writeValues(encoder, plan, { inner, outer: inner.outer ?? inner, froms }, pc + 5)
  ops.set(sources, behind)
  ops[pc + 4] = body(inner)
  return pc
}

/** `let { body = ..; }` is the `body` of a recursive set. */
export function encodeLegacyLet(encoder: Encoder, { bindings, start }: LegacyLet, scope: Scope): number {
  const span = encoder.span(start)
  const set = encodeSet(encoder, planBindings(bindings, true, start), scope)
  // To Nix, this selection has no place.
  return emitSelect(set, intern("body"), 0, span)
}

/** Writes the code of an attribute set and returns its pc. */
export function encodeSet(encoder: Encoder, plan: SetPlan, scope: Scope): number {
  if (plan.attrs.size + plan.dynamic.length === 0) return emit(Op.EmptyAttrs, encoder.span(plan.start))
  if (plan.recursive) return recursiveSet(encoder, plan, scope)
  if (plan.froms.length === 0) return plainSet(encoder, plan, scope, [])
  const outer = scope.frame()
  const slots = plan.froms.map(() => outer.reserve())
  const froms = plan.froms.map(from => encoder.expr(from, outer, -1))
  const attrs = plainSet(encoder, plan, outer, slots)
  return emit(Op.WithFroms, encoder.span(plan.start), froms.length, attrs, ...froms)
}

function plainSet(encoder: Encoder, plan: SetPlan, scope: Scope, froms: readonly number[]): number {
  const op = isConfiguration(plan) ? Op.ConfigurationAttrs : Op.Attrs
  const pc = newSet(op, encoder.span(plan.start), 2 + sizeOf(plan))
  ops[pc + 3] = plan.attrs.size
  ops[pc + 4] = plan.dynamic.length
  const names = writeValues(encoder, plan, { inner: scope, outer: scope, froms }, pc + 5)
  writeDynamic(encoder, plan, scope, writeNames(encoder, plan, names))
  return pc
}

function recursiveSet(encoder: Encoder, plan: SetPlan, scope: Scope): number {
  const inner = scope.frame()
  const { froms, sources } = declare(encoder, plan, inner)
  const overrides = inner.names.get("__overrides") ?? -1
  const pc = newSet(Op.RecAttrs, encoder.span(plan.start), 4 + sizeOf(plan) + sources.length)
  ops[pc + 3] = plan.attrs.size
  ops[pc + 4] = sources.length
  ops[pc + 5] = plan.dynamic.length
  ops[pc + 6] = overrides
  const behind = writeValues(encoder, plan, { inner, outer: scope, froms }, pc + 7)
  if (overrides >= 0) markInherited(plan, pc + 7)
  ops.set(sources, behind)
  writeDynamic(encoder, plan, inner, writeNames(encoder, plan, behind + sources.length))
  return pc
}

/** How many operands hold the values and names of a set. */
function sizeOf({ attrs, dynamic }: SetPlan): number {
  return 3 * (attrs.size + dynamic.length)
}

/** Of the values of a set with overrides, those from outside are there at once: they are written ~pc. */
function markInherited(plan: SetPlan, at: number): void {
  for (const { kind } of plan.attrs.values()) {
    if (kind === "outer") ops[at] = ~ops[at]
    at++
  }
}

/** Declares names, then a slot for each `inherit (from)`, whose code the sources are. */
function declare(
  encoder: Encoder,
  plan: SetPlan,
  inner: Scope,
): { froms: readonly number[]; sources: readonly number[] } {
  for (const name of plan.attrs.keys()) inner.declare(name)
  const froms = plan.froms.map(() => inner.reserve())
  return { froms, sources: plan.froms.map(from => encoder.expr(from, inner, -1)) }
}

/** Writes where the code of each value is, from a place on, and returns the place behind. */
function writeValues(encoder: Encoder, { attrs }: SetPlan, frames: Frames, at: number): number {
  const { rank } = encoder.settings
  const ordered =
    rank === undefined
      ? attrs
      : new Map([...attrs].sort(([a, { start: x }], [b, { start: y }]) => rank(a, x) - rank(b, y)))
  ordered.forEach((attr, name) => {
    ops[at++] = valueOf(encoder, name, attr, frames)
  })
  return at
}

/** The code of one attribute, to run in a frame of `inner`. */
function valueOf(encoder: Encoder, name: string, attr: AttrPlan, { inner, outer, froms }: Frames): number {
  const span = encoder.span(attr.start)
  const symbol = intern(name)
  if (attr.kind === "from") {
    const from = emit(Op.Local0, span, froms[attr.from])
    return emitSelect(from, symbol, span)
  }
  if (attr.kind === "outer")
    return inner === outer ? encoder.variable(name, outer, span) : outerVariable(encoder, name, inner, span)
  if (attr.value.kind === "set") return encodeSet(encoder, attr.value, inner)
  return encoder.expr(attr.value, inner, symbol)
}

/** A name as seen from around `inner`, for code that runs in a frame of `inner`. */
function outerVariable(encoder: Encoder, name: string, inner: Scope, span: Span): number {
  const own = inner.names.get(name)
  if (own === undefined) return encoder.variable(name, inner, span)
  inner.names.delete(name)
  try {
    return encoder.variable(name, inner, span)
  } finally {
    inner.names.set(name, own)
  }
}

/** Writes names and their positions, from which the shape is made when it is first needed; returns the place behind. */
function writeNames(encoder: Encoder, { attrs }: SetPlan, at: number): number {
  attrs.forEach(({ path }, name) => {
    ops[at++] = intern(name)
    ops[at++] = encoder.span(path)
  })
  return at
}

function writeDynamic(encoder: Encoder, plan: SetPlan, scope: Scope, at: number): void {
  for (const { name, value, path } of plan.dynamic) {
    ops[at++] = encoder.expr(name, scope, -1)
    ops[at++] = value.kind === "set" ? encodeSet(encoder, value, scope) : encoder.expr(value, scope, -1)
    ops[at++] = encoder.span(path)
  }
}

/** `{ _type = "configuration"; .. }`, the result of a module evaluation, which the evaluator reports to who asked. */
function isConfiguration(plan: SetPlan): boolean {
  const tag = plan.attrs.get("_type")
  if (tag?.kind !== "value" || tag.value.kind !== "string") return false
  const [part] = tag.value.parts
  return part?.kind === "text" && part.text === "configuration"
}
