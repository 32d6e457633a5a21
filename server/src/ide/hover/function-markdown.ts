// A library function as Markdown: how it is called, and the comment above it in its file.

import type { FunctionAnswer } from "../../fleet/index.js"
import { codeBlock, link } from "../markdown.js"
import { builtinMarkdown } from "./builtin-docs.js"
import { moduleWords } from "./module-words.js"
import { type Address, placeName } from "./places.js"

/** A longer comment is cut: the hover links to the file. */
const MOST_LINES = 40

/** Markdown for a function; paths are shown relative to `root`. */
export function renderFunction(
  name: string,
  { args, comment, place, builtin, typeOf }: FunctionAnswer,
  address: Address,
  root: string,
): string {
  const words = builtin === undefined ? undefined : builtinMarkdown(builtin)
  if (words !== undefined) return words
  const sections = [
    codeBlock([name, ...args].join(" "), "nix"),
    typeOf === undefined ? "" : `type of options: ${typeOf}`,
    readable(comment) || (moduleWords.get(name.slice(name.lastIndexOf(".") + 1)) ?? ""),
    place === undefined ? "" : `defined in ${link(placeName(place, root), address(place))}`,
  ]
  return sections.filter(section => section !== "").join("\n\n")
}

/** A comment of nixpkgs made fit for a hover: headings become bold text, and the manual's own fences (`:::`) are left out. */
function readable(comment: string): string {
  let isCode = false
  const lines = comment.split("\n").flatMap(line => {
    if (line.trimStart().startsWith("```")) isCode = !isCode
    if (isCode) return [line]
    if (/^:::/.test(line)) return []
    const heading = /^#+ (.*)$/.exec(line)?.[1]
    return [heading === undefined ? line : `**${heading}**`]
  })
  const shown = lines.slice(0, MOST_LINES)
  // Close a fence that the cut left open.
  if (shown.filter(line => line.startsWith("```")).length % 2 === 1) shown.push("```")
  if (lines.length > shown.length) shown.push("", "…")
  return shown
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim()
}
