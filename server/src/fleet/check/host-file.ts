// The file that a person would call a host's own.

import type { SourceRange } from "../model.js"
import type { ModuleUse } from "../module-uses.js"
import type { SourceFile, SourceFiles } from "../texts/source-files.js"
import { firstLine } from "./findings.js"

interface FilesOfHosts {
  readonly root: string
  readonly sources: SourceFiles
  readonly files: readonly SourceFile[]
  readonly uses: ReadonlyMap<string, readonly ModuleUse[]>
}

/** The file that only this host is made of, preferably named after it; flake.nix when there is none. */
export function fileOfHost({ files, uses, root, sources }: FilesOfHosts, host: string): SourceRange {
  const own = files.filter(file => {
    const users = new Set((uses.get(file.path) ?? []).map(use => use.host))
    return users.size === 1 && users.has(host)
  })
  const named = own.filter(({ path }) =>
    path.split("/").some(part => part === host || part === `${host}.nix`),
  )
  const [best] = [...named, ...own].sort((a, b) => rank(a.path) - rank(b.path))
  return best === undefined
    ? firstLine(`${root}/flake.nix`, sources.get(`${root}/flake.nix`))
    : firstLine(best.path, best)
}

function rank(path: string): number {
  return path.endsWith("/default.nix") || path.endsWith("/configuration.nix") ? 0 : 1
}
