// A name that the file itself binds: the source of its binding.

import type { TextRange } from "../../base/index.js"
import { clipped, codeBlock } from "../markdown.js"
import type { BindingTarget } from "../target/target.js"

const ROLES = { let: "local variable", attribute: "attribute of this set", argument: "argument" }

/** Markdown of a binding in `text`. */
export function renderBinding({ role, site }: BindingTarget, text: string): string {
  const line = text.slice(0, site.start).split("\n").length
  const source = clipped(unindented(text, site), 6, 100)
  return `${codeBlock(source, "nix")}\n${ROLES[role]}, line ${line}`
}

/** Source text, with the indentation of its first line removed from all lines. */
function unindented(text: string, { start, end }: TextRange): string {
  const lineStart = text.lastIndexOf("\n", start - 1) + 1
  const indentation = /^[ \t]*/.exec(text.slice(lineStart))?.[0] ?? ""
  return text.slice(start, end).split(`\n${indentation}`).join("\n")
}
