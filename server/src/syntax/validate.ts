// What Nix refuses while it parses although the grammar allows it: names that are defined twice, dynamic names where
// there may be none, numbers that do not fit. Unbound variables are found in the evaluator, which knows the scopes.
//
// Two definitions of one name are no mistake when both are attrsets, written as a literal or through an attrpath: Nix
// merges `a.b = 1; a = { c = 2; };` and then complains about the names inside. Most sets have no name twice, so names are
// compared first, and only a set that repeats one is worth the tables of a merge.

import { lineColumn, lineStarts, type Problem, type TextRange } from "../base/index.js"
import type { AttrName, Attrset, Binding, Expr, Float, Int, Lambda, Let } from "./ast.js"
import { floatOfLiteral, isIntegerInRange } from "./number-literal.js"
import { pushChildren, staticName, withoutParens } from "./walk.js"
import { writtenName } from "./written.js"

/** A problem with what Nix does about it, which matters where it says only the first one (complaint/). */
export interface Mistake extends Problem {
  /** Offset up to which Nix has read when it notices. */
  readonly noticed: number
  /** Offset that Nix's message names. */
  readonly place: number
  /** Start of the function or `let` that Nix has to understand whole before it notices. */
  readonly within?: number
}

/** The problems of a tree that `parse` gave for `text`, sorted by place. */
export function validate(tree: Expr, text: string): Mistake[] {
  const problems: Mistake[] = []
  const report: Report = (range, code, message, details) =>
    problems.push({ range, severity: "error", code, message, place: range.start, ...details })
  const waiting: Expr[] = [tree]
  for (let expr = waiting.pop(); expr !== undefined; expr = waiting.pop()) {
    check(expr, text, report)
    pushChildren(expr, waiting)
  }
  return problems.sort((a, b) => a.range.start - b.range.start)
}

type Details = Pick<Mistake, "noticed"> & Partial<Pick<Mistake, "place" | "within">>
type Report = (range: TextRange, code: string, message: string, details: Details) => void

function check(expr: Expr, text: string, report: Report): void {
  switch (expr.kind) {
    case "int":
      checkInt(expr, report)
      return
    case "float":
      checkFloat(expr, report)
      return
    case "lambda":
      checkFormals(expr, report)
      return
    case "let":
      checkLetNames(expr, report)
      checkBindings(expr.bindings, text, report)
      return
    case "legacyLet":
    case "attrset":
      checkBindings(expr.bindings, text, report)
      return
  }
}

function checkInt(int: Int, report: Report): void {
  if (!isIntegerInRange(int.text))
    report(int, "invalid-number", `integer '${int.text}' does not fit into 64 bits`, { noticed: int.end })
}

function checkFloat(float: Float, report: Report): void {
  if (floatOfLiteral(float.text) === undefined)
    report(float, "invalid-number", `float '${float.text}' is out of range`, { noticed: float.end })
}

function checkFormals(lambda: Lambda, report: Report): void {
  if (lambda.formals === undefined) return
  const seen = new Set<string>()
  for (const { name } of lambda.formals.formals) {
    if (seen.has(name.name)) duplicateFormal(name, lambda, name.start, report)
    seen.add(name.name)
  }
  const { param } = lambda
  if (param !== undefined && seen.has(param.name)) duplicateFormal(param, lambda, lambda.start, report)
}

type Name = TextRange & { readonly name: string }

function duplicateFormal({ start, end, name }: Name, lambda: Lambda, place: number, report: Report): void {
  const message = `duplicate formal function argument '${name}'`
  const details = { noticed: lambda.end, within: lambda.start, place }
  report({ start, end }, "duplicate-formal", message, details)
}

function checkLetNames(expr: Let, report: Report): void {
  for (const binding of expr.bindings)
    if (binding.kind === "binding" && binding.path.length > 0) {
      const [{ start, end }] = binding.path
      if (staticName(binding.path[0]) !== undefined) continue
      const message = "dynamic attributes not allowed in let"
      report({ start, end }, "dynamic-attribute", message, {
        noticed: expr.end,
        within: expr.start,
        place: expr.start,
      })
    }
}

