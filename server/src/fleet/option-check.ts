// Options that fail: for each host, every option that the fleet's own files set is evaluated, and the option tree is
// asked whether something was set that does not exist.

import { Attrs, type EvalError, type Evaluator, intern } from "../eval/index.js"
import {
  attempt,
  findTarget,
  renderValue,
  tryAttr,
  tryAttrs,
  tryForce,
  tryList,
  tryText,
} from "../modules/index.js"
import { joinAttrPath, splitAttrPath } from "./aspect-path.js"
import { type DefinitionSite, findSite } from "./definition-sites.js"
import { type ErrorSurroundings, errorFinding, type FindingList, firstLine } from "./findings.js"
import type { HostHandle } from "./hosts.js"
import type { AspectContainer, SourceRange } from "./model.js"
import { type ModuleUse, usesOfFile } from "./module-uses.js"
import { type SourceFile, sourceRange } from "./source-files.js"

export interface OptionCheck extends ErrorSurroundings {
  readonly ev: Evaluator
  readonly files: readonly SourceFile[]
  readonly containers: readonly AspectContainer[]
  readonly uses: ReadonlyMap<string, readonly ModuleUse[]>
  readonly findings: FindingList
}

interface PlacedSite {
  readonly file: SourceFile
  readonly site: DefinitionSite
}

/** Checks one host. */
export function checkHost(check: OptionCheck, host: HostHandle): void {
  const flake = firstLine(`${check.root}/flake.nix`, check.sources.get(`${check.root}/flake.nix`))
  const configuration = host.configuration()
  if (!(configuration instanceof Attrs))
    return check.findings.add(errorFinding(configuration, [host.name], flake, check))
  const options = attempt(check.ev, () => check.ev.attrs(configuration.get(intern("options")) ?? null))
  if (options.error !== undefined)
    return check.findings.add(errorFinding(options.error, [host.name], flake, check))
  const sites = sitesOfHost(check, host)
  for (const placed of sites) checkSite(check, host, configuration, placed)
  checkUnknown(check, host, configuration, sites, flake)
  checkAssertions(check, host, configuration, flake)
}

/** The sites that set options of this host: in its own files, and in those of the aspects it imports. */
function sitesOfHost(check: OptionCheck, host: HostHandle): PlacedSite[] {
  return check.files
    .filter(file => check.uses.get(file.path)?.some(use => use.host === host.name))
    .flatMap(file =>
      check.sources
        .sitesOf(file, check.containers)
        .filter(({ aspect }) => usesOfFile(check.uses, file.path, aspect).includes(host.name))
        .map(site => ({ file, site })),
    )
}

/** Evaluates the option that a site sets; deep enough to see a wrong type in an element. */
function checkSite(
  check: OptionCheck,
  host: HostHandle,
  configuration: Attrs,
  { file, site }: PlacedSite,
): void {
  const outcome = attempt(check.ev, () => {
    const target = findTarget(check.ev, configuration, site.path)
    return target.kind === "option" ? optionError(check.ev, target.option) : undefined
  })
  const error = outcome.error ?? outcome.value
  if (error !== undefined) reportAtSite(check, host, error, sourceRange(file, site.range))
}

/** Why the value of an option cannot be had. */
function optionError(ev: Evaluator, option: Attrs): EvalError | undefined {
  const place = option.get(intern("value"))
  if (place === undefined) return undefined
  const outcome = attempt(ev, () => ev.force(place))
  // An option that is only partly defined is no mistake until somebody needs it.
  if (outcome.error !== undefined)
    return /has no value defined/.test(outcome.error.message) ? undefined : outcome.error
  renderValue(ev, outcome.value)
  return undefined
}

function reportAtSite(check: OptionCheck, host: HostHandle, error: EvalError, site: SourceRange): void {
  // The site is where the person wrote what fails; deeper places in their own files only matter if they are elsewhere.
  const finding = errorFinding(error, [host.name], site, check)
  const isTypeError = /is not of type|conflicting definition values|is read-only/.test(error.message)
  check.findings.add(isTypeError ? { ...finding, ...definitionNamed(check, error.message, site) } : finding)
}

/** The site that a message of the module system means: it names a file, `- In \`FILE'`. */
function definitionNamed(check: OptionCheck, message: string, fallback: SourceRange): SourceRange {
  const option = /option `([^']+)'/.exec(message)?.[1]
  const files = Array.from(message.matchAll(/In `([^',]+)/g), found => check.realPath(found[1]))
  if (option === undefined || files.includes(fallback.file)) return fallback
  for (const path of files) {
    const file = check.sources.get(path)
    const sites = file === undefined ? [] : check.sources.sitesOf(file, check.containers)
    const site = sites.find(({ path: names }) => joinAttrPath(names) === option)
    if (file !== undefined && site !== undefined) return sourceRange(file, site.range)
  }
  return fallback
}

/** Options that are set but declared nowhere: the configuration itself says so when it is read from outside. */
function checkUnknown(
  check: OptionCheck,
  host: HostHandle,
  configuration: Attrs,
  sites: readonly PlacedSite[],
  fallback: SourceRange,
): void {
  const outcome = attempt(check.ev, () => check.ev.attrs(configuration.get(intern("config")) ?? null))
  if (outcome.error === undefined) return
  const name = /The option `([^']+)' does not exist/.exec(outcome.error.message)?.[1]
  const found = name === undefined ? undefined : siteOf(sites, splitAttrPath(name))
  const where = found === undefined ? fallback : sourceRange(found.file, found.site.range)
  const finding = errorFinding(outcome.error, [host.name], where, check)
  check.findings.add(name === undefined ? finding : { ...finding, ...where, code: "unknown-option" })
}

function siteOf(sites: readonly PlacedSite[], path: readonly string[]): PlacedSite | undefined {
  return sites.find(
    ({ site }) => findSite([site], path, site.aspect).length > 0 && site.path.length === path.length,
  )
}

/** Assertions that do not hold, and warnings, as the system's own build would print them. */
function checkAssertions(
  check: OptionCheck,
  host: HostHandle,
  configuration: Attrs,
  where: SourceRange,
): void {
  const { ev, findings } = check
  const about = { ...where, hosts: [host.name], related: [] }
  for (const place of listOption(ev, configuration, "assertions")) {
    const assertion = tryForce(ev, place)
    if (!(assertion instanceof Attrs) || tryAttr(ev, assertion, "assertion") !== false) continue
    const message = tryText(ev, assertion, "message") ?? "an assertion does not hold"
    findings.add({ ...about, severity: "error", code: "failed-assertion", message })
  }
  for (const place of listOption(ev, configuration, "warnings")) {
    const message = tryForce(ev, place)
    if (typeof message === "string")
      findings.add({ ...about, severity: "warning", code: "host-warning", message })
  }
}

function listOption(ev: Evaluator, configuration: Attrs, name: string) {
  const options = tryAttrs(ev, configuration, "options")
  const option = options === undefined ? undefined : tryAttrs(ev, options, name)
  return option === undefined ? [] : tryList(ev, option, "value")
}
