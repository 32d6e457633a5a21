// The aspects of a fleet: which options hold them, what they are called, and which files they are written in.

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
  heldModules,
  type ModuleOption,
  type ModuleStep,
  moduleOptions,
  tryAttrs,
  tryForce,
  tryList,
  tryText,
} from "../../modules/index.js"
import { beginsWith, joinAttrPath, splitAttrPath } from "../attr-path.js"
import { isClanOption } from "../frameworks/clan.js"
import type { Aspect, AspectContainer, AspectName } from "../model.js"
import { aliased } from "./aspect-aliases.js"
import type { Importers } from "./aspect-importers.js"
import { aspectKey, hostClasses, nameBelow } from "./aspect-path.js"

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
    const options = moduleOptions(ev, configuration, isClanOption, at)
    yield options
    for (const submodule of options.submodules) {
      if (!known.has(identityOf(submodule))) queue.push(submodule)
      known.add(identityOf(submodule))
    }
  }
}

function isAlias({ aliasOf }: ModuleOption): boolean {
  return aliasOf !== undefined
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

/** The containers of aspects that some options are. */
export function containersOf(options: readonly ModuleOption[]): AspectContainer[] {
  return distinctContainers(
    options.map(({ aliasOf, ...option }) => {
      const { path, steps } = option
      const container = { option: path, depth: steps.length, ...shapeOf(option) }
      if (aliasOf === undefined) return container
      const { whole, names } = aliasOf
      return { ...container, aliasOf: { option: whole.path, names, ...shapeOf(whole) } }
    }),
  )
}

function shapeOf({ steps, nameAt, called }: ModuleOption): Pick<AspectContainer, "shape"> {
  const anyNames = steps.every(step => "not" in step && step.not.length === 0)
  if (anyNames && nameAt >= steps.length - 1 && called === undefined) return {}
  return { shape: { steps, nameAt, ...(called === undefined ? {} : { called }) } }
}

function distinctContainers(containers: readonly AspectContainer[]): AspectContainer[] {
  return [...new Map(containers.map(container => [JSON.stringify(container), container])).values()]
}

/** The aspects in options, whether or not anybody imports them. */
export interface HeldAspects {
  readonly containers: readonly AspectContainer[]
  readonly sightings: readonly Sighting[]
}

interface Sighting {
  readonly name: AspectName
  readonly files: readonly string[]
}

/** @param realPath from a path as evaluation sees it to the file on disk */
export function heldAspects(
  ev: Evaluator,
  options: readonly ModuleOption[],
  realPath: (seen: string) => string,
): HeldAspects {
  const held = options
    .filter(option => !isAlias(option))
    .flatMap(option =>
      heldModules(ev, option).map(({ names, files }) => ({
        path: [...option.path, ...names],
        name: nameBelow(option.path, names, option),
        files: files.map(realPath),
      })),
    )
  return { containers: containersOf(options), sightings: joinedSightings(withoutRepeated(held)) }
}

/** A configuration that extends the one around it (a partition of flake-parts) holds all aspects of that one again, below its path. */
function withoutRepeated<S extends Sighting & { readonly path: readonly string[] }>(held: readonly S[]): S[] {
  const filesOf = new Map(held.map(({ path, files }) => [joinAttrPath(path), files]))
  return held.filter(
    ({ path, files }) =>
      !path.some((_, i) => {
        const same = i === 0 ? undefined : filesOf.get(joinAttrPath(path.slice(i)))
        return same !== undefined && files.every(file => same.includes(file))
      }),
  )
}

/** The aspects of several hosts, joined. */
export function joinedAspects(held: readonly HeldAspects[]): HeldAspects {
  return {
    containers: distinctContainers(held.flatMap(({ containers }) => containers)),
    sightings: joinedSightings(held.flatMap(({ sightings }) => sightings)),
  }
}

/** Each aspect once, with the files of every configuration that has it. */
function joinedSightings(sightings: readonly Sighting[]): Sighting[] {
  const found = new Map<string, Sighting>()
  for (const { name, files } of sightings) {
    const key = aspectKey(name)
    const all = [...(found.get(key)?.files ?? []), ...files]
    found.set(key, { name, files: [...new Set(all)].sort() })
  }
  return [...found.values()]
}

/**
 * All aspects of the fleet. One that only files of inputs define counts if a host imports it, and so does an option that is itself
 * one module (flake-parts' `perSystem`). Options of inputs that nobody evaluated before the hosts are not looked into: what hosts
 * import from there is known by its importers.
 * @param importers who imports each
 * @param isOwn whether a file on disk belongs to the fleet
 * @param realPath from a path as evaluation sees it to the file on disk
 */
export function listAspects(
  { containers, sightings }: HeldAspects,
  importers: ReadonlyMap<string, Importers>,
  isOwn: (file: string) => boolean,
  realPath: (seen: string) => string,
): Aspect[] {
  const seen = new Set(sightings.map(({ name }) => aspectKey(name)))
  const unseen = [...importers.values()].filter(({ aspect }) => !seen.has(aspectKey(aspect)))
  const imported = unseen.map(({ aspect, files }) => ({ name: aspect, files: Array.from(files, realPath) }))
  return [...sightings, ...imported]
    .filter(
      ({ name, files }) =>
        importers.has(aspectKey(name)) ||
        (files.some(isOwn) && (name.class !== "" || isNamed(name, containers))),
    )
    .map(({ name, files }) => {
      const found = importers.get(aspectKey(name))
      return { ...name, files, hosts: [...(found?.hosts ?? [])], importedBy: [...(found?.importedBy ?? [])] }
    })
}

/** Whether there is an attribute name between the option and the module. */
function isNamed(name: AspectName, containers: readonly AspectContainer[]): boolean {
  return containers.some(({ option, depth }) => depth > 0 && joinAttrPath(option) === name.option)
}
