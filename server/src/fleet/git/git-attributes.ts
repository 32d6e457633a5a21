// What a repository leaves out of its archives, and `fetchGit` too: `export-ignore` in .gitattributes.
//
// Format: git documentation, gitattributes.

import type { Files } from "../files.js"
import { patternExpression } from "./git-ignore.js"
import type { GitRepository } from "./git-repository.js"

interface Rule {
  readonly expression: RegExp
  readonly leavesOut: boolean
}

/** The paths that an archive of the working tree contains. */
export function exportedPaths(
  files: Files,
  { top, commonDir }: GitRepository,
  paths: readonly string[],
): string[] {
  const ofFolder = new Map<string, readonly Rule[]>()
  const rulesOf = (folder: string): readonly Rule[] => {
    let rules = ofFolder.get(folder)
    if (rules === undefined) {
      const file = `${top}/${folder === "" ? "" : `${folder}/`}.gitattributes`
      ofFolder.set(folder, (rules = rulesIn(files, file, folder)))
    }
    return rules
  }
  const ofAll = rulesIn(files, `${commonDir}/info/attributes`, "")
  const isLeftOut = (path: string): boolean => {
    const parts = path.split("/")
    const rules: Rule[] = []
    return parts.some((_, depth) => {
      rules.push(...rulesOf(parts.slice(0, depth).join("/")))
      const at = parts.slice(0, depth + 1).join("/")
      return [...rules, ...ofAll].findLast(({ expression }) => expression.test(at))?.leavesOut === true
    })
  }
  return paths.filter(path => !isLeftOut(path))
}

/** The rules for `export-ignore`. The last one that matches a path counts. */
function rulesIn(files: Files, file: string, folder: string): Rule[] {
  if (files.kindOf(file) !== "regular") return []
  return files
    .readFile(file)
    .split(/\r?\n/)
    .flatMap(line => {
      const [pattern, ...attributes] = line.trim().split(/[ \t]+/)
      const said = attributes.findLast(attribute => /^[-!]?export-ignore$/.test(attribute))
      if (said === undefined || pattern.startsWith("#")) return []
      return [{ expression: patternExpression(pattern, folder), leavesOut: said === "export-ignore" }]
    })
}
