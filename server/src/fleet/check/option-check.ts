// Finds options that fail: on each host, every option that the fleet's own files set is evaluated, and the option tree is checked
// for definitions of options that do not exist.

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
  valueErrors,
  withoutCheck,
} from "../../modules/index.js"
import { splitAttrPath } from "../attr-path.js"
import { userHomes } from "../frameworks/home-manager.js"
import type { HostHandle } from "../hosts/host-handle.js"
import type { Finding, SourceRange } from "../model.js"
import type { DefinitionSite } from "../texts/definition-sites.js"
import { type SourceFile, sourceRange } from "../texts/source-files.js"
import { assertionFindings } from "./assertions.js"
import { DoneSteps } from "./done-steps.js"
import { isOwnFile } from "./error-summary.js"
import { type ErrorReporting, HostErrors, type PlacedSite } from "./host-errors.js"
import { fileOfHost } from "./host-file.js"
import { whereItBelongs } from "./other-level.js"
import { compareRanges } from "./place-order.js"

export interface OptionCheck extends ErrorReporting {
  readonly ev: Evaluator
}

interface CheckedHost extends OptionCheck {
  readonly errors: HostErrors
  /** Where errors are reported that have no place in the fleet's files. */
  readonly fallback: SourceRange
  readonly begun: BegunCheck
}

/** What is known of a host whose check was interrupted. It holds no values. */
export class BegunCheck {
  /** What fails, by place. */
  readonly failures = new DoneSteps<readonly EvalError[]>()
  /** What the host's modules say, by option and place in its list. */
  readonly said = new DoneSteps<readonly Finding[]>()
}

/** What is wrong with the options of one host. */
export function checkHost(check: OptionCheck, host: HostHandle, begun: BegunCheck): Finding[] {
  const configuration = host.configuration()
  const homes = configuration instanceof Attrs ? userHomes(check.ev, configuration) : []
  const errors = new HostErrors(check, [host.name], error => {
    return configuration instanceof Attrs ? whereItBelongs(check.ev, error, configuration, homes) : undefined
  })
  const fallback = fileOfHost(check, host.name)
  const checked: CheckedHost = { ...check, errors, fallback, begun }
  if (!(configuration instanceof Attrs)) {
    errors.add(configuration, fallback)
    return errors.findings()
  }
  for (const complaint of host.complaints()) errors.add(complaint, fallback)
  const sites = checkConfiguration(checked, configuration, host.graph() ?? [], "")
  for (const { user, configuration: home } of homes)
    checkConfiguration(checked, home, moduleGraph(check.ev, home) ?? [], user)
  const said = assertionFindings(check, configuration, { host: host.name, sites, fallback, done: begun.said })
  return [...errors.findings().filter(finding => !isSaidOfRemoved(finding, said)), ...said]
}

/** An option that was removed: setting it breaks an assertion, and reading it throws. */
function isSaidOfRemoved(finding: Finding, said: readonly Finding[]): boolean {
  return (
    /^The option `.+?' can no longer be used since it's been removed/.test(finding.message) &&
    said.some(({ code, ...other }) => code === "failed-assertion" && compareRanges(finding, other) === 0)
  )
}

/** Evaluates what the fleet's files set in a configuration: the host's, or that of a user's home on it. */
function checkConfiguration(
  check: CheckedHost,
  given: Attrs,
  graph: readonly ModuleNode[],
  user: string,
): PlacedSite[] {
  const { ev, errors, fallback, begun } = check
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
  const add = (does: string, { file, site }: PlacedSite, look: (target: Target) => readonly EvalError[]) => {
    const step = keyOf([user, does, file.path, String(site.range.start), ...site.path])
    const found = begun.failures.once(step, () => failures(site, look))
    for (const error of found) errors.add(error, sourceRange(file, site.range))
  }
  const sites = sitesOf(check, graph, file => check.sources.sitesOf(file, check.containers))
  errors.know(sites)
  const isOwn = (file: string) => isOwnFile(check.moduleFile(file), check)
  for (const site of sites)
    if (!isOfVirtualMachine(site))
      add("set", site, target =>
        target.kind === "option" || target.kind === "member" ? valueErrors(ev, target, isOwn) : [],
      )
  // A declaration that fails takes its option away, even if nobody sets it.
  for (const site of sitesOf(check, graph, file => check.sources.declarationsOf(file, check.containers)))
    add("declare", site, target => (target.kind === "option" ? declarationErrors(ev, target) : []))
  return sites
}

/**
 * Whether a site sets what a host is as a virtual machine: a second whole system, which nothing of the host needs and only
 * `nixos-rebuild build-vm` evaluates. Looking into it took 5 of the 12 s of checking such a host.
 */
function isOfVirtualMachine({ site }: PlacedSite): boolean {
  return site.path[0] === "virtualisation" && /^vmVariant/.test(site.path[1] ?? "")
}

/** The sites of a kind in the modules of a configuration: its files, and its aspects in files. */
function sitesOf(
  check: OptionCheck,
  graph: readonly ModuleNode[],
  list: (file: SourceFile) => readonly DefinitionSite[],
): PlacedSite[] {
  const aspects = new Map<string, Set<string>>()
  for (const { file, via, disabled } of allModules(graph)) {
    if (disabled) continue
    const path = check.moduleFile(file)
    const labels = via.length === 0 ? [OWN] : via.map(label => keyOf(splitAttrPath(label)))
    aspects.set(path, new Set([...(aspects.get(path) ?? []), ...labels]))
  }
  return check.files.flatMap(file => {
    const labels = aspects.get(file.path)
    if (labels === undefined) return []
    return list(file)
      .filter(({ aspect }) => labels.has(keyOf(aspect)))
      .map(site => ({ file, site }))
  })
}

function keyOf(names: readonly string[]): string {
  return names.join("\0")
}

/** The key of a module that came through no aspect. */
const OWN = keyOf([])
