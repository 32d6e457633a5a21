// Packages that cannot be had on hosts whose modules name them, and packages that come from another channel: whether
// they still have to.
//
// Only evaluation is asked. A package that evaluates may still fail to build, so "removable" means that nothing which
// evaluation can see stands against it, and its reason says just that.

import type { TextRange } from "../../base/index.js"
import { Attrs, type Evaluator, identityOf, intern, type Lazy } from "../../eval/index.js"
import { attempt, findTarget, isDerivation, tryText } from "../../modules/index.js"
import { joinAttrPath } from "../aspect-path.js"
import { type HostHandle, systemOf } from "../hosts.js"
import type { AspectContainer, BrokenPackage, Channel, Fallback, Packages } from "../model.js"
import { type ModuleUse, usesOfFile } from "../module-uses.js"
import { type SourceFile, sourceRange } from "../texts/source-files.js"
import { type ChannelSite, type FallbackSite, type OverlaySites, overlaySites } from "./overlay-sites.js"
import { type PackageReference, packageReferences } from "./package-references.js"
import { at, type PackageState, packageState, packagesOf, withoutOverlays } from "./package-state.js"

/** A broken package with the place that names it. */
export interface BrokenReference extends BrokenPackage {
  readonly source: SourceFile
  readonly range: TextRange
  readonly conditional: boolean
}

export interface FallbackReport extends Fallback {
  readonly source: SourceFile
  readonly range: TextRange
}

export interface PackageReport {
  readonly channels: readonly Channel[]
  readonly fallbacks: readonly FallbackReport[]
  readonly broken: readonly BrokenReference[]
}

export interface PackageQuestion {
  readonly ev: Evaluator
  readonly hosts: readonly HostHandle[]
  readonly files: readonly SourceFile[]
  readonly containers: readonly AspectContainer[]
  readonly uses: ReadonlyMap<string, readonly ModuleUse[]>
  /** The revision that a flake input is locked to; empty when unknown. */
  readonly revisionOf: (input: string) => string
}

/** One host's packages, asked once for each name. */
class HostPackages {
  private readonly states = new Map<string, PackageState>()
  private base: Attrs | undefined | "unread" = "unread"

  constructor(
    private readonly ev: Evaluator,
    readonly host: HostHandle,
    readonly system: string,
    readonly pkgs: Attrs,
  ) {}

  state(path: readonly string[]): PackageState {
    const key = path.join("\0")
    let state = this.states.get(key)
    if (state === undefined) {
      state = packageState(this.ev, this.pkgs, path)
      this.states.set(key, state)
    }
    return state
  }

  /** The state of a package if there were no overlays. */
  stateWithoutOverlays(name: string): PackageState {
    if (this.base === "unread") this.base = withoutOverlays(this.ev, this.pkgs)
    return this.base === undefined ? { state: "absent" } : packageState(this.ev, this.base, [name])
  }

  /** Whether a package is the very value that a channel has. */
  comesFrom(channel: string, name: string): boolean {
    return (
      attempt(this.ev, () => {
        const own = at(this.ev, this.pkgs, [name])
        const there = at(this.ev, this.pkgs, [channel, name])
        return own !== undefined && there !== undefined && own.slot === there.slot
      }).value === true
    )
  }

  /** Whether the value of the option in which a package is named really holds it. */
  uses({ option, path }: PackageReference): boolean {
    const configuration = this.host.configuration()
    return (
      attempt(this.ev, () => {
        const wanted = at(this.ev, this.pkgs, path)
        if (wanted === undefined || !(configuration instanceof Attrs)) return false
        const target = findTarget(this.ev, configuration, option)
        if (target.kind !== "option" && target.kind !== "member") return false
        return holds(this.ev, target.option.get(VALUE) ?? null, wanted, 0)
      }).value === true
    )
  }

  version(path: readonly string[]): string {
    const found = attempt(this.ev, () => at(this.ev, this.pkgs, path)).value
    return found === undefined ? "" : (tryText(this.ev, found, "version") ?? "")
  }
}

const VALUE = intern("value")

/** How deep packages are looked for inside a value: lists of packages, sets of them, services with one. */
const MAX_DEPTH = 4

/** Whether a value is a derivation, or holds it. */
function holds(ev: Evaluator, place: Lazy, wanted: Attrs, depth: number): boolean {
  const value = attempt(ev, () => ev.force(place)).value
  if (value !== undefined && identityOf(value) === identityOf(wanted)) return true
  if (depth === MAX_DEPTH) return false
  if (Array.isArray(value)) return value.some(element => holds(ev, element, wanted, depth + 1))
  if (!(value instanceof Attrs) || isDerivation(ev, value)) return false
  return value.values.some(member => holds(ev, member, wanted, depth + 1))
}

