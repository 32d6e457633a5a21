// The parts of a check, each for all hosts at once: syntax, the flake's own files, outputs, files unknown to git, packages, aspects,
// and vars.

import { type EvalError, type Evaluator, textOfBytes } from "../../eval/index.js"
import { aspectAt, aspectKey, hostClasses } from "../aspects/aspect-path.js"
import { sameNames, splitAttrPath } from "../attr-path.js"
import type { VarFile } from "../frameworks/clan-vars.js"
import { type HostList, hostOutputs } from "../hosts/hosts.js"
import type { Aspect, AspectContainer, AspectName, Finding, SourceRange } from "../model.js"
import type { PackageReport } from "../packages/packages.js"
import { type SourceFile, type SourceFiles, sourceRange } from "../texts/source-files.js"
import { readableText, shortPath } from "./error-summary.js"
import { fixOfProblem } from "./finding-fix.js"
import { type FindingList, firstLine } from "./findings.js"
import { type ErrorReporting, HostErrors } from "./host-errors.js"
import { fileOfHost } from "./host-file.js"
import { classMeant, misspelledClass, misspelledOutputs } from "./misspelled-output.js"

/** What the checks need to know about a fleet. */
export interface CheckedFleet extends ErrorReporting {
  readonly ev: Evaluator
  /** Names of the hosts that are checked. */
  readonly hosts: readonly string[]
  readonly failures: HostList["failures"]
  /** Names of the flake's outputs. */
  readonly outputs: HostList["outputs"]
  readonly aspects: readonly Aspect[]
  /** The class of configurations that an aspect says it is for, if it says so. */
  readonly statedClass: (aspect: AspectName) => string | undefined
  /** Whether the aspects of every host are known. */
  readonly graphsKnown: boolean
  /** The hosts that a file of the fleet concerns. */
  readonly concerned: (path: string) => readonly string[]
  /** A finding in a module of the flake, which says of an option that is not there if hosts have it. */
  readonly explainedOfFlake: (finding: Finding) => Finding
  readonly findings: FindingList
}

/** Texts that do not parse or use undefined names. Texts that do not parse are reported for every file, used or not. */
export function checkSyntax(fleet: CheckedFleet): void {
  const { files, findings, ev } = fleet
  const met = new Set(Array.from(ev.faultyFiles.keys(), fleet.realPath))
  const unparsed = new Set(files.filter(isUnparsed).map(({ path }) => path))
  for (const path of unparsed) findings.removeErrorsIn(path)
  for (const file of files) {
    // A file that evaluation never came across concerns no host.
    const hosts = met.has(file.path) ? fleet.concerned(file.path) : []
    for (const { range, severity, code, message } of file.problems) {
      const shown = severity === "hint" ? "information" : severity
      const said = { severity: shown, code, message: textOfBytes(message) } as const
      findings.add({ ...sourceRange(file, range), ...said, hosts, related: [] })
    }
  }
  for (const [seen, faults] of ev.faultyFiles) {
    const path = fleet.realPath(seen)
    if (unparsed.has(path)) continue
    const errors = new HostErrors(fleet, fleet.concerned(path))
    for (const fault of faults) errors.add(fault, firstLine(path, fleet.sources.get(path)))
    findings.addAll(errors.findings().map(fleet.explainedOfFlake))
  }
}

function isUnparsed({ problems }: SourceFile): boolean {
  return problems.some(({ severity }) => severity === "error")
}

/** What is wrong with the flake's own files. A missing input concerns only the hosts that need it. */
export function checkFlake(fleet: CheckedFleet): void {
  const { problems, hosts, findings, root } = fleet
  const unreadable = isUnreadable(fleet)
  const said = new Set<string>()
  for (const problem of problems) {
    const { file, range, code } = problem
    const key = [file, range.start.line, range.start.column, code].join("\0")
    // What a file seems to lack only follows from its syntax error.
    if (said.has(key) || (unreadable && file === `${root}/flake.nix`)) continue
    said.add(key)
    findings.add({
      ...problem,
      message: readableText(problem.message, fleet),
      hosts: code === "flake-input-missing" ? [] : hosts,
      related: [],
      ...fixOfProblem(code, problem.message),
    })
  }
}

/** Outputs whose hosts cannot even be listed, and those that nobody reads because they are misspelled. */
export function checkOutputs(fleet: CheckedFleet): void {
  const outputs = firstLine(fleet.entry, fleet.sources.get(fleet.entry))
  const errors = new HostErrors(fleet, [])
  for (const { error } of fleet.failures) if (!isSaid(error, fleet)) errors.add(error, outputs)
  fleet.findings.addAll([...errors.findings(), ...misspelledOutputs(fleet.outputs, fleet)])
}

/** Whether an error only repeats a problem of the flake's files, or a syntax error. */
function isSaid({ code, message }: EvalError, fleet: CheckedFleet): boolean {
  return (
    fleet.problems.some(problem => problem.severity === "error" && message.endsWith(problem.message)) ||
    (isUnreadable(fleet) && (code === "syntax" || message.startsWith(`${fleet.root}/flake.nix:`)))
  )
}

/** Whether flake.nix has a syntax error. */
function isUnreadable({ sources, root }: CheckedFleet): boolean {
  return (sources.get(`${root}/flake.nix`)?.problems.length ?? 0) > 0
}

