// The aspects of a fleet: the containers that hold them, what they are called, and which files they are written in.

import type { Evaluator } from "../../eval/index.js"
import { heldModules, type ModuleOption } from "../../modules/index.js"
import { joinAttrPath, splitAttrPath } from "../attr-path.js"
import type { Aspect, AspectContainer, AspectName } from "../model.js"
import { filesBehind } from "./aspect-aliases.js"
import type { Importers } from "./aspect-importers.js"
import { aspectKey, aspectOf, nameBelow } from "./aspect-path.js"

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
  /** For labels of modules whose aspects are no values in the options (a function makes them): the files that set what is there. */
  readonly written: ReadonlyMap<string, readonly string[]>
}

interface Sighting {
  readonly name: AspectName
  readonly files: readonly string[]
}

/**
 * @param labels of modules that hosts import
 * @param realPath from a path as evaluation sees it to the file on disk
 */
export function heldAspects(
  ev: Evaluator,
  options: readonly ModuleOption[],
  labels: Iterable<string>,
  realPath: (seen: string) => string,
): HeldAspects {
  const isAlias = ({ aliasOf }: ModuleOption) => aliasOf !== undefined
  const behind = filesBehind(ev, options.filter(isAlias))
  const held = options
    .filter(option => !isAlias(option))
    .flatMap(option =>
      heldModules(ev, option).map(({ names, files }) => {
        const path = [...option.path, ...names]
        return { path, name: nameBelow(option.path, names, option), files: behind(path, files).map(realPath) }
      }),
    )
  const containers = containersOf(options)
  const sightings = joinedSightings(withoutRepeated(held))
  const seen = keysOf(sightings)
  const unseen = Array.from(labels).filter(label => {
    const aspect = aspectOf(label, containers)
    return aspect !== undefined && !seen.has(aspectKey(aspect))
  })
  const setting = filesBehind(ev, options)
  const written = new Map(unseen.map(label => [label, setting(splitAttrPath(label), []).map(realPath)]))
  return { containers, sightings, written }
}

/** The keys of aspects that options hold as values. */
export function keysOf(sightings: readonly Sighting[]): ReadonlySet<string> {
  return new Set(sightings.map(({ name }) => aspectKey(name)))
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
    written: new Map(held.flatMap(({ written }) => [...written])),
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
  { containers, sightings, written }: HeldAspects,
  importers: ReadonlyMap<string, Importers>,
  isOwn: (file: string) => boolean,
  realPath: (seen: string) => string,
): Aspect[] {
  const seen = keysOf(sightings)
  const unseen = [...importers.values()].filter(({ aspect }) => !seen.has(aspectKey(aspect)))
  const imported = unseen.map(({ aspect, labels }) => {
    const files = Array.from(labels, ([label, named]) => {
      const setIn = written.get(label) ?? []
      return setIn.length > 0 ? setIn : Array.from(named, realPath)
    })
    return { name: aspect, files: [...new Set(files.flat())] }
  })
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
