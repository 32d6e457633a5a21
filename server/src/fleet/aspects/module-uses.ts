// Which hosts each file is a module of: the modules of hosts, turned around.

import { allModules } from "../../modules/index.js"
import { sameNames, splitAttrPath } from "../attr-path.js"
import type { HostModules } from "../hosts/host-modules.js"

/** A file as one host's module. */
export interface ModuleUse {
  readonly host: string
  /** Labels of the options that it came through, such as `flake.modules.nixos.base`. */
  readonly via: readonly string[]
}

/** The uses of every file on disk. */
export function moduleUses(
  hosts: readonly HostModules[],
  realPath: (seen: string) => string,
): ReadonlyMap<string, readonly ModuleUse[]> {
  const uses = new Map<string, ModuleUse[]>()
  for (const { host, graphs } of hosts)
    for (const { file, via, disabled } of graphs.flatMap(graph => [...allModules(graph)])) {
      if (disabled) continue
      const path = realPath(file)
      const known = uses.get(path)
      if (known === undefined) uses.set(path, [{ host, via }])
      else known.push({ host, via })
    }
  return uses
}

/** Hosts that have a module of a file: an aspect in it, or the file itself if `aspect` is empty. */
export function usesOfFile(
  uses: ReadonlyMap<string, readonly ModuleUse[]>,
  path: string,
  aspect: readonly string[],
): string[] {
  const found = (uses.get(path) ?? []).filter(({ via }) =>
    aspect.length === 0 ? via.length === 0 : via.some(label => sameNames(splitAttrPath(label), aspect)),
  )
  return [...new Set(found.map(({ host }) => host))]
}
