// A syntax tree in one line, as Lisp people write it: what a parser test compares. Ranges are left out; they have a test
// of their own.

import type { AttrName, Binding, Expr, Formals, StrPart } from "../../server/src/syntax/index.js"

/** `f x.a or 1` gives `(f (x .a or 1))`. */
export function showTree(expr: Expr): string {
  switch (expr.kind) {
    case "int":
    case "float":
      return expr.text
    case "string":
      return showParts(expr.parts)
    case "path":
      return `(path ${showParts(expr.parts)})`
    case "searchPath":
      return `<${expr.text}>`
    case "variable":
      return expr.name
    case "select":
      return `(${showTree(expr.subject)} ${showPath(expr.path)}${expr.fallback ? ` or ${showTree(expr.fallback)}` : ""})`
    case "hasAttr":
      return `(${showTree(expr.subject)} ? ${showPath(expr.path)})`
    case "apply":
      return `(${showTree(expr.fn)} ${showTree(expr.arg)})`
    case "lambda":
      return `(${[expr.param?.name, expr.formals && showFormals(expr.formals)].filter(Boolean).join(" @ ")}: ${showTree(expr.body)})`
    case "let":
      return `(let ${showBindings(expr.bindings)} in ${showTree(expr.body)})`
    case "legacyLet":
      return `(let { ${showBindings(expr.bindings)} })`
    case "with":
      return `(with ${showTree(expr.scope)} ${showTree(expr.body)})`
    case "assert":
      return `(assert ${showTree(expr.condition)} ${showTree(expr.body)})`
    case "if":
      return `(if ${showTree(expr.condition)} ${showTree(expr.consequent)} ${showTree(expr.alternative)})`
    case "attrset":
      return `${expr.recursive ? "rec " : ""}{ ${[...expr.bindings.map(showBinding), ""].join(" ")}}`
    case "list":
      return `[${expr.elements.map(showTree).join(" ")}]`
    case "unary":
      return `(${expr.op} ${showTree(expr.operand)})`
    case "binary":
      return `(${showTree(expr.left)} ${expr.op} ${showTree(expr.right)})`
    case "paren":
      return `(paren ${showTree(expr.inner)})`
    case "missing":
      return "(missing)"
  }
}

function showParts(parts: readonly StrPart[]): string {
  const shown = parts.map(part =>
    part.kind === "text" ? JSON.stringify(part.text) : `\${${showTree(part.expr)}}`,
  )
  return shown.length === 0 ? '""' : shown.join(" ++ ")
}

function showPath(path: readonly AttrName[]): string {
  return path.map(name => `.${showName(name)}`).join("")
}

function showName(name: AttrName): string {
  if (name.kind === "dynamic") return `\${${showTree(name.expr)}}`
  return name.quoted ? JSON.stringify(name.name) : name.name
}

function showBindings(bindings: readonly Binding[]): string {
  return bindings.map(showBinding).join(" ")
}

function showBinding(binding: Binding): string {
  if (binding.kind === "binding")
    return `${binding.path.map(showName).join(".")} = ${showTree(binding.value)};`
  const from = binding.from === undefined ? "" : ` (${showTree(binding.from)})`
  return `inherit${from}${binding.names.map(name => ` ${showName(name)}`).join("")};`
}

function showFormals({ formals, ellipsis }: Formals): string {
  const shown = formals.map(
    ({ name, fallback }) => name.name + (fallback === undefined ? "" : ` ? ${showTree(fallback)}`),
  )
  return `{ ${[...shown, ...(ellipsis ? ["..."] : [])].join(", ")} }`
}
