// The definition of a function in a file: the names of its arguments, and the comment above it. nixpkgs writes these comments in
// Markdown (`/** .. */`, RFC 145); others write lines with `#`.

import type { TextRange } from "../../base/index.js"
import type { Expr } from "../../syntax/index.js"
import type { AttributePlace } from "./attribute-places.js"

export interface WrittenFunction {
  readonly args: readonly string[]
  /** The text of the comment; "" if there is none. */
  readonly comment: string
  readonly range: TextRange
}

/**
 * The attribute or variable of that name which is the function, or is made of it: `mkDefault = mkOverride 1000` is a function
 * that is written inside of `mkOverride`.
 * @param near where the function itself is written
 */
export function writtenFunction(
  text: string,
  places: readonly AttributePlace[],
  name: string,
  near: number,
): WrittenFunction | undefined {
  const named = places.filter(({ names, value, range }) => names.at(-1) === name && range.end <= value.start)
  const found =
    named.find(({ value }) => value.start <= near && near < value.end) ??
    named.find(({ range }) => commentAbove(text, range.start) !== "") ??
    named[0]
  if (found === undefined) return undefined
  const { value, range } = found
  return { args: argumentsOf(value), comment: commentAbove(text, range.start), range }
}

function argumentsOf(value: Expr): string[] {
  const names: string[] = []
  for (let e = value; e.kind === "lambda"; e = e.body) {
    const formals = e.formals?.formals.map(({ name }) => name.name) ?? []
    const rest = e.formals?.ellipsis === true ? ["..."] : []
    names.push(e.formals === undefined ? (e.param?.name ?? "_") : `{ ${[...formals, ...rest].join(", ")} }`)
  }
  return names
}

/** The text of the comment that is about what begins at `start`. */
function commentAbove(text: string, start: number): string {
  const above = text.slice(0, start).trimEnd()
  const isNear = text.slice(above.length, start).split("\n").length === 2
  if (above.endsWith("*/")) return blockComment(above, isNear)
  if (!isNear) return ""
  const lines: string[] = []
  for (const line of above.split("\n").reverse()) {
    const remark = /^\s*#+ ?(.*)$/.exec(line)
    if (remark === null) break
    lines.unshift(remark[1])
  }
  return lines.join("\n").trim()
}

/**
 * The comment that a text ends with, unless it stands behind something else on its line. With an empty line behind it, it is
 * about what follows only if it says so by its second star.
 */
function blockComment(text: string, isNear: boolean): string {
  const open = text.lastIndexOf("/*")
  const before = text.slice(text.lastIndexOf("\n", open) + 1, open)
  const isDocumentation = text.startsWith("/**", open)
  if (before.trim() !== "" || !(isNear || isDocumentation)) return ""
  return unindented(text.slice(open + (isDocumentation ? 3 : 2), -2))
}

function unindented(comment: string): string {
  const lines = comment.split("\n").map(line => line.trimEnd())
  const deep = lines.slice(1).filter(line => line !== "")
  const depth = Math.min(...deep.map(line => line.search(/\S/)), 80)
  return [lines[0].trim(), ...lines.slice(1).map(line => line.slice(depth))].join("\n").trim()
}
