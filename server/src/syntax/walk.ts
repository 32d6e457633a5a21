// The children of a node, so that whoever walks the tree need not know all its kinds. Trees get as deep as generated code
// makes them (a sum of 20,000 terms is that deep): walks that must survive everything go by `expressionsIn` or keep their own stack.

import type { AttrName, Binding, Expr, Path, Str, StrPart } from "./ast.js"

/** Appends the direct children of `expr` to `into`, in the order of the text. */
export function pushChildren(expr: Expr, into: Expr[]): void {
  switch (expr.kind) {
    case "int":
    case "float":
    case "searchPath":
    case "variable":
    case "missing":
      return
    case "string":
    case "path":
      pushParts(expr.parts, into)
      return
    case "select":
      into.push(expr.subject)
      pushNames(expr.path, into)
      if (expr.fallback !== undefined) into.push(expr.fallback)
      return
    case "hasAttr":
      into.push(expr.subject)
      pushNames(expr.path, into)
      return
    case "apply":
      into.push(expr.fn, expr.arg)
      return
    case "lambda":
      for (const { fallback } of expr.formals?.formals ?? []) if (fallback !== undefined) into.push(fallback)
      into.push(expr.body)
      return
    case "let":
      pushBindings(expr.bindings, into)
      into.push(expr.body)
      return
    case "legacyLet":
    case "attrset":
      pushBindings(expr.bindings, into)
      return
    case "with":
      into.push(expr.scope, expr.body)
      return
    case "assert":
      into.push(expr.condition, expr.body)
      return
    case "if":
      into.push(expr.condition, expr.consequent, expr.alternative)
      return
    case "list":
      for (const element of expr.elements) into.push(element)
      return
    case "unary":
      into.push(expr.operand)
      return
    case "binary":
      into.push(expr.left, expr.right)
      return
    case "paren":
      into.push(expr.inner)
  }
}

function pushParts(parts: readonly StrPart[], into: Expr[]): void {
  for (const part of parts) if (part.kind === "interpolation") into.push(part.expr)
}

function pushNames(names: readonly AttrName[], into: Expr[]): void {
  for (const name of names) if (name.kind === "dynamic") into.push(name.expr)
}

function pushBindings(bindings: readonly Binding[], into: Expr[]): void {
  for (const binding of bindings) {
    if (binding.kind === "binding") {
      pushNames(binding.path, into)
      into.push(binding.value)
    } else {
      if (binding.from !== undefined) into.push(binding.from)
      pushNames(binding.names, into)
    }
  }
}

/** The direct children of `expr`, in the order of the text. */
export function childrenOf(expr: Expr): Expr[] {
  const children: Expr[] = []
  pushChildren(expr, children)
  return children
}

/** Every expression of a tree, in the order of the text and before its children, however deep the tree is. */
export function* expressionsIn(tree: Expr): Iterable<Expr> {
  const waiting = [tree]
  for (let expr = waiting.pop(); expr !== undefined; expr = waiting.pop()) {
    yield expr
    for (const child of childrenOf(expr).reverse()) waiting.push(child)
  }
}

/** The expression inside any parentheses: Nix forgets them while it parses. */
export function withoutParens(expr: Expr): Expr {
  while (expr.kind === "paren") expr = expr.inner
  return expr
}

/** The name that `name` is known to have before evaluation: also that of `${"a"}`. */
export function staticName(name: AttrName): string | undefined {
  if (name.kind === "static") return name.name
  const expr = withoutParens(name.expr)
  if (expr.kind !== "string" || expr.parts.some(part => part.kind === "interpolation")) return undefined
  return expr.parts.map(part => (part.kind === "text" ? part.text : "")).join("")
}

/** The names of an attrpath; undefined if one of them is only known to evaluation. */
export function staticNames(path: readonly AttrName[]): string[] | undefined {
  const names = path.map(staticName)
  return names.every(name => name !== undefined) ? names : undefined
}

/** The text of a string or a path that has no interpolations; undefined for any other, and for an empty one. */
export function plainText({ parts: [part, ...more] }: Str | Path): string | undefined {
  return part?.kind === "text" && more.length === 0 ? part.text : undefined
}
