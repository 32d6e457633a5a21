// A function of a library: how it is called, and the comment that its file has for it.

import type { FunctionAnswer } from "../fleet/index.js"
import { builtinMarkdown } from "./builtin-docs.js"
import { codeBlock, link } from "./markdown.js"
import { moduleWords } from "./module-words.js"
import { type Address, placeName } from "./option-markdown.js"

/** Longer than this is for the file itself, to which a link leads. */
const MOST_LINES = 40

/** Markdown of a function; `root` is the folder that paths are shown relative to. */
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

/** nixpkgs' comments, for a place as small as a hover: headings are no larger than the text, and fences of its manual are left out. */
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
  // A fence that was cut open is closed.
  if (shown.filter(line => line.startsWith("```")).length % 2 === 1) shown.push("```")
  if (lines.length > shown.length) shown.push("", "…")
  return shown
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim()
}
