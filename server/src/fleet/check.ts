// Everything that can be said to be wrong with a fleet, on all hosts at once.

import type { Evaluator } from "../eval/index.js"
import { splitAttrPath } from "./aspect-path.js"
import type { FindingList } from "./findings.js"
import { errorFinding, firstLine } from "./findings.js"
import type { VarFile } from "./frameworks/clan-vars.js"
import type { HostHandle, HostList } from "./hosts.js"
import type { Aspect, AspectContainer, SourceRange } from "./model.js"
import type { ModuleUse } from "./module-uses.js"
import { checkHost } from "./option-check.js"
import type { PackageReport } from "./packages.js"
import { type SourceFile, type SourceFiles, sourceRange } from "./source-files.js"

/** A fleet as far as it was evaluated. */
export interface CheckedFleet {
  readonly ev: Evaluator
  readonly root: string
  readonly realPath: (seen: string) => string
  readonly sources: SourceFiles
  readonly files: readonly SourceFile[]
  readonly containers: readonly AspectContainer[]
  readonly uses: ReadonlyMap<string, readonly ModuleUse[]>
  readonly hostList: HostList
  readonly aspects: readonly Aspect[]
  readonly findings: FindingList
}

/** Classes whose aspects hosts import; aspects of others (terranix) serve something else. */
const hostClasses = new Set(["nixos", "darwin", "homeManager"])

/** Texts that do not parse. Said for every file, used or not. */
export function checkSyntax({ files, uses, hostList, findings }: CheckedFleet): void {
  for (const file of files)
    for (const { range, severity, code, message } of file.problems) {
      const users = [...new Set((uses.get(file.path) ?? []).map(({ host }) => host))]
      const hosts = users.length > 0 ? users : hostList.hosts.map(({ name }) => name)
      const shown = severity === "hint" ? "information" : severity
      findings.add({ ...sourceRange(file, range), severity: shown, code, message, hosts, related: [] })
    }
}

/** Outputs of hosts that cannot even be listed. */
export function checkOutputs(fleet: CheckedFleet): void {
  const flake = firstLine(`${fleet.root}/flake.nix`, fleet.sources.get(`${fleet.root}/flake.nix`))
  for (const { error } of fleet.hostList.failures) fleet.findings.add(errorFinding(error, [], flake, fleet))
}

/** Options of one host. */
export function checkOptions(fleet: CheckedFleet, host: HostHandle): void {
  checkHost(fleet, host)
}

/** Packages that hosts name and cannot have, and fallbacks that may go. */
export function checkPackages({ findings }: CheckedFleet, { broken, fallbacks }: PackageReport): void {
  for (const reference of broken) {
    const way = reference.fallback === undefined ? "" : `; '${reference.fallback}' can be had`
    findings.add({
      ...sourceRange(reference.source, reference.range),
      severity: reference.conditional ? "warning" : "error",
      code: `package-${reference.kind === "error" ? "fails" : reference.kind}`,
      message: `'${reference.name}' cannot be had on ${reference.systems.join(", ")}: ${reference.why}${way}`,
      hosts: reference.hosts,
      related: [],
    })
  }
  for (const fallback of fallbacks) {
    if (fallback.state !== "removable") continue
    findings.add({
      ...sourceRange(fallback.source, fallback.range),
      severity: "information",
      code: "fallback-removable",
      message: `the fallback of '${fallback.name}' to ${fallback.from} may no longer be needed: ${fallback.why}`,
      hosts: [],
      related: [],
    })
  }
}

/** Aspects that no host and no user's home imports. */
export function checkAspects({ aspects, sources, containers, findings }: CheckedFleet): void {
  for (const aspect of aspects) {
    if (aspect.hosts.length > 0 || !hostClasses.has(aspect.class)) continue
    const where = aspect.files.map(path => placeOfAspect(path, aspect, sources, containers)).find(Boolean)
    if (where === undefined) continue
    const message = `no host imports the aspect '${aspect.class}.${aspect.name}'`
    findings.add({
      ...where,
      severity: "information",
      code: "unused-aspect",
      message,
      hosts: [],
      related: [],
    })
  }
}

function placeOfAspect(
  path: string,
  { option, class: above, name }: Aspect,
  sources: SourceFiles,
  containers: readonly AspectContainer[],
): SourceRange | undefined {
  const file = sources.get(path)
  if (file === undefined) return undefined
  const names = [...splitAttrPath(option), above, name]
  const [site] = sources
    .sitesOf(file, containers)
    .filter(({ aspect }) => aspect.length === names.length && aspect.every((part, i) => part === names[i]))
  return site === undefined ? firstLine(path, file) : sourceRange(file, site.range)
}

/** Vars that a host's generators make and that are not there. */
export function checkVars(fleet: CheckedFleet, vars: readonly VarFile[]): void {
  for (const { host, generator, file, present, path } of vars) {
    if (present) continue
    const where = fileOfHost(fleet, host)
    const relative = path.slice(fleet.root.length + 1)
    const message = `${host} lacks the var '${generator}/${file}' (${relative}); 'clan vars generate ${host}' makes it`
    fleet.findings.add({
      ...where,
      severity: "warning",
      code: "missing-var",
      message,
      hosts: [host],
      related: [],
    })
  }
}

/** The file that a person would call the host's own: one that only this host uses, preferably named after it. */
export function fileOfHost({ files, uses, root, sources }: CheckedFleet, host: string): SourceRange {
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
