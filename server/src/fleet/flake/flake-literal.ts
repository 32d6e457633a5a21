// flake.nix as data. Nix reads the inputs of a flake without evaluating anything, so they have to be written as literals. This turns
// the syntax tree into nested values with their places; whatever would have to be evaluated is `computed`.

import type { TextRange } from "../../base/index.js"
import { type AttrPlan, planSet, type SetPlan } from "../../eval/index.js"
import { type Expr, type Lambda, withoutParens } from "../../syntax/index.js"

export type Literal =
  | { readonly kind: "set"; readonly entries: ReadonlyMap<string, LiteralEntry> }
  | { readonly kind: "string" | "path"; readonly text: string }
  | { readonly kind: "boolean"; readonly value: boolean }
  | { readonly kind: "integer"; readonly value: number }
  | { readonly kind: "list"; readonly elements: readonly Literal[] }
  | { readonly kind: "function"; readonly lambda: Lambda }
  /** Something that would have to be evaluated. */
  | { readonly kind: "computed" }

export interface LiteralEntry {
  readonly value: Literal
  /** The name where it was written first. */
  readonly range: TextRange
}

const computed: Literal = { kind: "computed" }

/** The expression `expr`, a part of `text`, as data. */
export function literalOf(expr: Expr, text: string): Literal {
  const inner = withoutParens(expr)
  switch (inner.kind) {
    case "attrset":
      return literalSet(planSet(inner), text)
    case "string":
      return constantText("string", inner.parts)
    case "path":
      return constantText("path", inner.parts)
    case "variable":
      if (inner.name === "true" || inner.name === "false")
        return { kind: "boolean", value: inner.name === "true" }
      return computed
    case "int":
      return { kind: "integer", value: Number(inner.text) }
    case "list":
      return { kind: "list", elements: inner.elements.map(element => literalOf(element, text)) }
    case "lambda":
      return { kind: "function", lambda: inner }
    default:
      return computed
  }
}

function constantText(kind: "string" | "path", parts: Extract<Expr, { kind: "string" }>["parts"]): Literal {
  let text = ""
  for (const part of parts) {
    if (part.kind !== "text") return computed
    text += part.text
  }
  return { kind, text }
}

function literalSet(plan: SetPlan, text: string): Literal {
  if (plan.dynamic.length > 0) return computed
  const entries = new Map<string, LiteralEntry>()
  for (const [name, attr] of plan.attrs)
    entries.set(name, { value: literalAttr(attr, text), range: nameRange(text, attr.start) })
  return { kind: "set", entries }
}

function literalAttr(attr: AttrPlan, text: string): Literal {
  if (attr.kind !== "value") return computed
  return attr.value.kind === "set" ? literalSet(attr.value, text) : literalOf(attr.value, text)
}

/** The attribute name that begins at `start`. */
function nameRange(text: string, start: number): TextRange {
  const name = /"(?:[^"\\]|\\.)*"|[a-zA-Z0-9_'-]+/sy
  name.lastIndex = start
  const match = name.exec(text)
  return { start, end: start + (match?.[0].length ?? 1) }
}

/** The text of an entry that is a string. */
export function textIn(entry: LiteralEntry | undefined): string | undefined {
  return entry?.value.kind === "string" ? entry.value.text : undefined
}

/** What messages call a literal. */
export function nounOf(literal: Literal): string {
  switch (literal.kind) {
    case "set":
      return "a set"
    case "integer":
      return "an integer"
    case "computed":
      return "computed"
    default:
      return `a ${literal.kind}`
  }
}
