// Names of attributes, as far as the file itself tells them.

import {
  type AttrName,
  type Expr,
  lookup,
  type Scope,
  staticName,
  withoutParens,
} from "../../syntax/index.js"

// How many variables are followed in a row: a limit against cycles.
const MAX_FOLLOWED = 5

/** The name of an attribute, also of `"machines/${host}"` when `host` is a literal in the same file. */
export function nameIn(attr: AttrName, scope: Scope): string | undefined {
  return (
    staticName(attr) ?? (attr.kind === "dynamic" ? literalText(attr.expr, scope, MAX_FOLLOWED) : undefined)
  )
}

function literalText(expr: Expr, scope: Scope, budget: number): string | undefined {
  const inner = withoutParens(expr)
  if (inner.kind === "variable" && budget > 0) {
    const found = lookup(inner.name, scope)
    if (found.kind !== "local" || found.local.value === undefined) return undefined
    return literalText(found.local.value, found.local.scope, budget - 1)
  }
  if (inner.kind !== "string") return undefined
  const texts = inner.parts.map(part =>
    part.kind === "text" ? part.text : literalText(part.expr, scope, budget - 1),
  )
  return texts.includes(undefined) ? undefined : texts.join("")
}
