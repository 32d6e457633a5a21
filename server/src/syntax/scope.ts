// What names mean at a place of the tree: the static half of Nix's scoping. The names that `with` brings in are only known to
// evaluation, so its frame holds the expression and nothing more. (eval/code/scope.ts has the places of variables in frames.)

import { rangeOf, type TextRange } from "../base/index.js"
import type { Binding, Expr, Identifier, Lambda, With } from "./ast.js"
import { childrenOf, staticName } from "./walk.js"

/** A name that the file itself binds. */
export interface Local {
  readonly name: string
  readonly role: "let" | "attribute" | "argument"
  /** The name where it is bound. */
  readonly range: TextRange
  /** The whole binding, as a hover shows it. */
  readonly site: TextRange
  /** The expression it is bound to, if it is a single one, and the scope of that expression. */
  readonly value: Expr | undefined
  readonly scope: Scope
  /** The function that it is an argument of. */
  readonly lambda: Lambda | undefined
}

/** Innermost frame first; undefined is the outside of the file, where Nix's globals are. */
export type Scope = NamesFrame | WithFrame | undefined

interface NamesFrame {
  readonly kind: "names"
  readonly names: ReadonlyMap<string, Local>
  readonly outer: Scope
}

interface WithFrame {
  readonly kind: "with"
  readonly node: With
  readonly outer: Scope
}

/** The result of a lookup: bound in the file, or perhaps brought in by one of these `with`, innermost first. */
export type Found =
  | { readonly kind: "local"; readonly local: Local }
  | { readonly kind: "free"; readonly withs: readonly WithFrame[] }

/** Looks a name up. Names bound in the file beat any `with`, however near. */
export function lookup(name: string, scope: Scope): Found {
  const withs: WithFrame[] = []
  for (let frame = scope; frame !== undefined; frame = frame.outer) {
    if (frame.kind === "with") withs.push(frame)
    else {
      const local = frame.names.get(name)
      if (local !== undefined) return { kind: "local", local }
    }
  }
  return { kind: "free", withs }
}

/** The scope inside an expression, for its bindings and its body: the one around it, unless it binds names. */
export function scopeInside(expr: Expr, outer: Scope): Scope {
  switch (expr.kind) {
    case "let":
    case "legacyLet":
      return bindingsScope(expr.bindings, "let", outer)
    case "attrset":
      return expr.recursive ? bindingsScope(expr.bindings, "attribute", outer) : outer
    case "lambda":
      return lambdaScope(expr, outer)
    case "with":
      return { kind: "with", node: expr, outer }
    default:
      return outer
  }
}

/** The children of an expression, each with the scope that it is read in. */
export function childrenInScope(expr: Expr, scope: Scope): (readonly [child: Expr, scope: Scope])[] {
  const inner = scopeInside(expr, scope)
  return childrenOf(expr).map(child => [child, expr.kind === "with" && child === expr.scope ? scope : inner])
}

/** The scope inside a function. */
function lambdaScope(lambda: Lambda, outer: Scope): Scope {
  const names = new Map<string, Local>()
  const frame: NamesFrame = { kind: "names", names, outer }
  const add = ({ name, start, end }: Identifier, site: TextRange) =>
    names.set(name, {
      name,
      role: "argument",
      range: { start, end },
      site,
      value: undefined,
      scope: frame,
      lambda,
    })
  if (lambda.param !== undefined) add(lambda.param, lambda.param)
  for (const formal of lambda.formals?.formals ?? []) add(formal.name, rangeOf(formal))
  return frame
}

/** The scope inside `let` or a recursive set with these bindings. */
function bindingsScope(bindings: readonly Binding[], role: "let" | "attribute", outer: Scope): Scope {
  const names = new Map<string, Local>()
  const frame: NamesFrame = { kind: "names", names, outer }
  for (const binding of bindings) {
    for (const local of localsOf(binding, role, frame, outer))
      if (!names.has(local.name)) names.set(local.name, local)
  }
  return frame
}

function localsOf(binding: Binding, role: "let" | "attribute", inner: Scope, outer: Scope): Local[] {
  const shared = { role, site: rangeOf(binding), lambda: undefined }
  if (binding.kind === "binding") {
    const [first, ...rest] = binding.path
    const name = first && staticName(first)
    if (first === undefined || name === undefined) return []
    // `a.b = 1;` binds `a`, but not to one expression.
    const value = rest.length === 0 ? binding.value : undefined
    return [{ ...shared, name, range: rangeOf(first), value, scope: inner }]
  }
  return binding.names.flatMap(attr => {
    const name = staticName(attr)
    if (name === undefined) return []
    const range = rangeOf(attr)
    const value: Expr =
      binding.from === undefined
        ? { kind: "variable", name, ...range }
        : { kind: "select", subject: binding.from, path: [attr], fallback: undefined, ...range }
    return [{ ...shared, name, range, value, scope: binding.from === undefined ? outer : inner }]
  })
}
