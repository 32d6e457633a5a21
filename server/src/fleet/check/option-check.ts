// Finds options that fail: on each host, every option that the fleet's own files set is evaluated, and the option tree is checked
// for definitions of options that do not exist.

import type { TextRange } from "../../base/index.js"
import { Attrs, type EvalError, type Evaluator, intern } from "../../eval/index.js"
import {
  allModules,
  attempt,
  declarationErrors,
  findTarget,
  type ModuleNode,
  moduleGraph,
  refusalsOf,
  type Target,
  tryAttr,
  valueErrors,
  withoutCheck,
} from "../../modules/index.js"
import { splitAttrPath } from "../attr-path.js"
import { userHomes } from "../frameworks/home-manager.js"
import type { HostHandle } from "../hosts/host-handle.js"
import type { Finding, SourceRange } from "../model.js"
import type { AttributePlace } from "../texts/attribute-places.js"
import type { DefinitionSite } from "../texts/definition-sites.js"
import { type SourceFile, sourceRange } from "../texts/source-files.js"
import { assertionFindings } from "./assertions.js"
import { DoneSteps } from "./done-steps.js"
import { isOwnFile } from "./error-summary.js"
import { type HiddenIn, type HiddenSites, hiddenDeclarations, hiddenDefinitions } from "./hidden-sites.js"
import { type ErrorReporting, HostErrors, type PlacedSite } from "./host-errors.js"
import { fileOfHost } from "./host-file.js"
import { importedTwice } from "./imported-twice.js"
import { givesModules, isOfOtherHost, namelessFiles } from "./inline-sites.js"
import { declaredAgain } from "./module-complaint.js"
import { whereItBelongs } from "./other-level.js"
import { compareRanges } from "./place-order.js"

export interface OptionCheck extends ErrorReporting {
  readonly ev: Evaluator
}

interface CheckedHost extends OptionCheck {
  readonly host: string
  readonly errors: HostErrors
  /** Where errors are reported that have no place in the fleet's files. */
  readonly fallback: SourceRange
  readonly begun: BegunCheck
  /** The user whose home is checked; empty for the host itself. */
  readonly user: string
}

/** What is known of a host whose check was interrupted. It holds no values. */
export class BegunCheck {
  /** What fails, by place. */
  readonly failures = new DoneSteps<readonly EvalError[]>()
  /** What the host's modules say, by option and place in its list. */
  readonly said = new DoneSteps<readonly Finding[]>()
  /** Whether a place sets or declares an option. */
  readonly hidden = new DoneSteps<boolean>()
}

/** What is wrong with the options of one host. */
export function checkHost(check: OptionCheck, host: HostHandle, begun: BegunCheck): Finding[] {
  const configuration = host.configuration()
  const homes = configuration instanceof Attrs ? userHomes(check.ev, configuration) : []
  const graphs = () => [host.graph() ?? [], ...host.homeGraphs()]
  const errors = new HostErrors(check, [host.name], {
    belongs: error =>
      configuration instanceof Attrs ? whereItBelongs(check.ev, error, configuration, homes) : undefined,
    importedTwice: error =>
      declaredAgain(error) &&
      graphs()
        .map(graph => importedTwice(error, graph))
        .find(Boolean),
  })
  const fallback = fileOfHost(check, host.name)
  const checked: CheckedHost = { ...check, host: host.name, errors, fallback, begun, user: "" }
  if (!(configuration instanceof Attrs)) {
    errors.add(configuration, fallback)
    return errors.findings()
  }
  for (const complaint of host.complaints()) errors.add(complaint, fallback)
  const sites = checkConfiguration(checked, configuration, host.graph() ?? [])
  for (const { user, configuration: home } of homes)
    checkConfiguration({ ...checked, user }, home, moduleGraph(check.ev, home) ?? [])
  const said = assertionFindings(check, configuration, { host: host.name, sites, fallback, done: begun.said })
  // Nix refuses a system whose assertions fail to evaluate, also where no file of the fleet is known to set the reason.
  if (errors.findings().length === 0)
    for (const error of begun.failures.once(keyOf(["lists"]), () => listErrors(check.ev, configuration)))
      errors.add(error, fallback)
  return [...errors.findings().filter(finding => !isSaidOfRemoved(finding, said)), ...said]
}

