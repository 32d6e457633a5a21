// Which hosts a file concerns. A host with a faulty file was evaluated without the faulty parts, so nothing about it can be relied
// on; the other hosts are not affected.

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
 * The hosts that a file concerns: those that have it as a module; else those of the files that mention it; else every host, unless
 * the file only defines aspects.
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
