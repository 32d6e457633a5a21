// The aspects of a fleet: which there are, in which files they are written, and who imports them.

import type { Attrs, Evaluator } from "../eval/index.js"
import {
  definitionsBelow,
  definitionsOf,
  type ModuleNode,
  type ModuleOption,
  moduleNames,
  moduleOptions,
  splitFile,
} from "../modules/index.js"
import { aspectKey, aspectOf, nameBelow } from "./aspect-path.js"
import { isClanOption } from "./frameworks/clan.js"
import { aspectsOfGraph, type HostHandle } from "./hosts.js"
import type { Aspect, AspectContainer, AspectName } from "./model.js"

/**
 * Every option of configurations that evaluating the outputs made and that holds aspects. Inputs are often made as the fleet
 * is (clan-core is a flake-parts flake too), so that one path may come several times.
 */
export function moduleOptionsOf(ev: Evaluator, configurations: readonly Attrs[]): ModuleOption[] {
  const all = configurations.flatMap(configuration => moduleOptions(ev, configuration))
  return all.filter(
    option => !isClanOption(option.path) && !all.some(other => isSeenFromInside(option, other)),
  )
}

/** A submodule is also evaluated on its own, for its documentation; what it holds then has a shorter path. */
function isSeenFromInside(option: ModuleOption, other: ModuleOption): boolean {
  const offset = other.path.length - option.path.length
  return (
    offset > 0 &&
    option.depth === other.depth &&
    option.path.every((name, i) => other.path[offset + i] === name)
  )
}

export function containersOf(options: readonly ModuleOption[]): AspectContainer[] {
  const found = new Map<string, AspectContainer>()
  for (const { path, depth } of options) {
    const key = path.join("\0")
    if (!found.has(key)) found.set(key, { option: path, depth })
  }
  return [...found.values()]
}

interface Sighting {
  readonly name: AspectName
  readonly files: readonly string[]
}

/**
 * All aspects. One that only an input's files make counts if a host imports it, and so does an option that is one module
 * itself (flake-parts' `perSystem`).
 * @param realPath from a path as evaluation sees it to the file on disk
 * @param isOwn whether a file on disk is the fleet's
 */
export function listAspects(
  ev: Evaluator,
  options: readonly ModuleOption[],
  hosts: readonly HostHandle[],
  realPath: (seen: string) => string,
  isOwn: (file: string) => boolean,
): Aspect[] {
  const importers = importersOf(hosts, containersOf(options))
  return allSightings(ev, options, realPath)
    .filter(
      ({ name, files }) =>
        importers.has(aspectKey(name)) ||
        (files.some(isOwn) && (name.class !== "" || isNamed(name, options))),
    )
    .map(({ name, files }) => {
      const found = importers.get(aspectKey(name))
      return { ...name, files, hosts: [...(found?.hosts ?? [])], importedBy: [...(found?.importedBy ?? [])] }
    })
}

/** Whether a host imports one of some aspects, for itself or for a home. Evaluates homes only if it has to. */
export function importsOneOf(
  aspects: readonly AspectName[],
  host: HostHandle,
  containers: readonly AspectContainer[],
): boolean {
  const wanted = new Set(aspects.map(aspectKey))
  const isIn = (graph: readonly ModuleNode[]) =>
    aspectsOfGraph(graph, containers).some(aspect => wanted.has(aspectKey(aspect)))
  return isIn(host.graph() ?? []) || host.homeGraphs().some(isIn)
}

/** Each aspect once, with the files of every configuration that has it. */
function allSightings(
  ev: Evaluator,
  options: readonly ModuleOption[],
  realPath: (seen: string) => string,
): Sighting[] {
  const found = new Map<string, Sighting>()
  for (const sighting of options.flatMap(option => sightings(ev, option, realPath))) {
    const key = aspectKey(sighting.name)
    const files = [...(found.get(key)?.files ?? []), ...sighting.files]
    found.set(key, { name: sighting.name, files: [...new Set(files)].sort() })
  }
  return [...found.values()]
}

/** Whether there is an attribute name between the option and the module. */
function isNamed(name: AspectName, options: readonly ModuleOption[]): boolean {
  return options.some(({ path, depth }) => depth > 0 && path.join(".") === name.option)
}

function sightings(ev: Evaluator, option: ModuleOption, realPath: (seen: string) => string): Sighting[] {
  const raw = definitionsOf(ev, option.option)
  return moduleNames(ev, option).map(names => {
    const files = definitionsBelow(ev, raw, names).map(({ file }) => realPath(splitFile(file).file))
    return { name: nameBelow(option.path, names), files }
  })
}

interface Importers {
  readonly hosts: Set<string>
  readonly importedBy: Set<string>
}

function importersOf(
  hosts: readonly HostHandle[],
  containers: readonly AspectContainer[],
): Map<string, Importers> {
  const importers = new Map<string, Importers>()
  const of = (aspect: AspectName): Importers => {
    const key = aspectKey(aspect)
    const known = importers.get(key) ?? { hosts: new Set<string>(), importedBy: new Set<string>() }
    importers.set(key, known)
    return known
  }
  for (const host of hosts) {
    for (const graph of [host.graph() ?? [], ...host.homeGraphs()]) {
      for (const aspect of aspectsOfGraph(graph, containers)) of(aspect).hosts.add(host.name)
      for (const node of graph)
        visit(node, undefined, host.name, containers, (aspect, by) => of(aspect).importedBy.add(by))
    }
  }
  return importers
}

/** Walks an import tree, telling for each aspect which aspect or host imports it directly. */
function visit(
  node: ModuleNode,
  inside: AspectName | undefined,
  importer: string,
  containers: readonly AspectContainer[],
  tell: (aspect: AspectName, by: string) => void,
): void {
  let current = inside
  let by = importer
  for (const label of node.via) {
    const aspect = aspectOf(label, containers)
    if (aspect === undefined) continue
    if (current === undefined || aspectKey(aspect) !== aspectKey(current)) {
      tell(aspect, by)
      current = aspect
      by = aspect.name
    }
  }
  for (const child of node.imports) visit(child, current, by, containers, tell)
}
