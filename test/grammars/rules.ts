// One rule for each node of grammars/grammar.js: what it is in the AST, given what its children are.
//
// The rules hold for valid trees only. A rule returns undefined for what Nix refuses although the grammar, which can say
// less than Nix, lets it pass: chained comparisons, slashes at the end of a path.

import type { TextRange } from "../../server/src/base/index.js"
import type {
  AttrName,
  Binary,
  BinaryOp,
  Binding,
  Expr,
  Formal,
  Formals,
  Identifier,
  InterpolationPart,
  StaticName,
  Str,
} from "../../server/src/syntax/index.js"
import { missingAt } from "../../server/src/syntax/parser/recover.js"
import { cookIndented, cookQuoted, type RawPart } from "../../server/src/syntax/string-text.js"

/** What a node becomes. Everything but an expression or a binding waits here for the node around it. */
export type Lowered =
  | Expr
  | AttrName
  | InterpolationPart
  | Binding
  | (TextRange & { readonly kind: "attrpath"; readonly names: readonly AttrName[] })
  | (TextRange & { readonly kind: "formals"; readonly formals: Formals })
  | (TextRange & { readonly kind: "formal"; readonly formal: Formal })
  | (TextRange & { readonly kind: "token"; readonly text: string })

/** A node whose children are lowered. */
export interface Node extends TextRange {
  readonly children: Lowered[]
}

/** Returns undefined for text that Nix refuses. */
export type Rule = (node: Node, text: string) => Lowered | undefined

export type Leaf = (text: string, range: TextRange) => Lowered

export const token: Leaf = (text, { start, end }) => ({ kind: "token", text, start, end })

/** Tokens that say something their node does not: which operator, whether `rec`, where `inherit` has its source. */
export const TOKENS: ReadonlySet<string> = new Set(
  "rec ( ! -> || && == != < <= > >= // + - * / ++ |> <|".split(" "),
)

/** Nodes that are lowered from their text, without a look inside. */
export const LEAVES: Readonly<Record<string, Leaf>> = {
  identifier: (name, { start, end }) => ({ kind: "static", name, quoted: false, start, end }),
  ellipsis: token,
  variable: (name, { start, end }) => ({ kind: "variable", name, start, end }),
  integer: (text, { start, end }) => ({ kind: "int", text, start, end }),
  float: (text, { start, end }) => ({ kind: "float", text, start, end }),
  search_path: (text, { start, end }) => ({ kind: "searchPath", text: text.slice(1, -1), start, end }),
  uri: (text, { start, end }) => ({
    kind: "string",
    style: "uri",
    parts: [{ kind: "text", text, start, end }],
    start,
    end,
  }),
}

export const RULES: Readonly<Record<string, Rule>> = {
  source_file: node => optionalExpr(node, 0),
  lambda: node => ({
    kind: "lambda",
    param: parameter(node),
    formals: find(node, "formals")?.formals,
    body: expr(node, 0),
    ...range(node),
  }),
  formals: node => ({
    kind: "formals",
    formals: {
      formals: node.children.filter(child => child.kind === "formal").map(child => child.formal),
      ellipsis: find(node, "token") !== undefined,
      ...range(node),
    },
    ...range(node),
  }),
  formal: node => ({
    kind: "formal",
    formal: { name: parameter(node)!, fallback: optionalExpr(node, 0), ...range(node) },
    ...range(node),
  }),
  assert: node => ({ kind: "assert", condition: expr(node, 0), body: expr(node, 1), ...range(node) }),
  with: node => ({ kind: "with", scope: expr(node, 0), body: expr(node, 1), ...range(node) }),
  let: node => ({
    kind: "let",
    bindings: node.children.filter(isBinding),
    body: expr(node, 0),
    ...range(node),
  }),
  if: node => ({
    kind: "if",
    condition: expr(node, 0),
    consequent: expr(node, 1),
    alternative: expr(node, 2),
    ...range(node),
  }),
  unary: node => ({
    kind: "unary",
    op: find(node, "token")?.text === "!" ? "!" : "-",
    operand: expr(node, 0),
    ...range(node),
  }),
  binary,
  has_attr: node => ({ kind: "hasAttr", subject: expr(node, 0), path: path(node), ...range(node) }),
  apply: node => ({ kind: "apply", fn: expr(node, 0), arg: expr(node, 1), ...range(node) }),
  select: node => ({
    kind: "select",
    subject: expr(node, 0),
    path: path(node),
    fallback: optionalExpr(node, 1),
    ...range(node),
  }),
  string: (node, text) => quotedString(node, text),
  indented_string: (node, text) => ({
    kind: "string",
    style: "indented",
    parts: cookIndented(runs(node, text, node.start + 2, node.end - 2)),
    ...range(node),
  }),
  path: (node, text) => {
    if (!isNixPath(text.slice(node.start, node.end), node)) return undefined
    return { kind: "path", parts: runs(node, text, node.start, node.end), ...range(node) }
  },
  interpolation: node => ({ kind: "interpolation", expr: expr(node, 0), ...range(node) }),
  paren: node => ({ kind: "paren", inner: expr(node, 0), ...range(node) }),
  legacy_let: node => ({ kind: "legacyLet", bindings: node.children.filter(isBinding), ...range(node) }),
  attrset: node => ({
    kind: "attrset",
    recursive: find(node, "token") !== undefined,
    bindings: node.children.filter(isBinding),
    ...range(node),
  }),
  list: node => ({ kind: "list", elements: node.children.filter(isExpr), ...range(node) }),
  binding: node => ({ kind: "binding", path: path(node), value: expr(node, 0), ...range(node) }),
  inherit: node => {
    const from = find(node, "token") === undefined ? undefined : expr(node, 0)
    const names = node.children.filter(child => child !== from && child.kind !== "token")
    return { kind: "inherit", from, names: names.map(attrName), ...range(node) }
  },
  attrpath: node => ({ kind: "attrpath", names: node.children.map(attrName), ...range(node) }),
}

