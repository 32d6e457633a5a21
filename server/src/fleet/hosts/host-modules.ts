// What each host is made of, kept as data when its import trees have gone.
//
// The tree of a NixOS host has two thousand modules of nixpkgs beside fifty of the fleet's own. Kept are those that
// somebody asks for later: the fleet's own files, and what came by an option, which is how an aspect is recognised.

import { allModules, type ModuleNode } from "../../modules/index.js"
import type { HostHandle } from "./hosts.js"

export interface HostModules {
  readonly host: string
  /** Whether the module system tells what the host is made of. */
  readonly known: boolean
  /** The host's own tree, then those of its users' homes. */
  readonly graphs: readonly (readonly ModuleNode[])[]
}

/** @param isWanted which files are kept that came by no option, as the module system names them */
export function modulesOfHost(host: HostHandle, isWanted: (file: string) => boolean): HostModules {
  const graph = host.graph()
  const graphs = [graph ?? [], ...host.homeGraphs()]
  return {
    host: host.name,
    known: graph !== undefined,
    graphs: graphs.map(one => withoutOthers(one, isWanted)),
  }
}

/** A tree in which what is imported by a module that is not kept stands in its place. */
function withoutOthers(graph: readonly ModuleNode[], isWanted: (file: string) => boolean): ModuleNode[] {
  return graph.flatMap(node => {
    const imports = withoutOthers(node.imports, isWanted)
    return node.via.length > 0 || isWanted(node.file) ? [{ ...node, imports }] : imports
  })
}

/** Every option that a module of the host came by, as its label writes it. */
export function labelsOf({ graphs }: HostModules): Set<string> {
  const labels = new Set<string>()
  for (const graph of graphs)
    for (const { via } of allModules(graph)) for (const label of via) labels.add(label)
  return labels
}
