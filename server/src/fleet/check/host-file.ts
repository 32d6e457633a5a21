// The file that a person would call the host's own, or else the place that defines the host.

import type { ModuleUse } from "../aspects/module-uses.js"
import { splitAttrPath } from "../attr-path.js"
import type { SourceRange } from "../model.js"
import { onlyPlaceOf } from "../texts/only-place.js"
import { type SourceFile, type SourceFiles, sourceRange } from "../texts/source-files.js"
import { firstLine } from "./findings.js"

interface FilesOfHosts {
  /** Absolute path of the flake's folder. */
  readonly root: string
  /** The file that makes the outputs. */
  readonly entry: string
  readonly sources: SourceFiles
  readonly files: readonly SourceFile[]
  readonly uses: ReadonlyMap<string, readonly ModuleUse[]>
}

/**
 * A file that is a module of this host alone: one named after the host, or else one that is imported by its path. If there is none,
 * where the host is defined, or else where it is named. (That a single host imports an aspect about something else says nothing.)
 */
export function fileOfHost(fleet: FilesOfHosts, host: string): SourceRange {
  const { root, files, uses, entry, sources } = fleet
  const readable = new Map(files.map(file => [file.path, file]))
  // A module comes before what it imports, so that the first is the one that flake.nix names.
  const own = [...uses].flatMap(([path, users]) => {
    const file = readable.get(path)
    return file !== undefined && users.every(user => user.host === host) ? [{ path, file, users }] : []
  })
  const named = own.filter(({ path, users }) => isNamed(path.slice(root.length), users, host))
  const byPath = own.filter(({ users }) => users.some(({ via }) => via.length === 0))
  const [best] = [...named, ...byPath].sort((a, b) => rank(a.path) - rank(b.path))
  if (best !== undefined) return firstLine(best.path, best.file)
  const [any = { path: entry, file: sources.get(entry) }] = own
  return placeOfHost(fleet, host) ?? onlyPlaceOf([host], files, sources) ?? firstLine(any.path, any.file)
}

/** Whether a file of the fleet, a folder around it in there, or an aspect in it is called like a host. */
function isNamed(path: string, users: readonly ModuleUse[], host: string): boolean {
  return (
    path.split("/").some(part => part === host || part === `${host}.nix`) ||
    users.some(({ via }) => via.some(label => splitAttrPath(label).at(-1) === host))
  )
}

/** The attribute of a host, such as `nixosConfigurations.alpha`, in flake.nix or in a file that makes outputs. */
function placeOfHost({ entry, files, sources }: FilesOfHosts, host: string): SourceRange | undefined {
  const flake = sources.get(entry)
  for (const file of flake === undefined ? files : [flake, ...files]) {
    const made = sources.placesOf(file).find(({ names }) => makes(names, host))
    if (made !== undefined) return sourceRange(file, made.range)
  }
  return undefined
}

function makes(names: readonly string[], host: string): boolean {
  return names.at(-1) === host && names.at(-2)?.endsWith("Configurations") === true
}

function rank(path: string): number {
  return path.endsWith("/default.nix") || path.endsWith("/configuration.nix") ? 0 : 1
}
