// The syntax tree as indented text: one line a node, with the name of the field that holds it, its own values, its range.
//
// Keeps its own stack: generated files nest deeper than the stack of the main thread.

import { lineColumn, lineStarts } from "../../base/index.js"
import type { Expr } from "../../syntax/index.js"

interface Item {
  readonly label: string
  readonly value: unknown
  readonly depth: number
}

/** The tree, a line a node. `text` is what was parsed. */
export function treeText(tree: Expr, text: string): string {
  const starts = lineStarts(text)
  const lines: string[] = []
  const waiting: Item[] = [{ label: "", value: tree, depth: 0 }]
  for (let item = waiting.pop(); item !== undefined; item = waiting.pop()) {
    const { line, below } = describe(item, starts)
    if (line !== undefined) lines.push(line)
    waiting.push(...below.reverse())
  }
  return `${lines.join("\n")}\n`
}

function describe(
  { label, value, depth }: Item,
  starts: readonly number[],
): { line?: string; below: Item[] } {
  const indent = "  ".repeat(depth)
  const name = label === "" ? "" : `${label}: `
  if (Array.isArray(value)) {
    const below = value.map((element, i) => ({ label: `${label}[${i}]`, value: element, depth }))
    return value.length === 0 ? { line: `${indent}${name}[]`, below: [] } : { below }
  }
  const { kind = "", start, end, opRange: _, ...fields } = value as Record<string, unknown>
  const own = Object.entries(fields).filter(([, field]) => isPlain(field) && field !== undefined)
  const below = Object.entries(fields)
    .filter(([, field]) => !isPlain(field))
    .map(([field, child]) => ({ label: field, value: child, depth: depth + 1 }))
  const values = own.map(([field, plain]) => `${field}=${JSON.stringify(plain)}`).join(" ")
  const range = `${place(starts, Number(start))}-${place(starts, Number(end))}`
  return {
    line: `${indent}${[label === "" ? "" : `${label}:`, kind, values, range].filter(Boolean).join(" ")}`,
    below,
  }
}

function isPlain(field: unknown): boolean {
  return typeof field !== "object" || field === null
}

function place(starts: readonly number[], offset: number): string {
  const { line, column } = lineColumn(starts, offset)
  return `${line}:${column}`
}
