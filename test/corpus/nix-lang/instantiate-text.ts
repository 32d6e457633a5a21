// A value as `nix-instantiate --eval` prints it, which is not how `nix eval` does: the expectations of Nix's language tests
// are in this older form, without places of functions and without names for what is not printed.

import {
  Attrs,
  attrName,
  Builtin,
  type Evaluator,
  guillemets,
  identityOf,
  Lambda,
  nameOf,
  Partial,
  printValue,
  type Value,
} from "../../../server/src/eval/index.js"

/** The text of a value that is evaluated to its last part. */
export function instantiateText(ev: Evaluator, value: Value, seen = new Set<unknown>()): string {
  if (value instanceof Lambda) return "<LAMBDA>"
  if (value instanceof Builtin) return "<PRIMOP>"
  if (value instanceof Partial) return value.fn instanceof Builtin ? "<PRIMOP-APP>" : "<LAMBDA>"
  if (value instanceof Attrs) return attrsText(ev, value, seen)
  if (Array.isArray(value)) return listText(ev, value, seen)
  return printValue(ev, value, { force: true })
}

function attrsText(ev: Evaluator, attrs: Attrs, seen: Set<unknown>): string {
  if (isRepeated(attrs, attrs.size, seen)) return guillemets("repeated")
  const members = Array.from(attrs.shape.sorted, slot => {
    const name = attrName(nameOf(attrs.shape.keys[slot]))
    return `${name} = ${instantiateText(ev, ev.force(attrs.at(slot)), seen)}; `
  })
  return `{ ${members.join("")}}`
}

function listText(ev: Evaluator, list: Extract<Value, readonly unknown[]>, seen: Set<unknown>): string {
  if (isRepeated(list, list.length, seen)) return guillemets("repeated")
  return `[ ${list.map(element => `${instantiateText(ev, ev.force(element), seen)} `).join("")}]`
}

/** What is empty is never said to be repeated. */
function isRepeated(value: Value, size: number, seen: Set<unknown>): boolean {
  if (size === 0) return false
  const known = seen.has(identityOf(value))
  seen.add(identityOf(value))
  return known
}
