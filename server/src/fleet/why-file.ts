// Why a file is, or is not, part of a fleet: which hosts have it as a module, or what keeps it from being one.

import { textOfBytes } from "../eval/index.js"
import type { ModuleUse } from "./aspects/module-uses.js"
import { type ImportedTree, importedTrees, passedOver } from "./frameworks/import-tree.js"
import type { FileRole, SourcePlace } from "./model.js"
import type { SourceFile, SourceFiles } from "./texts/source-files.js"
import { findPathTo } from "./texts/tree-search.js"

export interface FleetFiles {
  readonly root: string
  readonly sources: SourceFiles
  readonly files: readonly SourceFile[]
  readonly uses: ReadonlyMap<string, readonly ModuleUse[]>
  /** Files that are modules of a configuration that makes the outputs, such as flake-parts' own. */
  readonly outer: ReadonlySet<string>
  /** Whether evaluation imported a file so far, as a module or not. */
  readonly imports: (path: string) => boolean
  /** Whether git tracks a file, where there is a repository. */
  readonly holds: (path: string) => boolean
  readonly exists: (path: string) => boolean
}

/** @param path absolute */
export function roleOfFile(path: string, fleet: FleetFiles): FileRole {
  const uses = fleet.uses.get(path) ?? []
  const hosts = [...new Set(uses.map(({ host }) => host))]
  const via = [...new Set(uses.flatMap(use => use.via))]
  const answer = (why: string, at?: SourcePlace): FileRole => ({
    file: textOfBytes(path),
    imported: hosts.length > 0 || fleet.outer.has(path),
    hosts,
    via,
    why,
    ...(at === undefined ? {} : { at }),
  })
  if (hosts.length > 0)
    return answer(via.length === 0 ? "it is a module" : `it is a module, by ${via.join(", ")}`)
  if (fleet.outer.has(path))
    return answer("it is a module of the flake's outputs, and makes none that a host imports")
  if (!fleet.exists(path)) return answer("there is no such file")
  if (!path.startsWith(`${fleet.root}/`)) return answer("it is outside of the fleet")
  if (!fleet.holds(path)) return answer("git does not track it, so Nix does not see it")
  return whyNot(path, fleet, answer)
}

function whyNot(
  path: string,
  { files, imports }: FleetFiles,
  answer: (why: string, at?: SourcePlace) => FileRole,
): FileRole {
  for (const file of files) {
    const named = file.path === path ? undefined : findPathTo(file, path)
    if (named !== undefined)
      return answer("another file names it, but not as a module of a host", placeIn(file, named.start))
  }
  if (imports(path)) return answer("evaluation reads it, but not as a module of a host")
  for (const tree of importedTrees(files).filter(({ folder }) => path.startsWith(`${folder}/`))) {
    const reason = passedOver(path, tree)
    if (reason !== undefined) return answer(`import-tree does not import it: ${reason}`, placeOf(tree))
  }
  return answer("nothing imports it")
}

function placeOf({ file, start }: ImportedTree): SourcePlace {
  return placeIn(file, start)
}

function placeIn({ path, starts }: SourceFile, offset: number): SourcePlace {
  const line = starts.findLastIndex(start => start <= offset)
  return { file: path, line: line + 1, column: offset - starts[line] + 1 }
}