function forbidInInherit(name: AttrName, report: Report): void {
  if (staticName(name) !== undefined) return
  const { start, end } = name
  report({ start, end }, "dynamic-attribute", "dynamic attributes not allowed in inherit", { noticed: end })
}

function checkBindings(bindings: readonly Binding[], text: string, report: Report): void {
  for (const binding of bindings)
    if (binding.kind === "inherit") for (const name of binding.names) forbidInInherit(name, report)
  if (!repeatsName(bindings)) return
  defineAll(bindings, (range, path, earlier) => {
    const { line, column } = lineColumn(lineStarts(text), earlier.start)
    const name = path.map(writtenName).join(".")
    const message = `attribute '${name}' already defined at ${line}:${column}`
    const around = bindings.find(({ start, end }) => start <= range.start && range.start < end)
    // What has no semicolon is a mistake of syntax before it is a repeated name.
    const isWhole = around !== undefined && endsWithSemicolon(around, text)
    const noticed = isWhole || around === undefined ? (around?.end ?? range.end) : text.length + 1
    report(range, "duplicate-attribute", message, { noticed })
  })
}

/** A semicolon of its own: a broken value may end with one of a binding inside it. */
function endsWithSemicolon(binding: Binding, text: string): boolean {
  if (text[binding.end - 1] !== ";") return false
  return binding.kind === "inherit" || binding.value.end < binding.end
}

/** Whether two bindings begin with the same name. */
function repeatsName(bindings: readonly Binding[]): boolean {
  if (bindings.length < 2 && bindings[0]?.kind !== "inherit") return false
  const names: string[] = []
  for (const binding of bindings)
    for (const first of binding.kind === "inherit" ? binding.names : binding.path.slice(0, 1)) {
      const name = staticName(first)
      if (name !== undefined) names.push(name)
    }
  return new Set(names).size < names.length
}

/** What is known of a set while its names are collected. */
type Table = Map<string, Entry>

interface Entry {
  /** The attrpath that defined it. */
  readonly range: TextRange
  /** Where definitions below it go; undefined when the value is no attrset in the source. */
  readonly table: Table | undefined
}

type Duplicate = (range: TextRange, path: readonly string[], earlier: TextRange) => void

function defineAll(bindings: readonly Binding[], duplicate: Duplicate): Table {
  const table: Table = new Map()
  for (const binding of bindings) {
    if (binding.kind === "binding") define(table, binding.path, binding.value, duplicate)
    else
      for (const name of binding.names)
        add(table, staticName(name), { range: name, table: undefined }, [], duplicate)
  }
  return table
}

function define(table: Table, path: readonly AttrName[], value: Expr, duplicate: Duplicate): void {
  const names = path.map(staticName)
  const last = names.length - 1
  if (last < 0) return
  const range = { start: path[0].start, end: path[last].end }
  for (let at = 0; at < last; at++) {
    const name = names[at]
    // Every dynamic name makes a set of its own.
    if (name === undefined) return
    const entry = table.get(name) ?? { range, table: new Map() }
    if (entry.table === undefined) {
      duplicate(range, names.slice(0, at + 1).map(String), entry.range)
      return
    }
    table.set(name, entry)
    table = entry.table
  }
  const set = withoutParens(value)
  const inner = set.kind === "attrset" ? tableOf(set) : undefined
  add(table, names[last], { range, table: inner }, names.slice(0, last).map(String), duplicate)
}

// Its own duplicates are reported when the walk comes to it.
function tableOf(set: Attrset): Table {
  return defineAll(set.bindings, () => {})
}

function add(
  table: Table,
  name: string | undefined,
  entry: Entry,
  prefix: readonly string[],
  duplicate: Duplicate,
): void {
  if (name === undefined) return
  const earlier = table.get(name)
  if (earlier === undefined) table.set(name, entry)
  else if (earlier.table === undefined || entry.table === undefined)
    duplicate({ start: entry.range.start, end: entry.range.end }, [...prefix, name], earlier.range)
  else
    for (const [inner, innerEntry] of entry.table)
      add(earlier.table, inner, innerEntry, [...prefix, name], duplicate)
}
