// import-tree: imports every module below a folder, except those with a `_` at the start of a part of their path, and those that a
// filter leaves out.
//
// Calls are found in the texts of files: the module graph has what a call imported, but nothing has what it passed over.

import { type Expr, expressionsIn, staticName, withoutParens } from "../../syntax/index.js"
import type { SourceFile } from "../texts/source-files.js"
import { pathIn } from "../texts/tree-search.js"

/** One call. */
export interface ImportedTree {
  readonly folder: string
  readonly file: SourceFile
  /** Offset of the call. */
  readonly start: number
  /** Functions that change what it imports: `filter`, `match`, .. */
  readonly filters: readonly string[]
}

const filterNames: ReadonlySet<string> = new Set([
  "filter",
  "filterNot",
  "match",
  "matchNot",
  "initFilter",
  "map",
])

/** Every call in some files that names the folder. */
export function importedTrees(files: readonly SourceFile[]): ImportedTree[] {
  const found: ImportedTree[] = []
  for (const file of files)
    for (const expr of expressionsIn(file.tree)) {
      const folder = expr.kind === "apply" ? pathIn(withoutParens(expr.arg), file.path) : undefined
      const names = expr.kind === "apply" && folder !== undefined ? namesIn(expr.fn) : []
      if (folder !== undefined && names.includes("import-tree"))
        found.push({ folder, file, start: expr.start, filters: names.filter(name => filterNames.has(name)) })
    }
  return found
}

/** Why a call does not import a file below its folder; undefined if there is no reason. */
export function passedOver(path: string, { folder, filters }: ImportedTree): string | undefined {
  const relative = path.slice(folder.length)
  const hidden = relative.split("/").find(part => part.startsWith("_"))
  if (!relative.endsWith(".nix")) return "it imports files whose names end in '.nix'"
  if (hidden !== undefined && !filters.includes("initFilter"))
    return `it passes over what begins with '_', as '${hidden}' does`
  return filters.length === 0 ? undefined : `its ${filters.map(name => `'${name}'`).join(", ")} leaves it out`
}

/** The names in what is called: `inputs.import-tree.filter f` has three. */
function namesIn(fn: Expr): string[] {
  switch (fn.kind) {
    case "paren":
      return namesIn(fn.inner)
    case "apply":
      return namesIn(fn.fn)
    case "variable":
      return [fn.name]
    case "select":
      return [...namesIn(fn.subject), ...fn.path.flatMap(name => staticName(name) ?? [])]
    default:
      return []
  }
}
