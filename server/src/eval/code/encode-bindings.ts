// From bindings to code: `let` and sets. Names have places in a frame, or in a shape; `inherit (from)` is evaluated once for
// all its names, in a slot of its own.

import { type LegacyLet, type Let, plainText } from "../../syntax/index.js"
import { intern } from "../values/symbol.js"
import { type AttrPlan, planLet, type SetPlan } from "./attrset-plan.js"
import { emit, emitSelect, newNode, newSet, ops } from "./code.js"
import type { Encoder } from "./encode.js"
import { isAlias } from "./name-order.js"
import { Op } from "./op.js"
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
  /** The code for each of these slots, as far as it has been written. */
  readonly sources: number[]
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
  const plan = ordered(encoder, planLet(e))
  const { froms, sources } = declare(encoder, plan, inner)
  const count = plan.attrs.size + froms.length
  const pc = newNode(Op.Let, encoder.span(e.start), 3 + count)
  ops[pc + 2] = first
  ops[pc + 3] = count
  const behind = writeValues(encoder, plan, { inner, outer: inner.outer ?? inner, froms, sources }, pc + 5)
  ops.set(sources, behind)
  ops[pc + 4] = body(inner)
  return pc
}

/** `let { body = ..; }` is the `body` of a recursive set. */
export function encodeLegacyLet(encoder: Encoder, e: LegacyLet, scope: Scope): number {
  const span = encoder.span(e.start)
  const set = encodeSet(encoder, planLet(e), scope)
  // To Nix, this selection has no place.
  return emitSelect(set, intern("body"), 0, span)
}

/** Writes the code of an attribute set and returns its pc. */
export function encodeSet(encoder: Encoder, written: SetPlan, scope: Scope): number {
  const plan = ordered(encoder, written)
  if (plan.attrs.size + plan.dynamic.length === 0) return emit(Op.EmptyAttrs, encoder.span(plan.start))
  if (plan.recursive) return recursiveSet(encoder, plan, scope)
  const none: readonly number[] = []
  if (plan.froms.length === 0)
    return plainSet(encoder, plan, { inner: scope, outer: scope, froms: none, sources: [] })
  const inner = scope.frame()
  const { froms, sources } = declare(encoder, { ...plan, attrs: new Map() }, inner)
  const attrs = plainSet(encoder, plan, { inner, outer: inner, froms, sources })
  return emit(Op.WithFroms, encoder.span(plan.start), froms.length, attrs, ...sources)
}

/** The set with its names in the order in which Nix looks at them, where that tells. */
function ordered(encoder: Encoder, plan: SetPlan): SetPlan {
  const rank = encoder.settings.rank ?? (hasAlias(plan) ? encoder.aliasRank() : undefined)
  if (rank === undefined) return plan
  const attrs = [...plan.attrs].sort(([a, { start: x }], [b, { start: y }]) => rank(a, x) - rank(b, y))
  return { ...plan, attrs: new Map(attrs) }
}

function hasAlias({ recursive, attrs }: SetPlan): boolean {
  if (!recursive) return false
  for (const attr of attrs.values())
    if (attr.kind === "value" && attr.value.kind !== "set" && isAlias(attr.value, attrs)) return true
  return false
}

function plainSet(encoder: Encoder, plan: SetPlan, frames: Frames): number {
  const op = isConfiguration(plan) ? Op.ConfigurationAttrs : Op.Attrs
  const pc = newSet(op, encoder.span(plan.start), 2 + sizeOf(plan))
  ops[pc + 3] = plan.attrs.size
  ops[pc + 4] = plan.dynamic.length
  const names = writeValues(encoder, plan, frames, pc + 5)
  writeDynamic(encoder, plan, frames.inner, writeNames(encoder, plan, names))
  return pc
}

function recursiveSet(encoder: Encoder, plan: SetPlan, scope: Scope): number {
  const inner = scope.frame()
  const { froms, sources } = declare(encoder, plan, inner)
  const overrides = inner.names.get("__overrides") ?? -1
  const pc = newSet(Op.RecAttrs, encoder.span(plan.start), 4 + sizeOf(plan) + froms.length)
  ops[pc + 3] = plan.attrs.size
  ops[pc + 4] = froms.length
  ops[pc + 5] = plan.dynamic.length
  ops[pc + 6] = overrides
  const behind = writeValues(encoder, plan, { inner, outer: scope, froms, sources }, pc + 7)
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

/**
 * Declares names, then a slot for each `inherit (from)`. Its code, the source, is written where its first name is, so that names
 * are met in the order of the text; but Nix looks for the variables in it before all others.
 */
function declare(
  encoder: Encoder,
  plan: SetPlan,
  inner: Scope,
): { froms: readonly number[]; sources: number[] } {
  for (const name of plan.attrs.keys()) inner.declare(name)
  const froms = plan.froms.map(() => inner.reserve())
  const sources = encoder.looksAsNix ? plan.froms.map(from => encoder.expr(from, inner, -1)) : []
  return { froms, sources }
}

/** Writes where the code of each value is, from a place on, and returns the place behind. */
function writeValues(encoder: Encoder, { attrs, froms }: SetPlan, frames: Frames, at: number): number {
  const { inner, sources } = frames
  const writeSources = (count: number): void => {
    while (sources.length < count) sources.push(encoder.expr(froms[sources.length], inner, -1))
  }
  attrs.forEach((attr, name) => {
    if (attr.kind === "from") writeSources(attr.from + 1)
    ops[at++] = valueOf(encoder, name, attr, frames)
  })
  writeSources(froms.length)
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
  return plainText(tag.value) === "configuration"
}
