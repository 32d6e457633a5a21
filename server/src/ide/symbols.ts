// The outline of a file: what it sets, nested as in the source. Aspects are shown as modules, functions as functions, and
// everything else as attributes.

import { rangeOf, type TextRange } from "../base/index.js"
import type { AspectContainer } from "../fleet/index.js"
import type { AttrBinding, Binding, Expr, InheritBinding } from "../syntax/index.js"
import { shortened } from "./markdown.js"
import { rangeUpTo } from "./target/locate.js"
import { type ModulePlaces, modulePlaces } from "./target/module-places.js"

export interface DocumentSymbol {
  readonly name: string
  readonly detail: string
  readonly kind: "attribute" | "function" | "module"
  readonly range: TextRange
  /** The name itself, inside `range`. */
  readonly nameRange: TextRange
  readonly children: readonly DocumentSymbol[]
}

/** The symbols of a file. */
export function documentSymbols(
  tree: Expr,
  text: string,
  containers: readonly AspectContainer[],
): DocumentSymbol[] {
  const places = modulePlaces(tree, containers)
  const aspects = new Set(
    places.sites
      .filter(({ place }) => place.container !== undefined && place.path.length === 0)
      .map(site => site.binding),
  )
  return symbolsIn(tree, { text, aspects }, 0)
}

interface File {
  readonly text: string
  readonly aspects: ReadonlySet<ModulePlaces["sites"][number]["binding"]>
}

// Nobody reads an outline deeper than this, and deep recursion would overflow the stack.
const MAX_DEPTH = 60

function symbolsIn(expr: Expr, file: File, depth: number): DocumentSymbol[] {
  if (depth > MAX_DEPTH) return []
  const inside = (child: Expr) => symbolsIn(child, file, depth + 1)
  switch (expr.kind) {
    case "attrset":
    case "legacyLet":
      return bindingSymbols(expr.bindings, file, depth)
    case "let":
      return [...bindingSymbols(expr.bindings, file, depth), ...inside(expr.body)]
    case "lambda":
    case "with":
    case "assert":
      return inside(expr.body)
    case "paren":
      return inside(expr.inner)
    case "apply":
      return inside(expr.arg)
    case "if":
      return [...inside(expr.consequent), ...inside(expr.alternative)]
    case "binary":
      return expr.op === "//" ? [...inside(expr.left), ...inside(expr.right)] : []
    case "list":
      return expr.elements.flatMap(inside)
    default:
      return []
  }
}

function bindingSymbols(bindings: readonly Binding[], file: File, depth: number): DocumentSymbol[] {
  return bindings.flatMap(binding =>
    binding.kind === "binding" ? bindingSymbol(binding, file, depth) : inheritSymbols(binding, file.text),
  )
}

function bindingSymbol(binding: AttrBinding, file: File, depth: number): DocumentSymbol[] {
  if (binding.path.length === 0) return []
  const { value } = binding
  const nameRange = rangeUpTo(binding.path, binding.path.length - 1)
  const children = symbolsIn(value, file, depth + 1)
  return [
    {
      // While a path is being typed, it goes on in the next line.
      name: file.text.slice(nameRange.start, nameRange.end).replace(/\s*\n\s*/g, ""),
      detail: children.length > 0 ? "" : shortened(file.text.slice(value.start, value.end), 40),
      kind: file.aspects.has(binding) ? "module" : value.kind === "lambda" ? "function" : "attribute",
      range: rangeOf(binding),
      nameRange,
      children,
    },
  ]
}

function inheritSymbols({ names, from }: InheritBinding, text: string): DocumentSymbol[] {
  const detail = from === undefined ? "inherited" : `from ${shortened(text.slice(from.start, from.end), 40)}`
  return names.map(name => {
    const range = rangeOf(name)
    return {
      name: text.slice(range.start, range.end),
      detail,
      kind: "attribute",
      range,
      nameRange: range,
      children: [],
    }
  })
}