/** Why there is no list of assertions or of warnings: the first reason, where both have the same. */
function listErrors(ev: Evaluator, configuration: Attrs): EvalError[] {
  const errors = ["assertions", "warnings"].flatMap(name => {
    const option = tryAttr(ev, configuration, "options", name)
    if (!(option instanceof Attrs)) return []
    const { error } = attempt(ev, () => ev.force(option.get(intern("value")) ?? null))
    return error === undefined ? [] : [error]
  })
  return errors.slice(0, 1)
}

/** An option that was removed: setting it breaks an assertion, and reading it throws. */
function isSaidOfRemoved(finding: Finding, said: readonly Finding[]): boolean {
  return (
    /^The option `.+?' can no longer be used since it's been removed/.test(finding.message) &&
    said.some(({ code, ...other }) => code === "failed-assertion" && compareRanges(finding, other) === 0)
  )
}

/** Evaluates what the fleet's files set in a configuration: the host's, or that of a user's home on it. */
function checkConfiguration(check: CheckedHost, given: Attrs, graph: readonly ModuleNode[]): PlacedSite[] {
  const { ev, errors, fallback, begun, user } = check
  const refusals = refusalsOf(ev, given)
  for (const error of refusals) errors.add(error, fallback)
  const configuration = (refusals.length > 0 && withoutCheck(ev, given)) || given
  for (const part of ["options", "config"]) {
    const outcome = attempt(ev, () => ev.attrs(configuration.get(intern(part)) ?? null))
    if (outcome.error === undefined) continue
    // If the configuration as a whole fails, every option would report the same.
    errors.add(outcome.error, fallback)
    return []
  }
  const failures = ({ path }: DefinitionSite, look: (target: Target) => readonly EvalError[]) => {
    const outcome = attempt(ev, () => {
      const target = findTarget(ev, configuration, path)
      if (target.kind !== "missing") return look(target)
      return target.error === undefined ? [] : [target.error]
    })
    return outcome.error === undefined ? outcome.value : [outcome.error]
  }
  const failuresAt = (
    does: string,
    { file, site }: PlacedSite,
    look: (target: Target) => readonly EvalError[],
  ) => {
    const step = keyOf([user, does, file.path, String(site.range.start), ...site.path])
    return begun.failures.once(step, () => failures(site, look))
  }
  const modules = labelsOf(check, graph)
  const isOfFleet = (file: string) => isOwnFile(check.moduleFile(file), check)
  const nameless = namelessFiles(graph, isOfFleet)
  const isOwn = (file: string) => nameless.has(file) || isOfFleet(file)
  const sites = [
    ...definitionSites(check, configuration, modules),
    ...inlineSites(check, configuration, nameless),
  ]
  errors.know(sites)
  for (const placed of sites) {
    if (isOfVirtualMachine(placed) || isHelper(placed)) continue
    const found = failuresAt("set", placed, target =>
      target.kind === "option" || target.kind === "member" ? valueErrors(ev, target, isOwn) : [],
    )
    for (const error of found) errors.add(error, sourceRange(placed.file, placed.site.range))
  }
  // A declaration that fails takes its option away, even if nobody sets it.
  const declarations = sitesOf(check, configuration, modules, {
    written: file => check.sources.declarationsOf(file, check.containers),
    hidden: hiddenDeclarations,
  })
  for (const placed of declarations) {
    const found = failuresAt("declare", placed, target =>
      target.kind === "option" ? declarationErrors(ev, target) : [],
    )
    for (const error of found)
      errors.addDeclaration(error, sourceRange(placed.file, placed.site.range), placed.site.path)
  }
  return sites
}

/**
 * Whether a site sets what a host is as a virtual machine: a second whole system, which nothing of the host needs and only
 * `nixos-rebuild build-vm` evaluates. Looking into it took 5 of the 12 s of checking such a host.
 */
function isOfVirtualMachine({ site }: PlacedSite): boolean {
  return site.path[0] === "virtualisation" && /^vmVariant/.test(site.path[1] ?? "")
}

/**
 * Whether a site sets what modules help each other with, for which every class has the option `lib`. It may well throw on a host that
 * has no use for it, such as the primary user of a machine without users, and whatever needs it fails with it.
 */
function isHelper({ site }: PlacedSite): boolean {
  return site.path[0] === "lib"
}

/** The fleet's own files among the modules of a configuration, each with the aspects through which it came. */
type Modules = ReadonlyMap<SourceFile, ReadonlySet<string>>

function labelsOf(check: CheckedHost, graph: readonly ModuleNode[]): Modules {
  const aspects = new Map<string, Set<string>>()
  for (const { file, via, disabled } of allModules(graph)) {
    if (disabled) continue
    const path = check.moduleFile(file)
    const labels = via.length === 0 ? [OWN] : via.map(label => keyOf(splitAttrPath(label)))
    aspects.set(path, new Set([...(aspects.get(path) ?? []), ...labels]))
  }
  return new Map(
    check.files.flatMap(file => {
      const labels = aspects.get(file.path)
      return labels === undefined ? [] : [[file, labels] as const]
    }),
  )
}

/**
 * The sites of a kind in the modules of a configuration.
 * @param written lists those that a file's text places
 * @param hidden finds those that only evaluation places
 */
function sitesOf(
  check: CheckedHost,
  configuration: Attrs,
  modules: Modules,
  { written, hidden }: { written: (file: SourceFile) => readonly DefinitionSite[]; hidden: HiddenSites },
): PlacedSite[] {
  return Array.from(modules).flatMap(([file, labels]) => {
    const known = written(file).filter(({ aspect }) => labels.has(keyOf(aspect)))
    const others = hidden(placesBeside(known, file, check), hiddenIn(check, configuration, file))
    return [...known, ...others].map(site => ({ file, site }))
  })
}

function definitionSites(check: CheckedHost, configuration: Attrs, modules: Modules): PlacedSite[] {
  const written = (file: SourceFile) => check.sources.sitesOf(file, check.containers)
  return sitesOf(check, configuration, modules, { written, hidden: hiddenDefinitions })
}

/** The definitions in modules that have no file of their own. */
function inlineSites(check: CheckedHost, configuration: Attrs, nameless: ReadonlySet<string>): PlacedSite[] {
  const { files, sources, entry, host } = check
  return files.flatMap(file => {
    const places = sources.placesOf(file)
    if (file.path !== entry && !givesModules(places)) return []
    const where = hiddenIn(check, configuration, file)
    const once: HiddenIn["once"] = (does, place, find) => where.once(`inline ${does}`, place, find)
    const own = places.filter(place => !isOfOtherHost(place, host))
    const sites = hiddenDefinitions(own, { ...where, once, isFile: seen => nameless.has(seen) })
    return sites.map(site => ({ file, site }))
  })
}

/** The attributes of a file that are neither some known places nor in their values. */
function placesBeside(
  known: readonly DefinitionSite[],
  file: SourceFile,
  { sources }: CheckedHost,
): AttributePlace[] {
  const isKnown = ({ start }: TextRange) =>
    known.some(({ range, value }) => range.start === start || (value.start <= start && start < value.end))
  return sources.placesOf(file).filter(({ range }) => !isKnown(range))
}

function hiddenIn(check: CheckedHost, configuration: Attrs, { path }: SourceFile): HiddenIn {
  const { ev, moduleFile, begun, user } = check
  return {
    ev,
    configuration,
    isFile: seen => moduleFile(seen) === path,
    once: (does, { range }, find) => begun.hidden.once(keyOf([user, path, does, String(range.start)]), find),
  }
}

function keyOf(names: readonly string[]): string {
  return names.join("\0")
}

/** The key of a module that came through no aspect. */
const OWN = keyOf([])
