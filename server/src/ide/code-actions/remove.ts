// Quick fix of a fallback that can go: "Remove the fallback of 'direnv'". The comment above it, which says why it is there, goes along
// if it names it.

import type { TextRange } from "../../base/index.js"
import { type Binding, type Expr, expressionsIn } from "../../syntax/index.js"

export interface RemoveAction {
  readonly title: string
  readonly range: TextRange
}

/** @param at where the name of the fallback is; undefined if no binding has a name there any more */
export function removeAction(tree: Expr, text: string, at: TextRange): RemoveAction | undefined {
  const part = partAt(tree, at)
  if (part === undefined) return undefined
  const name = text.slice(at.start, at.end)
  return { title: `Remove the fallback of '${name}'`, range: wholeLines(text, part, name) }
}

/** What has to go so that a name is not bound any more: a binding, or one of several names after `inherit`. */
function partAt(tree: Expr, at: TextRange): TextRange | undefined {
  for (const e of expressionsIn(tree)) {
    if (e.kind !== "attrset" && e.kind !== "let") continue
    for (const binding of e.bindings) {
      const names = namesOf(binding)
      const name = names.find(({ start, end }) => start === at.start && end === at.end)
      if (name !== undefined) return names.length === 1 ? binding : name
    }
  }
  return undefined
}

function namesOf(binding: Binding): readonly TextRange[] {
  return binding.kind === "inherit" ? binding.names : binding.path.slice(0, 1)
}

/** A part that has its lines for itself goes with them, another one with the blanks before it. */
function wholeLines(text: string, { start, end }: TextRange, name: string): TextRange {
  const lineStart = text.lastIndexOf("\n", start - 1) + 1
  const [rest] = /^.*\n?/.exec(text.slice(end)) ?? [""]
  const before = text.slice(lineStart, start)
  if (before.trim() === "" && /^\s*(#.*)?\n?$/.test(rest))
    return { start: commentStart(text, lineStart, name), end: end + rest.length }
  return { start: start - (before.length - before.trimEnd().length), end }
}

function commentStart(text: string, lineStart: number, name: string): number {
  const [comment] = /(?:(?<![^\n])[ \t]*#.*\n)*$/.exec(text.slice(0, lineStart)) ?? [""]
  return comment.includes(name) ? lineStart - comment.length : lineStart
}