function binary(node: Node): Binary | undefined {
  const operator = find(node, "token")!
  const op = operator.text as BinaryOp
  const left = expr(node, 0)
  if (left.kind === "binary" && NON_ASSOCIATIVE.get(op)?.has(left.op)) return undefined
  const right = expr(node, 1)
  return { kind: "binary", op, opRange: range(operator), left, right, ...range(node) }
}

const EQUALITY: ReadonlySet<string> = new Set(["==", "!="])
const COMPARISON: ReadonlySet<string> = new Set(["<", "<=", ">", ">="])

/** Operators that Nix does not chain, with those that may not stand to their left. */
const NON_ASSOCIATIVE: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  [EQUALITY, COMPARISON].flatMap(level => [...level].map(op => [op, level])),
)

function quotedString(node: Node, text: string): Str {
  const parts = cookQuoted(runs(node, text, node.start + 1, node.end - 1))
  return { kind: "string", style: "quoted", parts, ...range(node) }
}

/** The interpolations of a string or path, and as raw text what is between them. */
function runs(node: Node, text: string, start: number, end: number): RawPart[] {
  const parts: RawPart[] = []
  let at = start
  const run = (to: number) => {
    if (at < to) parts.push({ kind: "text", text: text.slice(at, to), start: at, end: to })
  }
  for (const child of node.children) {
    if (child.kind !== "interpolation") continue
    run(child.start)
    parts.push(child)
    at = child.end
  }
  run(end)
  return parts
}

/**
 * Nix lets no path end in a slash. Two slashes in a row may stand anywhere behind the first interpolation, but before it
 * only once, and not at all in a path that has none.
 */
function isNixPath(source: string, node: Node): boolean {
  const interpolation = node.children[0]
  const firstText = source.slice(0, (interpolation?.start ?? node.end) - node.start)
  const double = firstText.indexOf("//")
  const refused = interpolation === undefined ? double >= 0 : double !== firstText.lastIndexOf("//")
  return !refused && !source.endsWith("/")
}

function attrName(child: Lowered): AttrName {
  switch (child.kind) {
    case "static":
    case "dynamic":
      return child
    case "interpolation":
      return { kind: "dynamic", expr: child.expr, ...range(child) }
    case "string":
      return stringName(child)
    default:
      return { kind: "dynamic", expr: missingAt(child.start), ...range(child) }
  }
}

function stringName(string: Str): AttrName {
  const [first, ...others] = string.parts
  if (first?.kind === "interpolation" || others.length > 0)
    return { kind: "dynamic", expr: string, ...range(string) }
  return { kind: "static", name: first?.text ?? "", quoted: true, ...range(string) }
}

function parameter(node: Node): Identifier | undefined {
  const name: StaticName | undefined = find(node, "static")
  return name && { name: name.name, ...range(name) }
}

function path(node: Node): readonly AttrName[] {
  return find(node, "attrpath")?.names ?? []
}

function range({ start, end }: TextRange): TextRange {
  return { start, end }
}

function find<K extends Lowered["kind"]>(node: Node, kind: K): Extract<Lowered, { kind: K }> | undefined {
  return node.children.find((child): child is Extract<Lowered, { kind: K }> => child.kind === kind)
}

/** The expression that the grammar guarantees; the `missing` one keeps the types honest without a throw. */
function expr(node: Node, index: number): Expr {
  return optionalExpr(node, index) ?? missingAt(node.end)
}

function optionalExpr(node: Node, index: number): Expr | undefined {
  for (const child of node.children) if (isExpr(child) && index-- === 0) return child
  return undefined
}

function isBinding(child: Lowered): child is Binding {
  return child.kind === "binding" || child.kind === "inherit"
}

/** Whether a lowered child is an expression. */
export function isExpr(child: Lowered): child is Expr {
  switch (child.kind) {
    case "static":
    case "dynamic":
    case "interpolation":
    case "binding":
    case "inherit":
    case "attrpath":
    case "formals":
    case "formal":
    case "token":
      return false
    default:
      return true
  }
}
