// What each name of a file means, by the rules of the language alone: where it is bound, or which `with` it may come from.
//
// Keeps its own stack, as whoever walks generated files must.

import { lineColumn, lineStarts } from "../../base/index.js"
import { isGlobalName } from "../../eval/index.js"
import { type AttrName, type Binding, type Expr, pushChildren, staticName } from "../../syntax/index.js"

interface SyntaxScope {
  readonly outer: SyntaxScope | undefined
  /** How the names were bound: `let`, `rec`, `parameter`; `with` binds names that nobody knows before evaluation. */
  readonly kind: string
  readonly names: ReadonlyMap<string, number>
  /** Where a `with` begins. */
  readonly start: number
}

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
  const waiting: [Expr, SyntaxScope | undefined][] = [[tree, undefined]]
  for (let item = waiting.pop(); item !== undefined; item = waiting.pop()) {
    const [expr, scope] = item
    if (expr.kind === "variable")
      found.push({ name: expr.name, at: expr.start, means: meaning(expr.name, scope, place) })
    for (const name of inheritedNames(expr))
      found.push({ name: name.name, at: name.at, means: meaning(name.name, scope, place) })
    waiting.push(...childrenIn(expr, scope))
  }
  return found
}

/** The children of an expression, each with the scope that it stands in. */
function childrenIn(expr: Expr, scope: SyntaxScope | undefined): [Expr, SyntaxScope | undefined][] {
  if (expr.kind === "with") {
    const inner = { outer: scope, kind: "with", names: new Map(), start: expr.start }
    return [
      [expr.scope, scope],
      [expr.body, inner],
    ]
  }
  const children: Expr[] = []
  pushChildren(expr, children)
  const inner = scopeOf(expr, scope)
  return children.map(child => [child, inner])
}

function scopeOf(expr: Expr, outer: SyntaxScope | undefined): SyntaxScope | undefined {
  switch (expr.kind) {
    case "let":
    case "legacyLet":
      return { outer, kind: "let", names: bound(expr.bindings), start: expr.start }
    case "attrset":
      return expr.recursive ? { outer, kind: "rec", names: bound(expr.bindings), start: expr.start } : outer
    case "lambda": {
      const formals = (expr.formals?.formals ?? []).map(({ name }) => [name.name, name.start] as const)
      const whole = expr.param === undefined ? [] : [[expr.param.name, expr.param.start] as const]
      return { outer, kind: "parameter", names: new Map([...formals, ...whole]), start: expr.start }
    }
    default:
      return outer
  }
}

function bound(bindings: readonly Binding[]): Map<string, number> {
  const names = new Map<string, number>()
  for (const binding of bindings)
    for (const name of binding.kind === "inherit" ? binding.names : binding.path.slice(0, 1)) {
      const known = staticName(name)
      if (known !== undefined && !names.has(known)) names.set(known, name.start)
    }
  return names
}

/** `inherit a;` uses the `a` around the set. */
function inheritedNames(expr: Expr): { name: string; at: number }[] {
  if (expr.kind !== "let" && expr.kind !== "legacyLet" && expr.kind !== "attrset") return []
  return expr.bindings.flatMap(binding =>
    binding.kind === "inherit" && binding.from === undefined ? binding.names.flatMap(usedName) : [],
  )
}

function usedName(name: AttrName): { name: string; at: number }[] {
  const known = staticName(name)
  return known === undefined ? [] : [{ name: known, at: name.start }]
}

function meaning(name: string, innermost: SyntaxScope | undefined, place: Placing): string {
  const withs: string[] = []
  for (let scope = innermost; scope !== undefined; scope = scope.outer) {
    const at = scope.names.get(name)
    if (at !== undefined) return `${scope.kind} ${place(at)}`
    if (scope.kind === "with") withs.push(`with ${place(scope.start)}`)
  }
  if (name === "__curPos" || isGlobalName(name)) return "builtin"
  return withs.length === 0 ? "undefined" : withs.join(", else ")
}
