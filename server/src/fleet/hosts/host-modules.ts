// The modules of a host, kept as data after its values are gone.
//
// A NixOS host has two thousand modules of nixpkgs and fifty of the fleet. Only those are kept that somebody asks for later: files
// of the fleet, and modules that came through an option, which is how an aspect is recognised.

import { allModules, isWhole, type ModuleNode } from "../../modules/index.js"
import type { HostHandle } from "./host-handle.js"

export interface HostModules {
  readonly host: string
  /** Whether the module system tells all modules of the host and its homes. */
  readonly known: boolean
  /** The host's own import tree, then those of its users' homes. */
  readonly graphs: readonly (readonly ModuleNode[])[]
}

/** @param isWanted which files to keep that came through no option; files are named as the module system names them */
export function modulesOfHost(host: HostHandle, isWanted: (file: string) => boolean): HostModules {
  const graph = host.graph()
  const graphs = [graph ?? [], ...host.homeGraphs()]
  return {
    host: host.name,
    known: graph !== undefined && graphs.every(isWhole),
    graphs: graphs.map(one => withoutOthers(one, isWanted)),
  }
}

/** The tree with unwanted modules replaced by what they import. */
function withoutOthers(graph: readonly ModuleNode[], isWanted: (file: string) => boolean): ModuleNode[] {
  return graph.flatMap(node => {
    const imports = withoutOthers(node.imports, isWanted)
    return node.via.length > 0 || isWanted(node.file) ? [{ ...node, imports }] : imports
  })
}

/** The labels of all options that modules of the host came through. */
export function labelsOf({ graphs }: HostModules): Set<string> {
  const labels = new Set<string>()
  for (const graph of graphs)
    for (const { via } of allModules(graph)) for (const label of via) labels.add(label)
  return labels
}
