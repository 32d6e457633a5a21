// Asks the hosts of a fleet about the packages that its files name, and combines the answers.
//
// The answer of a host is data, since its values may be gone when the next host is asked.

import type { TextRange } from "../../base/index.js"
import type { Evaluator } from "../../eval/index.js"
import { type ModuleUse, usesOfFile } from "../aspects/module-uses.js"
import { joinAttrPath } from "../attr-path.js"
import type { HostFacts } from "../hosts/host-facts.js"
import type { HostHandle } from "../hosts/host-handle.js"
import type { AspectContainer, Fallback } from "../model.js"
import { type SourceFile, sourceRange } from "../texts/source-files.js"
import { type HostPackages, hostPackages } from "./host-packages.js"
import { type FallbackSite, type OverlaySites, overlaySites } from "./overlay-sites.js"
import { type PackageReference, packageReferences } from "./package-references.js"
import type { PackageState } from "./package-state.js"
import type { BrokenReference, FallbackReport, PackageReport } from "./packages.js"

export interface PackageQuestion {
  readonly files: readonly SourceFile[]
  readonly containers: readonly AspectContainer[]
  readonly uses: ReadonlyMap<string, readonly ModuleUse[]>
  /** The revision that a flake input is locked to; "" if unknown. */
  readonly revisionOf: (input: string) => string
}

/** A package that a file names, and the hosts that are made of the module in which it does. */
interface PlacedReference {
  readonly file: SourceFile
  readonly reference: PackageReference
  readonly hosts: ReadonlySet<string>
}

interface PlacedFallback {
  readonly file: SourceFile
  readonly site: FallbackSite
}

type Broken = Extract<PackageState, { state: "broken" }>

/** The answer of one host. */
interface Said {
  readonly host: string
  readonly system: string
  readonly broken: ReadonlyMap<PlacedReference, BrokenHere>
  /** Fallbacks that the host gets, with the version that each channel has. */
  readonly fallbacks: ReadonlyMap<PlacedFallback, Readonly<Record<string, string>>>
}

interface BrokenHere {
  readonly found: Broken
  /** Channels that have the package and can be used instead. */
  readonly instead: ReadonlySet<string>
}

type ReadFacts = (read: (ev: Evaluator, host: HostHandle) => Said | undefined) => HostFacts<Said | undefined>

export class PackageSurvey {
  private readonly references: readonly PlacedReference[]
  private readonly fallbacks: readonly PlacedFallback[]
  private readonly channels: readonly { readonly name: string; readonly input: string }[]
  private readonly said: HostFacts<Said | undefined>
  /** States of packages without overlays, which are the same on all hosts of a system. */
  private readonly bare = new Map<string, PackageState>()

  constructor(
    private readonly question: PackageQuestion,
    factsOf: ReadFacts,
  ) {
    const overlays = question.files.map(file => ({ file, sites: overlaySites(file.tree) }))
    this.references = placedReferences(question)
    this.fallbacks = overlays.flatMap(({ file, sites }) => sites.fallbacks.map(site => ({ file, site })))
    this.channels = channelsOf(overlays.map(({ sites }) => sites))
    this.said = factsOf((ev, host) => this.ask(hostPackages(ev, host)))
  }

  /** Asks a host that is being visited. */
  at(place: number, host: HostHandle): void {
    this.said.at(place, host)
  }

  /** The combined answers of some hosts. */
  report(isWanted: (place: number) => boolean): PackageReport {
    const said = this.said.of(isWanted).flatMap(one => one ?? [])
    const { revisionOf } = this.question
    return {
      channels: this.channels.map(({ name, input }) => ({ name, input, rev: revisionOf(input) })),
      fallbacks: this.fallbacks.map(fallback => this.reportFallback(fallback, said)),
      broken: this.references.flatMap(reference => this.reportBroken(reference, said)),
    }
  }

  private ask(packages: HostPackages | undefined): Said | undefined {
    if (packages === undefined) return undefined
    const { system } = packages
    const host = packages.host.name
    const broken = new Map<PlacedReference, BrokenHere>()
    for (const placed of this.references) {
      const here = placed.hosts.has(host) ? this.brokenHere(placed.reference, packages) : undefined
      if (here !== undefined) broken.set(placed, here)
    }
    const fallbacks = new Map<PlacedFallback, Record<string, string>>()
    for (const fallback of this.fallbacks) {
      const { name, channel } = fallback.site
      if (!packages.comesFrom(channel, name)) continue
      fallbacks.set(fallback, this.versions(name, packages))
      const key = `${system}\0${name}`
      if (!this.bare.has(key)) this.bare.set(key, packages.stateWithoutOverlays(name))
    }
    return { host, system, broken, fallbacks }
  }

