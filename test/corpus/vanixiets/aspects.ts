// Which host has which aspect of `flake.modules`: `canopy aspects` beside the module graph of Nix.

export interface AspectAnswer {
  readonly name: string
  readonly class: string
  readonly option: string
  readonly hosts: readonly string[]
}

const VIA = ", via option "
const OPTION = "flake.modules"

/**
 * @param files module files of each host, in Nix's form `FILE, via option flake.modules.nixos.base`
 * @returns a sentence for each aspect with other hosts than Nix says
 */
export function differingAspects(
  aspects: readonly AspectAnswer[],
  files: ReadonlyMap<string, readonly string[]>,
): string[] {
  const theirs = hostsByAspect(files)
  const ours = new Map(
    aspects
      .filter(({ option }) => option === OPTION)
      // Homes that stand alone are hosts to Canopy, and not among the recorded ones.
      .map(aspect => [labelOf(aspect), aspect.hosts.filter(host => files.has(host))]),
  )
  const labels = new Set([...theirs.keys(), ...ours.keys()])
  return [...labels].flatMap(label => {
    const [found, wanted] = [ours, theirs].map(hosts => [...(hosts.get(label) ?? [])].sort().join(" "))
    return found === wanted ? [] : [`${label}: ${found || "no host"}, Nix says ${wanted || "no host"}`]
  })
}

function hostsByAspect(files: ReadonlyMap<string, readonly string[]>): Map<string, Set<string>> {
  const hosts = new Map<string, Set<string>>()
  for (const [host, names] of files)
    for (const label of names.flatMap(name => name.split(VIA).slice(1))) {
      if (!label.startsWith(`${OPTION}.`)) continue
      hosts.set(label, (hosts.get(label) ?? new Set()).add(host))
    }
  return hosts
}

function labelOf({ option, class: above, name }: AspectAnswer): string {
  return `${option}.${above}.${/^[A-Za-z_][\w'-]*$/.test(name) ? name : JSON.stringify(name)}`
}
