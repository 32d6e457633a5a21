// The file that a person would call the host's own, or else the place that defines the host.

import type { ModuleUse } from "../aspects/module-uses.js"
import type { SourceRange } from "../model.js"
import { type SourceFile, type SourceFiles, sourceRange } from "../texts/source-files.js"
import { firstLine } from "./findings.js"

interface FilesOfHosts {
  /** The file that makes the outputs. */
  readonly entry: string
  readonly sources: SourceFiles
  readonly files: readonly SourceFile[]
  readonly uses: ReadonlyMap<string, readonly ModuleUse[]>
}

/** A file that is a module of this host alone, preferably one named after it; otherwise where the host is defined. */
export function fileOfHost({ files, uses, entry, sources }: FilesOfHosts, host: string): SourceRange {
  const readable = new Map(files.map(file => [file.path, file]))
  // A module comes before what it imports, so that the first is the one that flake.nix names.
  const own = [...uses].flatMap(([path, users]) => {
    const file = readable.get(path)
    return file !== undefined && users.every(user => user.host === host) ? [file] : []
  })
  const named = own.filter(({ path }) =>
    path.split("/").some(part => part === host || part === `${host}.nix`),
  )
  const [best] = [...named, ...own].sort((a, b) => rank(a.path) - rank(b.path))
  return best === undefined ? placeOfHost(entry, files, sources, host) : firstLine(best.path, best)
}

/** The attribute of a host, such as `nixosConfigurations.alpha`, in flake.nix or in a file that makes outputs. */
function placeOfHost(
  path: string,
  files: readonly SourceFile[],
  sources: SourceFiles,
  host: string,
): SourceRange {
  const flake = sources.get(path)
  for (const file of flake === undefined ? files : [flake, ...files]) {
    const made = sources.placesOf(file).find(({ names }) => makes(names, host))
    if (made !== undefined) return sourceRange(file, made.range)
  }
  return firstLine(path, flake)
}

function makes(names: readonly string[], host: string): boolean {
  return names.at(-1) === host && names.at(-2)?.endsWith("Configurations") === true
}

function rank(path: string): number {
  return path.endsWith("/default.nix") || path.endsWith("/configuration.nix") ? 0 : 1
}