  private brokenHere(reference: PackageReference, packages: HostPackages): BrokenHere | undefined {
    if (reference.conditional && !packages.uses(reference)) return undefined
    const found = packages.state(reference.path)
    if (found.state !== "broken" || packages.isSwitchedOff(reference)) return undefined
    const fine = this.channels.filter(
      ({ name }) => packages.state([name, ...reference.path]).state === "fine",
    )
    return { found, instead: new Set(fine.map(({ name }) => name)) }
  }

  private versions(name: string, packages: HostPackages): Record<string, string> {
    const versions: Record<string, string> = {}
    for (const channel of this.channels) {
      const version = packages.version([channel.name, name])
      if (version !== "") versions[channel.name] = version
    }
    return versions
  }

  private reportFallback(fallback: PlacedFallback, said: readonly Said[]): FallbackReport {
    const { file, site } = fallback
    const used = said.filter(({ fallbacks }) => fallbacks.has(fallback))
    const systems = [...new Set(used.map(({ system }) => system))].sort()
    return {
      name: site.name,
      file: file.path,
      line: sourceRange(file, site.range).range.start.line,
      systems,
      from: site.channel,
      versions: used[0]?.fallbacks.get(fallback) ?? {},
      ...this.judge(site, systems),
      source: file,
      range: site.range,
    }
  }

  /** Whether a package would be fine without its fallback, on every system where the fallback is what hosts get. */
  private judge(
    { name, channel }: FallbackSite,
    systems: readonly string[],
  ): Pick<Fallback, "state" | "why"> {
    if (systems.length === 0) return { state: "unknown", why: `no host gets '${name}' from ${channel}` }
    let version = ""
    for (const system of systems) {
      const found = this.bare.get(`${system}\0${name}`)
      if (found?.state === "broken") return { state: "needed", why: `${found.why} (${system})` }
      if (found?.state === "fine") version ||= found.version
    }
    const absent = systems.find(system => this.bare.get(`${system}\0${name}`)?.state !== "fine")
    if (absent !== undefined)
      return { state: "unknown", why: `without overlays there is no '${name}' on ${absent}` }
    const there = `'${name}' is ${version || "there"}`
    return {
      state: "removable",
      why: `without the fallback ${there} and evaluates on ${systems.join(", ")}`,
    }
  }

  private reportBroken(placed: PlacedReference, said: readonly Said[]): BrokenReference[] {
    const broken = said.flatMap(({ host, system, broken }) => {
      const here = broken.get(placed)
      return here === undefined ? [] : [{ host, system, here }]
    })
    const [first] = broken
    if (first === undefined) return []
    const { file, reference } = placed
    const instead = this.channels.find(({ name }) => broken.every(({ here }) => here.instead.has(name)))
    const name = joinAttrPath(reference.path)
    return [
      {
        name,
        ...placeOf(file, reference.range),
        hosts: broken.map(({ host }) => host),
        systems: [...new Set(broken.map(({ system }) => system))].sort(),
        why: first.here.found.why,
        kind: first.here.found.kind,
        ...(instead === undefined ? {} : { fallback: `pkgs.${instead.name}.${name}` }),
        conditional: reference.conditional,
      },
    ]
  }
}

function placeOf(source: SourceFile, range: TextRange) {
  return { file: source.path, line: sourceRange(source, range).range.start.line, source, range }
}

function placedReferences({ files, containers, uses }: PackageQuestion): PlacedReference[] {
  return files.flatMap(file =>
    packageReferences(file.tree, containers).flatMap(reference => {
      const hosts = new Set(usesOfFile(uses, file.path, reference.aspect))
      return hosts.size === 0 ? [] : [{ file, reference, hosts }]
    }),
  )
}

/** Channels by name, the first place of each; a channel that is only used counts too. */
function channelsOf(overlays: readonly OverlaySites[]): { name: string; input: string }[] {
  const found = new Map<string, string>()
  for (const { channels } of overlays)
    for (const { name, input } of channels) if (!found.has(name)) found.set(name, input)
  for (const { fallbacks } of overlays)
    for (const { channel } of fallbacks) if (!found.has(channel)) found.set(channel, "")
  return Array.from(found, ([name, input]) => ({ name, input }))
}
