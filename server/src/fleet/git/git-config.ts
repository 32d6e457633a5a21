// The settings that a repository has of its own, and its .gitmodules, which are written alike. Those of the user and of the machine
// are not read.
//
// Format: git documentation, git-config. No value that is asked for here needs quotes or several lines.

import type { Files } from "../files.js"
import type { GitRepository } from "./git-repository.js"

/** Values by name, such as `core.filemode` or `submodule "Library".path`: what is not in quotes is in lower case. */
export type GitConfig = ReadonlyMap<string, string>

export function gitConfig(files: Files, { commonDir }: GitRepository): GitConfig {
  return readSettings(files, `${commonDir}/config`)
}

/** Paths of the submodules that .gitmodules lists. */
export function submodulePaths(files: Files, { top }: GitRepository): Set<string> {
  const settings = [...readSettings(files, `${top}/.gitmodules`)]
  return new Set(settings.flatMap(([name, value]) => (/^submodule .*\.path$/.test(name) ? [value] : [])))
}

function readSettings(files: Files, path: string): GitConfig {
  const settings = new Map<string, string>()
  let section = ""
  for (const line of files.kindOf(path) === "regular" ? files.readFile(path).split(/\r?\n/) : []) {
    const header = /^\s*\[([^\]]*)\]/.exec(line)?.[1]
    if (header !== undefined) section = header.replace(/^[^"]*/, name => name.toLowerCase())
    const [, name, value = "true"] =
      /^\s*([a-zA-Z][\w-]*)\s*(?:=\s*([^#;]*?)\s*)?(?:[#;].*)?$/.exec(line) ?? []
    if (name !== undefined) settings.set(`${section}.${name.toLowerCase()}`, value)
  }
  return settings
}

/** Extensions of the format that are read here, or that change nothing for who only reads. */
const KNOWN_EXTENSIONS = [
  "compatobjectformat",
  "noop",
  "objectformat",
  "partialclone",
  "preciousobjects",
  "relativeworktrees",
  "worktreeconfig",
]

/** Refuses a repository that says that only those may read it who know more. @throws Error in Nix's words */
export function checkFormat(config: GitConfig, top: string): void {
  if (Number(config.get("core.repositoryformatversion") ?? 0) === 0) return
  for (const [name, value] of config) {
    const extension = /^extensions\.(.*)$/.exec(name)?.[1]
    if (extension === undefined || KNOWN_EXTENSIONS.includes(extension)) continue
    if (extension === "refstorage" && value === "files") continue
    throw new Error(
      `opening Git repository "${top}": unsupported extension name ${name} (libgit2 error code = 6)`,
    )
  }
}
