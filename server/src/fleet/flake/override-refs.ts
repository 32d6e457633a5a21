// The overrides of inputs that a person gives (`--override-input`), as references. They are read as Nix reads what stands on a command
// line: a path starts at a folder, and in a repository it means the repository, of which only tracked files count.

import { bytesOf, canonicalPath } from "../../eval/index.js"
import type { Files } from "../files.js"
import { findRepository, isShallow } from "../git/git-repository.js"
import type { FileProblem } from "./flake-problem.js"
import { type FlakeRef, FlakeRefError } from "./flake-ref.js"
import { isPathRef, parseFlakeRef } from "./flake-ref-parse.js"
import { parseFlakeUrl, parseQuery, printFlakeUrl } from "./flake-url.js"

export interface OverrideRefs {
  /** By the path of an input, joined by slashes. */
  readonly refs: ReadonlyMap<string, FlakeRef>
  readonly problems: readonly FileProblem[]
}

/**
 * Reads the overrides, with a problem for each that is no reference.
 * @param baseDir folder that paths in them start from
 * @param file what the problems are reported at
 */
export function overrideRefs(
  overrides: Readonly<Record<string, string>>,
  { files, baseDir, file }: { readonly files: Files; readonly baseDir: string; readonly file: string },
): OverrideRefs {
  const refs = new Map<string, FlakeRef>()
  const problems: FileProblem[] = []
  for (const [name, text] of Object.entries(overrides))
    try {
      refs.set(
        inputPath(bytesOf(name)),
        parseFlakeRef(absoluteRef(bytesOf(text), baseDir, files), { baseDir }),
      )
    } catch (error) {
      if (!(error instanceof FlakeRefError)) throw error
      const message = `override of input '${name}': ${error.message}`
      problems.push({ file, range: { start: 0, end: 1 }, severity: "error", code: "flake-override", message })
    }
  return { refs, problems }
}

/** As in Nix, slashes too many do not count. @throws FlakeRefError for a name that no input can have */
function inputPath(text: string): string {
  const names = text.split("/").filter(name => name !== "")
  const wrong = names.find(name => !/^[a-zA-Z][a-zA-Z0-9_-]*$/.test(name))
  if (wrong !== undefined) throw new FlakeRefError(`invalid flake input attribute path element '${wrong}'`)
  if (names.length === 0) throw new FlakeRefError("the name of an input is missing")
  return names.join("/")
}

/** A relative URL (`path:../x`) made absolute, and a path in a repository as a URL of that. */
function absoluteRef(text: string, baseDir: string, files: Files): string {
  if (isPathRef(text)) return inRepository(text, baseDir, files) ?? text
  const url = parseFlakeUrl(text)
  const path = url?.segments.join("/") ?? "/"
  if (url === undefined || path.startsWith("/") || !/^(path|git\+file)$/.test(url.scheme)) return text
  const segments = canonicalPath(`${baseDir}/${path}`).split("/")
  return printFlakeUrl({ ...url, segments }) + (/#.*/s.exec(text)?.[0] ?? "")
}

/** The URL of the repository that a path leads into; undefined outside of one. */
function inRepository(text: string, baseDir: string, files: Files): string | undefined {
  const [, path = "", query = "", fragment = ""] = /^([^?#]*)(?:\?([^#]*))?(#.*)?$/s.exec(text) ?? []
  const folder = canonicalPath(path.startsWith("/") ? path : `${baseDir}/${path}`)
  const repository = files.kindOf(folder) === "directory" ? findRepository(files, folder) : undefined
  if (repository === undefined) return undefined
  const given = parseQuery(query)
  const dir = folder.slice(repository.top.length + 1)
  if (dir !== "" && given.has("dir"))
    throw new FlakeRefError(`flake URL '${text}' has an inconsistent 'dir' parameter`)
  if (dir !== "") given.set("dir", dir)
  if (isShallow(files, repository)) given.set("shallow", "1")
  const segments = repository.top.split("/")
  return printFlakeUrl({ scheme: "git+file", authority: "", segments, query: given }) + fragment
}
