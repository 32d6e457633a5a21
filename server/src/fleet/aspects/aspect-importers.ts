// Who imports an aspect: hosts, homes of their users, and other aspects.

import type { Evaluator } from "../../eval/index.js"
import { type ModuleNode, type ModuleOption, statedClass } from "../../modules/index.js"
import { joinAttrPath } from "../attr-path.js"
import type { HostHandle } from "../hosts/host-handle.js"
import type { HostModules } from "../hosts/host-modules.js"
import type { AspectContainer, AspectName } from "../model.js"
import { aspectKey, aspectOf, nameBelow } from "./aspect-path.js"
import { aspectsOfGraph } from "./graph-aspects.js"

/** An aspect whose importers are wanted, with the class that it is for, if it says so. */
export interface WantedAspect {
  readonly key: string
  readonly class: string | undefined
  /** Whether it is for homes, by what it says or else by its name. */
  readonly forHomes: boolean
}

/** Looks up the class of an aspect. @param options the options that hold aspects */
export function wantedAspect(
  ev: Evaluator,
  aspect: AspectName,
  options: readonly ModuleOption[],
): WantedAspect {
  const key = aspectKey(aspect)
  const [stated] = options
    .filter(({ path }) => joinAttrPath(path) === aspect.option)
    .flatMap(option => {
      const isWanted = (names: readonly string[]) => aspectKey(nameBelow(option.path, names, option)) === key
      return statedClass(ev, option, isWanted) ?? []
    })
  return { key, class: stated, forHomes: (stated ?? aspect.class) === "homeManager" }
}

/** Whether a host or one of its homes imports one of these aspects. Evaluates only what can import one. */
export function importsOneOf(
  aspects: readonly WantedAspect[],
  host: HostHandle,
  containers: readonly AspectContainer[],
): boolean {
  const isIn = (graph: readonly ModuleNode[], wanted: ReadonlySet<string>) =>
    aspectsOfGraph(graph, containers).some(aspect => wanted.has(aspectKey(aspect)))
  const own = keysOf(aspects.filter(aspect => mayHave(host, aspect)))
  if (own.size > 0 && isIn(host.graph() ?? [], own)) return true
  const homes = keysOf(aspects.filter(mayBeInHomes))
  return homes.size > 0 && host.homeGraphs().some(graph => isIn(graph, homes))
}

function keysOf(aspects: readonly WantedAspect[]): ReadonlySet<string> {
  return new Set(aspects.map(({ key }) => key))
}

/** Whether a host's own configuration can import an aspect. */
export function mayHave(host: HostHandle, aspect: WantedAspect): boolean {
  return aspect.class === undefined || !host.refuses(aspect.class)
}

/** Whether homes can import an aspect. */
export function mayBeInHomes(aspect: WantedAspect): boolean {
  return aspect.class === undefined || aspect.class === "homeManager"
}

export interface Importers {
  readonly aspect: AspectName
  /** The labels of what is imported, each with the files that define it, as evaluation sees them. */
  readonly labels: Map<string, Set<string>>
  readonly hosts: Set<string>
  readonly importedBy: Set<string>
}

/** Who imports each aspect. */
export function importersOf(
  hosts: readonly HostModules[],
  containers: readonly AspectContainer[],
): Map<string, Importers> {
  const importers = new Map<string, Importers>()
  const of = (aspect: AspectName): Importers => {
    const key = aspectKey(aspect)
    const nobody = {
      aspect,
      labels: new Map<string, Set<string>>(),
      hosts: new Set<string>(),
      importedBy: new Set<string>(),
    }
    const known = importers.get(key) ?? nobody
    importers.set(key, known)
    return known
  }
  for (const { host, graphs } of hosts)
    for (const graph of graphs) {
      for (const aspect of aspectsOfGraph(graph, containers)) of(aspect).hosts.add(host)
      for (const { aspect, by, label, file } of directImports(graph, { name: host }, containers)) {
        const { importedBy, labels } = of(aspect)
        importedBy.add(by)
        labels.set(label, (labels.get(label) ?? new Set()).add(file))
      }
    }
  return importers
}

/** An aspect that something imports directly. */
interface DirectImport {
  readonly aspect: AspectName
  /** The name of the host, or of the aspect, that imports it. */
  readonly by: string
  /** The path of the option that it came through, and the file that sets it there. */
  readonly label: string
  readonly file: string
}

/** Whose imports are looked at: a host's, or an aspect's, which has a key. */
interface Importer {
  readonly name: string
  readonly key?: string
}

/** What hosts and aspects import directly in an import tree. */
function* directImports(
  graph: readonly ModuleNode[],
  from: Importer,
  containers: readonly AspectContainer[],
): Iterable<DirectImport> {
  for (const { via, file, imports } of graph) {
    let importer = from
    for (const label of via) {
      const aspect = aspectOf(label, containers)
      if (aspect === undefined || aspectKey(aspect) === importer.key) continue
      yield { aspect, by: importer.name, label, file }
      importer = { name: aspect.name, key: aspectKey(aspect) }
    }
    yield* directImports(imports, importer, containers)
  }
}
