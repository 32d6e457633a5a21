// The options that hold aspects, among all configurations that evaluating a fleet makes.

import {
  type Attrs,
  type Evaluator,
  identityOf,
  intern,
  isString,
  textOf,
  textOfBytes,
} from "../../eval/index.js"
import {
  type FoundOptions,
  fitsStep,
  type ModuleOption,
  type ModuleStep,
  moduleOptions,
  tryAttrs,
  tryForce,
  tryList,
  tryText,
} from "../../modules/index.js"
import { beginsWith, splitAttrPath } from "../attr-path.js"
import { isClanConfiguration, isClanOption } from "../frameworks/clan.js"
import { aliased } from "./aspect-aliases.js"
import { hostClasses } from "./aspect-path.js"

/**
 * Every option with aspects in the configurations that evaluating the outputs made. Inputs are often made like the fleet
 * (clan-core is a flake-parts flake, too), so one path may occur several times.
 * @param at path of the only options of interest
 */
export function moduleOptionsOf(
  ev: Evaluator,
  configurations: readonly Attrs[],
  at: readonly string[] = [],
): ModuleOption[] {
  const all = [...withSubmodules(ev, configurations, at)]
  const found = all.flatMap(it => it.found)
  const own = found.filter(
    option => !found.some(other => isSeenFromInside(option, other) || isMember(option, other)),
  )
  const aliases = all.flatMap(it => it.aliases)
  return [...own, ...aliases.flatMap(alias => own.flatMap(option => aliased(alias, option)))]
}

/** What is found in some configurations, and in submodules of theirs that nothing has evaluated yet. */
function* withSubmodules(
  ev: Evaluator,
  configurations: readonly Attrs[],
  at: readonly string[],
): Generator<FoundOptions> {
  const queue = [...configurations]
  const known = new Set(queue.map(identityOf))
  for (const configuration of queue) {
    if (isClanConfiguration(ev, configuration)) continue
    const options = moduleOptions(ev, configuration, isClanOption, at)
    yield options
    for (const submodule of options.submodules) {
      if (!known.has(identityOf(submodule))) queue.push(submodule)
      known.add(identityOf(submodule))
    }
  }
}

/**
 * The same for configurations that only evaluating a host makes: if a flake spells out the names of its hosts, listing them needs
 * no aspects. Labels of modules say which options to look for, so that most configurations need not be looked into.
 * @param labels of the host's modules
 * @param late the configurations that evaluating hosts made
 */
export function lateModuleOptions(
  ev: Evaluator,
  labels: Iterable<string>,
  late: readonly Attrs[],
): readonly ModuleOption[] {
  const paths = Array.from(labels, splitAttrPath)
  if (paths.length === 0) return []
  const starts = new Set(paths.map(([name]) => name))
  const holders = late.filter(configuration => {
    const declared = isHost(ev, configuration) ? undefined : tryAttrs(ev, configuration, "options")
    if (declared === undefined) return false
    if (Array.from(starts).some(name => declared.has(intern(name)))) return true
    const above = pathOf(ev, declared)
    return above.length > 0 && paths.some(path => beginsWith(path, above))
  })
  return moduleOptionsOf(ev, holders)
}

/** The path of the option that a configuration is a submodule of, which its own options do not repeat; empty for any other. */
function pathOf(ev: Evaluator, options: Attrs): string[] {
  const args = tryAttrs(ev, options, "_module", "args")
  const names = args === undefined ? [] : tryList(ev, args, "loc").map(place => tryForce(ev, place))
  return names
    .slice(0, -2)
    .map(name => (name !== undefined && isString(name) ? textOfBytes(textOf(name)) : ""))
}

function isHost(ev: Evaluator, configuration: Attrs): boolean {
  return hostClasses.has(tryText(ev, configuration, "class") ?? "")
}

/** A submodule is also evaluated on its own, for its documentation: its options then have shorter paths. */
function isSeenFromInside(option: ModuleOption, other: ModuleOption): boolean {
  const offset = other.path.length - option.path.length
  return (
    offset > 0 && sameSteps(option.steps, other.steps) && beginsWith(other.path.slice(offset), option.path)
  )
}

/** Members of a set of submodules are evaluated on their own, too: `fleet.aspects.base.nixos` is part of `fleet.aspects`. */
function isMember(option: ModuleOption, other: ModuleOption): boolean {
  const names = option.path.slice(other.path.length)
  return (
    names.length > 0 &&
    beginsWith(option.path, other.path) &&
    names.length <= other.steps.length &&
    names.every((name, i) => fitsStep(name, other.steps[i])) &&
    sameSteps(option.steps, other.steps.slice(names.length))
  )
}

function sameSteps(a: readonly ModuleStep[], b: readonly ModuleStep[]): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
