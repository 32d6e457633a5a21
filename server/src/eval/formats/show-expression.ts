// Prints an expression as Nix does in messages (`assertion '(x == 1)' failed`) and for `--parse`: not as it was written, but as Nix
// understands it, with every operation in parentheses, sets merged and sorted, and some operators as calls.

import {
  type AttrName,
  type Binary,
  type Expr,
  type Lambda,
  type StrPart,
  staticName,
  writtenName,
  writtenString,
} from "../../syntax/index.js"
import { planLet, planSet, type SetPlan } from "../code/attrset-plan.js"
import { type Span, sourceOf } from "../code/span.js"
import { expressionAt } from "../errors/forgotten-places.js"
import { canonicalPath } from "../path.js"
import { floatToShortText } from "./float-text.js"

const conditions = new Map<Span, string>()

/** The condition of the `assert` at a place. Known ones are kept, since `tryEval` may meet one again and again. */
export function assertedCondition(span: Span, home: string): string {
  let shown = conditions.get(span)
  if (shown === undefined) {
    const found = expressionAt(span, (expr, offset) => expr.kind === "assert" && expr.start === offset)
    shown = found?.kind === "assert" ? showExpression(found.condition, folderAt(span), home) : ""
    conditions.set(span, shown)
  }
  return shown
}

/** The folder that relative paths start from at a place. */
export function folderAt(span: Span): string {
  return sourceOf(span)?.baseDir ?? ""
}

/**
 * @param baseDir folder that relative paths in it start from
 * @param home what `~` in paths stands for
 */
export function showExpression(expr: Expr, baseDir: string, home: string): string {
  const show = (inner: Expr): string => showExpression(inner, baseDir, home)
  switch (expr.kind) {
    case "int":
      return String(BigInt(expr.text))
    case "float":
      return floatToShortText(Number(expr.text))
    case "string":
      return showParts(expr.parts, show)
    case "path":
      return showPath(expr.parts, { baseDir, home }, show)
    case "searchPath":
      return `(__findFile __nixPath ${writtenString(expr.text)})`
    case "variable":
      return expr.name
    case "select":
      return `(${show(expr.subject)}).${showAttrpath(expr.path, show)}${expr.fallback ? ` or (${show(expr.fallback)})` : ""}`
    case "hasAttr":
      return `((${show(expr.subject)}) ? ${showAttrpath(expr.path, show)})`
    case "apply":
      return showCall(expr, show)
    case "lambda":
      return showLambda(expr, show)
    case "let":
      return `(let ${showBindings(planLet(expr), show)}in ${show(expr.body)})`
    case "legacyLet":
      return `(rec { ${showBindings(planLet(expr), show)}}).body`
    case "with":
      return `(with ${show(expr.scope)}; ${show(expr.body)})`
    case "assert":
      return `assert ${show(expr.condition)}; ${show(expr.body)}`
    case "if":
      return `(if ${show(expr.condition)} then ${show(expr.consequent)} else ${show(expr.alternative)})`
    case "attrset":
      return showSet(planSet(expr), show)
    case "list":
      return `[ ${expr.elements.map(element => `(${show(element)}) `).join("")}]`
    case "unary":
      return expr.op === "!" ? `(! ${show(expr.operand)})` : `(__sub 0 ${show(expr.operand)})`
    case "binary":
      return showBinary(expr, show)
    case "paren":
      return show(expr.inner)
    case "missing":
      return ""
  }
}

type Show = (expr: Expr) => string

function showBinary({ op, left, right }: Binary, show: Show): string {
  const [a, b] = [show(left), show(right)]
  switch (op) {
    case "<":
      return `(__lessThan ${a} ${b})`
    case ">":
      return `(__lessThan ${b} ${a})`
    case "<=":
      return `(! (__lessThan ${b} ${a}))`
    case ">=":
      return `(! (__lessThan ${a} ${b}))`
    case "-":
      return `(__sub ${a} ${b})`
    case "*":
      return `(__mul ${a} ${b})`
    case "/":
      return `(__div ${a} ${b})`
    case "|>":
      return `(${b} ${a})`
    case "<|":
      return `(${a} ${b})`
    default:
      return `(${a} ${op} ${b})`
  }
}

