// A value as `nix-instantiate --eval` prints it, which is not how `nix eval` does: the expectations of Nix's language tests
// are in this older form, without places of functions and without names for what is not printed.

import {
  Attrs,
  Builtin,
  type Evaluator,
  guillemets,
  identityOf,
  Lambda,
  type Lazy,
  Partial,
  printValue,
  Thunk,
  type Value,
  writtenName,
} from "../../../server/src/eval/index.js"

/** The text of a value that is evaluated to its last part. */
export function instantiateText(ev: Evaluator, value: Value, seen = new Set<unknown>()): string {
  if (value instanceof Lambda) return "<LAMBDA>"
  if (value instanceof Builtin) return "<PRIMOP>"
  if (value instanceof Partial) return value.fn instanceof Builtin ? "<PRIMOP-APP>" : "<LAMBDA>"
  if (value instanceof Attrs) return attrsText(ev, value, seen)
  if (Array.isArray(value)) return `[ ${value.map(element => `${elementText(ev, element, seen)} `).join("")}]`
  return printValue(ev, value, { force: true })
}

function attrsText(ev: Evaluator, attrs: Attrs, seen: Set<unknown>): string {
  if (attrs.size > 0 && isRepeated(attrs, seen)) return guillemets("repeated")
  const members = Array.from(attrs.shape.sorted, slot => {
    const name = writtenName(attrs.shape.nameAt(slot))
    return `${name} = ${elementText(ev, attrs.at(slot), seen)}; `
  })
  return `{ ${members.join("")}}`
}

/** What stands in a place. Nix tells sets apart by what they are, and lists by the place that they stand in. */
function elementText(ev: Evaluator, place: Lazy, seen: Set<unknown>): string {
  const value = ev.force(place)
  const isList = Array.isArray(value) && value.length > 0
  if (isList && isRepeated(place instanceof Thunk ? place : value, seen)) return guillemets("repeated")
  return instantiateText(ev, value, seen)
}

function isRepeated(thing: Thunk | Value, seen: Set<unknown>): boolean {
  const identity = thing instanceof Thunk ? thing.slot : identityOf(thing)
  const known = seen.has(identity)
  seen.add(identity)
  return known
}