/**
 * Files that are imported, or are next to imported files, and that Nix does not see because git does not track them. Where that is an
 * error, it is said at the import, and not here.
 */
export function checkTracked(fleet: CheckedFleet, untracked: readonly string[]): void {
  for (const path of untracked) {
    if (fleet.findings.tracks(textOfBytes(path))) continue
    fleet.findings.add({
      ...firstLine(path, fleet.sources.get(path)),
      severity: "warning",
      code: "untracked-file",
      message: `git does not track '${shortPath(path, fleet)}', so Nix does not see it`,
      hosts: [],
      related: [],
      fix: { kind: "track", path: textOfBytes(path) },
    })
  }
}

/** Packages that modules use and that are not available on some hosts, and fallbacks that can go. */
export function checkPackages({ findings }: CheckedFleet, { broken, fallbacks }: PackageReport): void {
  for (const reference of broken) {
    const { kind, file, hosts, why } = reference
    // The overlay that makes the package is at fault, and not who uses it.
    if (kind === "error" && findings.blamesOther(file, hosts, why)) continue
    const way = reference.fallback === undefined ? "" : `; '${reference.fallback}' is available`
    const on = reference.systems.filter(system => system !== "").join(", ")
    const finding: Finding = {
      ...sourceRange(reference.source, reference.range),
      severity: reference.conditional ? "warning" : "error",
      code: `package-${reference.kind === "error" ? "fails" : reference.kind}`,
      message: `'${reference.name}' is not available${on === "" ? "" : ` on ${on}`}: ${reference.why}${way}`,
      hosts: reference.hosts,
      related: [],
    }
    // The option that holds a package fails with the same error.
    if (reference.conditional) findings.add(finding)
    else findings.addInsteadOf(reference.why, finding)
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
      fix: { kind: "remove" },
    })
  }
}

/** Aspects that no host and no user's home imports. */
export function checkAspects(fleet: CheckedFleet): void {
  const { aspects, sources, containers, findings, graphsKnown, root } = fleet
  // It is not known what a host that does not evaluate imports.
  if (!graphsKnown || findings.misses(hostOutputs)) return
  const kindOf = ({ option, class: above }: Aspect) => `${option}\0${above}`
  const imported = new Set(aspects.filter(({ hosts }) => hosts.length > 0).map(kindOf))
  for (const aspect of aspects) {
    if (aspect.hosts.length > 0) continue
    const isOfHosts = hostClasses.has(aspect.class) || imported.has(kindOf(aspect))
    const meant = isOfHosts ? undefined : classMeant(aspect)
    if (!isOfHosts && meant === undefined) continue
    const own = aspect.files.filter(path => path.startsWith(`${root}/`))
    // An option that a framework writes to as well may have a use of its own, as den's schema of users does.
    if (!hostClasses.has(aspect.class) && own.length < aspect.files.length) continue
    // Hosts would refuse it: a module of clan makes modules of hosts.
    const stated = fleet.statedClass(aspect)
    if (meant === undefined && stated !== undefined && !hostClasses.has(stated)) continue
    const where = own.map(path => placeOfAspect(path, aspect, sources, containers)).find(Boolean)
    if (where === undefined) continue
    findings.add(meant === undefined ? unusedAspect(where, aspect) : misspelledClass(where, aspect, meant))
  }
}

function unusedAspect(where: SourceRange, { class: of, name }: Aspect): Finding {
  const message = `no host imports the aspect '${[of, name].filter(Boolean).join(".")}'`
  return { ...where, severity: "information", code: "unused-aspect", message, hosts: [], related: [] }
}

function placeOfAspect(
  path: string,
  aspect: Aspect,
  sources: SourceFiles,
  containers: readonly AspectContainer[],
): SourceRange | undefined {
  const file = sources.get(path)
  if (file === undefined) return undefined
  const site = sources.sitesOf(file, containers).find(site => {
    const found = aspectAt(site.aspect, containers)
    return found !== undefined && aspectKey(found) === aspectKey(aspect)
  })
  const places = sources.placesOf(file)
  const whole = places.find(({ names }) => site && sameNames(names.slice(-site.aspect.length), site.aspect))
  const range = (whole ?? site ?? places.find(({ names }) => leadInto(names, aspect)))?.range
  return range === undefined ? firstLine(path, file) : sourceRange(file, range)
}

/**
 * Whether names in a file lead to or into an aspect, by its own names and the last of its option's. A file of a flake-parts
 * partition does not say where the partition's options lie.
 */
function leadInto(names: readonly string[], aspect: Aspect): boolean {
  const own = [...splitAttrPath(aspect.name), ...(aspect.class === "" ? [] : [aspect.class])]
  const start = names.indexOf(splitAttrPath(aspect.option).at(-1) ?? "") + 1
  const below = names.slice(start, start + own.length)
  return start > 0 && below.length === own.length && own.every(name => below.includes(name))
}

/** Vars that a host's generators make and that are not on disk. */
export function checkVars(fleet: CheckedFleet, vars: readonly VarFile[]): void {
  for (const { host, generator, file, present, path } of vars) {
    if (present) continue
    const where = fileOfHost(fleet, host)
    const message = `the var '${generator}/${file}' is missing (${shortPath(path, fleet)}); 'clan vars generate ${host}' makes it`
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
