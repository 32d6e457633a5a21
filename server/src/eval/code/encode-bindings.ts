// From bindings to code: `let` and sets. Names have places in a frame, or in a shape; `inherit (from)` is evaluated once for
// all its names, in a slot of its own.

import type { LegacyLet, Let } from "../../syntax/index.js"
import { intern } from "../values/symbol.js"
import { type AttrPlan, planBindings, type SetPlan } from "./attrset-plan.js"
import { emit, emitNode, emitSelect, emitSet, Op } from "./code.js"
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
  const values = valuesOf(encoder, plan, { inner, outer: inner.outer ?? inner, froms })
  const slots = [...values, ...sources]
  return emitNode(Op.Let, encoder.span(e.start), [first, slots.length, body(inner), ...slots])
}

/** `let { body = ..; }` is the `body` of a recursive set. */
export function encodeLegacyLet(encoder: Encoder, { bindings, start }: LegacyLet, scope: Scope): number {
  const span = encoder.span(start)
  const set = encodeSet(encoder, planBindings(bindings, true, start), scope)
  // To Nix, this selection has no place.
  return emitSelect(0, set, 0, [[intern("body"), span]])
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
  return emitNode(Op.WithFroms, encoder.span(plan.start), [froms.length, attrs, ...froms])
}

function plainSet(encoder: Encoder, plan: SetPlan, scope: Scope, froms: readonly number[]): number {
  const values = valuesOf(encoder, plan, { inner: scope, outer: scope, froms })
  const dynamic = dynamicOf(encoder, plan, scope)
  const counts = [plan.attrs.size, plan.dynamic.length]
  const op = isConfiguration(plan) ? Op.ConfigurationAttrs : Op.Attrs
  return emitSet(op, encoder.span(plan.start), [...counts, ...values, ...namesOf(encoder, plan), ...dynamic])
}

function recursiveSet(encoder: Encoder, plan: SetPlan, scope: Scope): number {
  const inner = scope.frame()
  const { froms, sources } = declare(encoder, plan, inner)
  const written = valuesOf(encoder, plan, { inner, outer: scope, froms })
  const overrides = inner.names.get("__overrides") ?? -1
  const values = overrides < 0 ? written : withInherited(written, plan)
  const counts = [plan.attrs.size, froms.length, plan.dynamic.length, overrides]
  return emitSet(Op.RecAttrs, encoder.span(plan.start), [
    ...counts,
    ...values,
    ...sources,
    ...namesOf(encoder, plan),
    ...dynamicOf(encoder, plan, inner),
  ])
}

/** Values of a set with overrides. What comes from outside is there at once: it is written ~pc. */
function withInherited(values: readonly number[], plan: SetPlan): number[] {
  const attrs = [...plan.attrs.values()]
  return values.map((value, i) => (attrs[i]?.kind === "outer" ? ~value : value))
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

function valuesOf(encoder: Encoder, plan: SetPlan, frames: Frames): number[] {
  const { rank } = encoder.settings
  const attrs = [...plan.attrs]
  if (rank !== undefined) attrs.sort(([a, { start: x }], [b, { start: y }]) => rank(a, x) - rank(b, y))
  return attrs.map(([name, attr]) => valueOf(encoder, name, attr, frames))
}

/** The code of one attribute, to run in a frame of `inner`. */
function valueOf(encoder: Encoder, name: string, attr: AttrPlan, { inner, outer, froms }: Frames): number {
  const span = encoder.span(attr.start)
  if (attr.kind === "from") {
    const from = emit(Op.Local0, span, froms[attr.from])
    return emitSelect(span, from, 0, [[intern(name), span]])
  }
  if (attr.kind === "outer")
    return inner === outer ? encoder.variable(name, outer, span) : outerVariable(encoder, name, inner, span)
  if (attr.value.kind === "set") return encodeSet(encoder, attr.value, inner)
  return encoder.expr(attr.value, inner, intern(name))
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

function dynamicOf(encoder: Encoder, plan: SetPlan, scope: Scope): number[] {
  return plan.dynamic.flatMap(({ name, value, start }) => [
    encoder.expr(name, scope, -1),
    value.kind === "set" ? encodeSet(encoder, value, scope) : encoder.expr(value, scope, -1),
    encoder.span(start),
  ])
}

/** Names and their positions, from which the shape is made when it is first needed. */
function namesOf(encoder: Encoder, plan: SetPlan): number[] {
  return Array.from(plan.attrs).flatMap(([name, attr]) => [intern(name), encoder.span(attr.path)])
}

/** `{ _type = "configuration"; .. }`, the result of a module evaluation, which the evaluator reports to who asked. */
function isConfiguration(plan: SetPlan): boolean {
  const tag = plan.attrs.get("_type")
  if (tag?.kind !== "value" || tag.value.kind !== "string") return false
  const [part] = tag.value.parts
  return part?.kind === "text" && part.text === "configuration"
}
