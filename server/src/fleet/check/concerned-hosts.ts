// Which hosts a file has a say in. A host whose file has mistakes was evaluated without what the mistakes stand for, and
// nothing about it can be relied on; the other hosts are as they were.

import { leadsToAspects } from "../aspects/aspect-path.js"
import type { ModuleUse } from "../aspects/module-uses.js"
import type { AspectContainer } from "../model.js"
import type { SourceFile, SourceFiles } from "../texts/source-files.js"
import { findPathTo } from "../texts/tree-search.js"

interface FilesOfFleet {
  readonly sources: SourceFiles
  readonly files: readonly SourceFile[]
  readonly containers: readonly AspectContainer[]
  readonly uses: ReadonlyMap<string, readonly ModuleUse[]>
  readonly hosts: readonly string[]
}

/**
 * Hosts that are made of a file: those whose module it is, else those of the files that name it, else, unless the file
 * only makes aspects, every host.
 */
export function concernedHosts(
  path: string,
  fleet: FilesOfFleet,
  asked = new Set<string>(),
): readonly string[] {
  if (asked.has(path)) return []
  asked.add(path)
  const users = (fleet.uses.get(path) ?? []).map(({ host }) => host)
  if (users.length > 0) return [...new Set(users)]
  const naming = fleet.files.filter(file => file.path !== path && findPathTo(file, path) !== undefined)
  if (naming.length > 0) {
    const hosts = naming.flatMap(file => concernedHosts(file.path, fleet, asked))
    return fleet.hosts.filter(host => hosts.includes(host))
  }
  return makesOnlyAspects(path, fleet) ? [] : fleet.hosts
}

function makesOnlyAspects(path: string, { sources, containers }: FilesOfFleet): boolean {
  const file = sources.get(path)
  const sites = file === undefined ? [] : sources.sitesOf(file, containers)
  return (
    sites.length > 0 && sites.every(site => site.aspect.length > 0 || leadsToAspects(site.path, containers))
  )
}