/** Asks every host about every package that its modules name, and about every fallback. */
export function reportPackages(question: PackageQuestion): PackageReport {
  const hosts = question.hosts.flatMap(host => hostPackages(question.ev, host))
  const overlays = question.files.map(file => ({ file, sites: overlaySites(file.tree) }))
  const channels = channelsOf(overlays.map(({ sites }) => sites))
  return {
    channels: channels.map(({ name, input }) => ({ name, input, rev: question.revisionOf(input) })),
    fallbacks: overlays.flatMap(({ file, sites }) =>
      sites.fallbacks.map(site => reportFallback(site, file, hosts, channels)),
    ),
    broken: brokenReferences(question, hosts, channels),
  }
}

/** The report as the command line gives it, without places in texts. */
export function packagesAnswer({ channels, fallbacks, broken }: PackageReport): Packages {
  return {
    channels,
    fallbacks: fallbacks.map(({ source, range, ...fallback }) => fallback),
    broken: broken.map(({ source, range, conditional, ...reference }) => reference),
  }
}

function hostPackages(ev: Evaluator, host: HostHandle): HostPackages[] {
  const configuration = host.configuration()
  if (!(configuration instanceof Attrs)) return []
  const pkgs = packagesOf(ev, configuration)
  return pkgs === undefined ? [] : [new HostPackages(ev, host, systemOf(ev, configuration, host.class), pkgs)]
}

/** Channels by name, the first place of each; a channel that is only used counts too. */
function channelsOf(overlays: readonly OverlaySites[]): { name: string; input: string }[] {
  const found = new Map<string, string>()
  for (const { channels } of overlays)
    for (const { name, input } of channels satisfies readonly ChannelSite[])
      if (!found.has(name)) found.set(name, input)
  for (const { fallbacks } of overlays)
    for (const { channel } of fallbacks) if (!found.has(channel)) found.set(channel, "")
  return Array.from(found, ([name, input]) => ({ name, input }))
}

function reportFallback(
  site: FallbackSite,
  file: SourceFile,
  hosts: readonly HostPackages[],
  channels: readonly { name: string }[],
): FallbackReport {
  const { name, channel, range } = site
  const used = hosts.filter(host => host.comesFrom(channel, name))
  const systems = [...new Set(used.map(({ system }) => system))].sort()
  const [first] = used
  const versions: Record<string, string> = {}
  for (const other of channels) {
    const version = first?.version([other.name, name]) ?? ""
    if (version !== "") versions[other.name] = version
  }
  return {
    name,
    file: file.path,
    line: sourceRange(file, range).range.start.line,
    systems,
    from: channel,
    versions,
    ...judge(name, channel, used),
    source: file,
    range,
  }
}

/** Whether a package would be fine without its fallback, on every system where the fallback is what hosts get. */
function judge(
  name: string,
  channel: string,
  used: readonly HostPackages[],
): Pick<Fallback, "state" | "why"> {
  if (used.length === 0) return { state: "unknown", why: `no host gets '${name}' from ${channel}` }
  const bySystem = new Map(used.map(host => [host.system, host]))
  const states = Array.from(bySystem, ([system, host]) => ({
    system,
    found: host.stateWithoutOverlays(name),
  }))
  const bad = states.find(({ found }) => found.state === "broken")
  if (bad?.found.state === "broken") return { state: "needed", why: `${bad.found.why} (${bad.system})` }
  const absent = states.find(({ found }) => found.state === "absent")
  if (absent !== undefined)
    return { state: "unknown", why: `without overlays there is no '${name}' on ${absent.system}` }
  const version = states[0].found.state === "fine" ? states[0].found.version : ""
  const where = [...bySystem.keys()].sort().join(", ")
  return {
    state: "removable",
    why: `without the fallback '${name}' is ${version || "there"} and evaluates on ${where}`,
  }
}

function brokenReferences(
  question: PackageQuestion,
  hosts: readonly HostPackages[],
  channels: readonly { name: string }[],
): BrokenReference[] {
  return question.files.flatMap(file =>
    packageReferences(file.tree, question.containers).flatMap(reference => {
      const users = usesOfFile(question.uses, file.path, reference.aspect)
      const affected = hosts.filter(
        host => users.includes(host.host.name) && (!reference.conditional || host.uses(reference)),
      )
      return describeReference(file, reference, affected, channels)
    }),
  )
}

function describeReference(
  file: SourceFile,
  reference: PackageReference,
  affected: readonly HostPackages[],
  channels: readonly { name: string }[],
): BrokenReference[] {
  const broken = affected.flatMap(host => {
    const found = host.state(reference.path)
    return found.state === "broken" ? [{ host, found }] : []
  })
  const [first] = broken
  if (first === undefined) return []
  const fallback = channels.find(({ name }) =>
    broken.every(({ host }) => host.state([name, ...reference.path]).state === "fine"),
  )
  return [
    {
      name: joinAttrPath(reference.path),
      file: file.path,
      line: sourceRange(file, reference.range).range.start.line,
      hosts: broken.map(({ host }) => host.host.name),
      systems: [...new Set(broken.map(({ host }) => host.system))].sort(),
      why: first.found.why,
      kind: first.found.kind,
      ...(fallback === undefined
        ? {}
        : { fallback: `pkgs.${fallback.name}.${joinAttrPath(reference.path)}` }),
      source: file,
      range: reference.range,
      conditional: reference.conditional,
    },
  ]
}
