// What .gitattributes say about the files of a repository, and what they leave out of its archives, and of `fetchGit`, too.
//
// Format: git documentation, gitattributes. Of the macros only `binary` is known, which every repository has.

import type { Files } from "../files.js"
import { patternExpression } from "./git-ignore.js"
import type { GitRepository } from "./git-repository.js"

interface Rule {
  readonly expression: RegExp
  /** Values by name, in the words of `git check-attr`: `set`, `unset`, `unspecified` or a text. */
  readonly values: ReadonlyMap<string, string>
}

export class GitAttributes {
  private readonly ofFolder = new Map<string, readonly Rule[]>()
  private readonly ofAll: readonly Rule[]

  constructor(
    private readonly files: Files,
    private readonly repository: GitRepository,
  ) {
    this.ofAll = rulesIn(files, `${repository.commonDir}/info/attributes`, "")
  }

  /** The value of an attribute of the file or folder at `path`, in the words of `git check-attr`. */
  of(path: string, name: string): string {
    return this.said(this.ofAll, path, name) ?? this.saidBelow(path, name) ?? "unspecified"
  }

  /** The folder that is nearest to a file counts most. */
  private saidBelow(path: string, name: string): string | undefined {
    for (let folder = path; folder !== ""; ) {
      folder = folder.slice(0, Math.max(0, folder.lastIndexOf("/")))
      const said = this.said(this.rulesOf(folder), path, name)
      if (said !== undefined) return said
    }
    return undefined
  }

  /** The last rule that matches counts. */
  private said(rules: readonly Rule[], path: string, name: string): string | undefined {
    return rules
      .findLast(({ expression, values }) => values.has(name) && expression.test(path))
      ?.values.get(name)
  }

  private rulesOf(folder: string): readonly Rule[] {
    let rules = this.ofFolder.get(folder)
    if (rules === undefined) {
      const file = `${this.repository.top}/${folder === "" ? "" : `${folder}/`}.gitattributes`
      this.ofFolder.set(folder, (rules = rulesIn(this.files, file, folder)))
    }
    return rules
  }
}

/** The paths that an archive of the working tree contains. */
export function exportedPaths(files: Files, repository: GitRepository, paths: readonly string[]): string[] {
  const attributes = new GitAttributes(files, repository)
  const isLeftOut = (path: string): boolean => {
    const parts = path.split("/")
    return parts.some(
      (_, depth) => attributes.of(parts.slice(0, depth + 1).join("/"), "export-ignore") === "set",
    )
  }
  return paths.filter(path => !isLeftOut(path))
}

function rulesIn(files: Files, file: string, folder: string): Rule[] {
  if (files.kindOf(file) !== "regular") return []
  return files
    .readFile(file)
    .split(/\r?\n/)
    .flatMap(line => {
      const [pattern, ...attributes] = line.trim().split(/[ \t]+/)
      if (pattern === "" || pattern.startsWith("#") || pattern.startsWith("[attr]")) return []
      return [
        { expression: patternExpression(pattern, folder), values: new Map(attributes.flatMap(valuesOf)) },
      ]
    })
}

function valuesOf(attribute: string): [name: string, value: string][] {
  if (attribute === "binary") return [["text", "unset"]]
  const [, sign, name, value] = /^([-!]?)([^=]*)(?:=(.*))?$/.exec(attribute) ?? []
  return [[name, value ?? { "-": "unset", "!": "unspecified" }[sign] ?? "set"]]
}
