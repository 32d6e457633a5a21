// What git ignores: the patterns in .gitignore files of a working tree and in .git/info/exclude.
//
// Format: git documentation, gitignore. It is only asked about the few untracked files, so nothing is kept.

import type { Files } from "../files.js"
import type { GitRepository } from "./git-repository.js"

interface Pattern {
  readonly expression: RegExp
  readonly isNegated: boolean
  readonly onlyFolders: boolean
}

/** Whether git ignores the file at `path`, relative to the working tree's top: itself or a folder that it is in. */
export function isIgnored(files: Files, { top, commonDir }: GitRepository, path: string): boolean {
  const parts = path.split("/")
  const patterns = [...patternsIn(files, `${commonDir}/info/exclude`, "")]
  for (let depth = 0; depth < parts.length; depth++) {
    const folder = parts.slice(0, depth).join("/")
    patterns.push(...patternsIn(files, `${top}/${folder === "" ? "" : `${folder}/`}.gitignore`, folder))
    const isFolder = depth < parts.length - 1
    const at = parts.slice(0, depth + 1).join("/")
    const last = patterns.findLast(
      ({ expression, onlyFolders }) => (isFolder || !onlyFolders) && expression.test(at),
    )
    if (last?.isNegated === false) return true
  }
  return false
}

function patternsIn(files: Files, file: string, folder: string): Pattern[] {
  if (files.kindOf(file) !== "regular") return []
  return files
    .readFile(file)
    .split(/\r?\n/)
    .flatMap(line => patternOf(line, folder))
}

function patternOf(line: string, folder: string): Pattern[] {
  const text = line.replace(/(?<!\\) +$/, "")
  if (text === "" || text.startsWith("#")) return []
  const isNegated = text.startsWith("!")
  const expression = patternExpression(text.replace(/^!/, "").replace(/\/$/, ""), folder)
  return [{ expression, isNegated, onlyFolders: text.endsWith("/") }]
}

/** What a pattern of a file in `folder` matches, as paths from the top of the working tree. */
export function patternExpression(bare: string, folder: string): RegExp {
  // A slash at the beginning or in the middle ties a pattern to the folder of its file.
  const isTied = bare.includes("/")
  const around = folder === "" ? "" : `${escapeLetters(folder)}/`
  return new RegExp(`^${around}${isTied ? "" : "(?:.*/)?"}${globSource(bare.replace(/^\//, ""))}$`)
}

function globSource(glob: string): string {
  return glob.replace(/\*\*\/|\/\*\*$|\*+|\?|\[!?[^\]]*\]|\\.|[\s\S]/g, part => {
    if (part === "**/") return "(?:.*/)?"
    if (part === "/**") return "/.*"
    if (part.startsWith("*")) return "[^/]*"
    if (part === "?") return "[^/]"
    if (part.length > 1 && part.startsWith("[")) return part.replace(/^\[!/, "[^")
    return escapeLetters(part.length === 2 ? part[1] : part)
  })
}

function escapeLetters(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")
}
