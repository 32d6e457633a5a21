// What an edit does to a fleet: two snapshots of every host, compared. Pure.

import type { SystemSnapshot, Toplevel } from "./system-snapshot.js"

export interface PackageChange {
  readonly name: string
  /** Versions, several where a system holds several; empty when the system has no such package. */
  readonly before: string
  readonly after: string
}

export interface HostImpact {
  readonly host: string
  readonly class: Toplevel["class"]
  readonly changed: boolean
  /** Derivation of the whole system; empty if it does not evaluate, or if there is no such host. */
  readonly before: string
  readonly after: string
  /** Names of derivations that are new. */
  readonly derivations: readonly string[]
  /** Options that the edited files set and whose values differ. */
  readonly options: readonly string[]
  readonly packages: readonly PackageChange[]
  /** Why the host does not evaluate after the edit, or did not before. */
  readonly error?: string
}

/** Compares every host that is in `before` or `after`, in the order of `after`. */
export function compareSystems(
  before: readonly SystemSnapshot[],
  after: readonly SystemSnapshot[],
): HostImpact[] {
  const gone = before.filter(one => sameHostIn(one, after) === undefined)
  return [...after, ...gone].map(one =>
    compareHost(sameHostIn(one, before) ?? nothing(one), sameHostIn(one, after) ?? nothing(one)),
  )
}

/** The snapshot of the same host. */
function sameHostIn(host: Toplevel, systems: readonly SystemSnapshot[]): SystemSnapshot | undefined {
  return systems.find(one => one.host === host.host && one.class === host.class)
}

function nothing(host: Toplevel): SystemSnapshot {
  return { host: host.host, class: host.class, drvPath: "", closure: [], options: {} }
}

function compareHost(before: SystemSnapshot, after: SystemSnapshot): HostImpact {
  const had = new Set(before.closure)
  const fresh = after.closure.filter(path => !had.has(path))
  const error = after.error ?? before.error
  return {
    host: after.host,
    class: after.class,
    changed: before.drvPath !== after.drvPath || before.error !== after.error,
    before: before.drvPath,
    after: after.drvPath,
    derivations: [...new Set(fresh.map(nameOf))].sort(),
    options: changedOptions(before.options, after.options),
    packages: before.drvPath === "" || after.drvPath === "" ? [] : changedPackages(before, after),
    ...(error === undefined ? {} : { error }),
  }
}

function changedOptions(before: SystemSnapshot["options"], after: SystemSnapshot["options"]): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)])
  return [...names].filter(name => before[name] !== after[name]).sort()
}

function changedPackages(before: SystemSnapshot, after: SystemSnapshot): PackageChange[] {
  const [old, now] = [versionsIn(before), versionsIn(after)]
  return [...new Set([...old.keys(), ...now.keys()])]
    .sort()
    .map(name => ({ name, before: old.get(name) ?? "", after: now.get(name) ?? "" }))
    .filter(change => change.before !== change.after)
}

/** The versions of each package in a system, with name and version split as by `builtins.parseDrvName`. */
function versionsIn({ closure }: SystemSnapshot): Map<string, string> {
  const versions = new Map<string, Set<string>>()
  for (const path of closure) {
    const [, name, version] = /^(.*?)-([^a-zA-Z].*)$/.exec(nameOf(path)) ?? []
    if (name === undefined || isSource(version)) continue
    const known = versions.get(name) ?? new Set()
    versions.set(name, known.add(version))
  }
  return new Map(Array.from(versions, ([name, all]) => [name, [...all].sort().join(", ")]))
}

/** Sources and patches look like packages with a version, but are none. */
function isSource(version: string): boolean {
  return /\.(tar|tgz|tbz2?|zip|patch|diff|gz|xz|bz2|zst|lock|crate|gem)(\.\w+)?$/.test(version)
}

/** The name of a derivation, from `/nix/store/HASH-NAME.drv`. */
function nameOf(drvPath: string): string {
  return drvPath.slice(drvPath.lastIndexOf("/") + 34).replace(/\.drv$/, "")
}
