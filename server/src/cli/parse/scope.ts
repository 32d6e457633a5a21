// What each name of a file means, by the rules of the language alone: where it is bound, or which `with` it may come from.
//
// Keeps its own stack, as whoever walks generated files must.

import { lineColumn, lineStarts } from "../../base/index.js"
import { isGlobalName } from "../../eval/index.js"
import {
  type AttrName,
  childrenInScope,
  type Expr,
  type Local,
  lookup,
  type Scope,
  staticName,
} from "../../syntax/index.js"

interface Use {
  readonly name: string
  readonly at: number
  readonly means: string
}

/** One line for each use of a name, in the order of the text: place, name, meaning. */
export function scopeText(tree: Expr, text: string): string {
  const starts = lineStarts(text)
  const place = (offset: number) => {
    const { line, column } = lineColumn(starts, offset)
    return `${line}:${column}`
  }
  const rows = uses(tree, place)
    .sort((a, b) => a.at - b.at)
    .map(use => [place(use.at), use.name, use.means])
  const widths = [0, 1].map(column => Math.max(0, ...rows.map(row => row[column].length)))
  return rows
    .map(([at, name, means]) => `${at.padEnd(widths[0])}  ${name.padEnd(widths[1])}  ${means}\n`)
    .join("")
}

type Placing = (offset: number) => string

function uses(tree: Expr, place: Placing): Use[] {
  const found: Use[] = []
  const waiting: (readonly [Expr, Scope])[] = [[tree, undefined]]
  for (let item = waiting.pop(); item !== undefined; item = waiting.pop()) {
    const [expr, scope] = item
    if (expr.kind === "variable")
      found.push({ name: expr.name, at: expr.start, means: meaning(expr.name, scope, place) })
    for (const { name, start } of inheritedNames(expr))
      found.push({ name, at: start, means: meaning(name, scope, place) })
    for (const child of childrenInScope(expr, scope)) waiting.push(child)
  }
  return found
}

/** `inherit a;` uses the `a` around the set. */
function inheritedNames(expr: Expr): { name: string; start: number }[] {
  if (expr.kind !== "let" && expr.kind !== "legacyLet" && expr.kind !== "attrset") return []
  return expr.bindings.flatMap(binding =>
    binding.kind === "inherit" && binding.from === undefined ? binding.names.flatMap(usedName) : [],
  )
}

function usedName(written: AttrName): { name: string; start: number }[] {
  const name = staticName(written)
  return name === undefined ? [] : [{ name, start: written.start }]
}

/** What binds a name, as Nix calls that. */
const BINDERS: Readonly<Record<Local["role"], string>> = {
  let: "let",
  attribute: "rec",
  argument: "parameter",
}

function meaning(name: string, scope: Scope, place: Placing): string {
  const found = lookup(name, scope)
  if (found.kind === "local") return `${BINDERS[found.local.role]} ${place(found.local.range.start)}`
  if (name === "__curPos" || isGlobalName(name)) return "builtin"
  const withs = found.withs.map(({ node }) => `with ${place(node.start)}`)
  return withs.length === 0 ? "undefined" : withs.join(", else ")
}