/** `f a b` is one call, unless part of it stands in parentheses. */
function showCall(call: Extract<Expr, { kind: "apply" }>, show: Show): string {
  const args: string[] = []
  let fn: Expr = call
  for (; fn.kind === "apply"; fn = fn.fn) args.unshift(show(fn.arg))
  return `(${[show(fn), ...args].join(" ")})`
}

function showLambda({ param, formals, body }: Lambda, show: Show): string {
  const parts = param === undefined ? [] : [param.name]
  if (formals !== undefined) {
    const sorted = formals.formals.toSorted((a, b) => (a.name.name < b.name.name ? -1 : 1))
    const names = sorted.map(
      ({ name, fallback }) => name.name + (fallback === undefined ? "" : ` ? ${show(fallback)}`),
    )
    if (formals.ellipsis) names.push("...")
    parts.unshift(`{ ${names.join(", ")} }`)
  }
  const parameter = parts.join(" @ ")
  return `(${parameter}: ${show(body)})`
}

function showSet(set: SetPlan, show: Show): string {
  return `${set.recursive ? "rec " : ""}{ ${showBindings(set, show)}}`
}

/** What is inherited comes first, then all else by name. */
function showBindings(set: SetPlan, show: Show): string {
  const value = (of: Expr | SetPlan) => (of.kind === "set" ? showSet(of, show) : show(of))
  const sorted = [...set.attrs].sort(([a], [b]) => (a < b ? -1 : 1))
  const named = (test: (attr: (typeof sorted)[number][1]) => boolean) =>
    sorted.flatMap(([name, attr]) => (test(attr) ? [` ${writtenName(name)}`] : [])).join("")
  const outer = named(attr => attr.kind === "outer")
  const parts = outer === "" ? [] : [`inherit${outer}; `]
  set.froms.forEach((from, i) => {
    const names = named(attr => attr.kind === "from" && attr.from === i)
    if (names !== "") parts.push(`inherit (${show(from)})${names}; `)
  })
  for (const [name, attr] of sorted)
    if (attr.kind === "value") parts.push(`${writtenName(name)} = ${value(attr.value)}; `)
  for (const { name, value: of } of set.dynamic) parts.push(`"\${${show(name)}}" = ${value(of)}; `)
  return parts.join("")
}

function showAttrpath(path: readonly AttrName[], show: Show): string {
  const names = path.map(name => {
    const known = staticName(name)
    if (known !== undefined) return writtenName(known)
    return name.kind === "dynamic" ? `"\${${show(name.expr)}}"` : ""
  })
  return names.join(".")
}

function showParts(parts: readonly StrPart[], show: Show): string {
  if (parts.length === 0) return writtenString("")
  const shown = parts.map(part => (part.kind === "text" ? writtenString(part.text) : show(part.expr)))
  return parts.length === 1 && parts[0].kind === "text" ? shown[0] : `(${shown.join(" + ")})`
}

interface Folders {
  readonly baseDir: string
  readonly home: string
}

function showPath(parts: readonly StrPart[], { baseDir, home }: Folders, show: Show): string {
  const [first, ...rest] = parts
  const text = first.kind === "text" ? first.text : ""
  // Of what is in the home folder nothing is taken out.
  const isHome = text.startsWith("~")
  const head = isHome
    ? home + text.slice(1)
    : canonicalPath(text.startsWith("/") ? text : `${baseDir}/${text}`)
  if (rest.length === 0) return head
  const slash = text.endsWith("/") && head !== "/" ? "/" : ""
  const shown = rest.map(part => (part.kind === "text" ? writtenString(part.text) : show(part.expr)))
  return `(${[head + slash, ...shown].join(" + ")})`
}
