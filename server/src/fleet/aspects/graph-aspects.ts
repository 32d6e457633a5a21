// The aspects that a host is made of, read from its import tree.

import { allModules, type ModuleNode } from "../../modules/index.js"
import type { AspectContainer, AspectName } from "../model.js"
import { aspectKey, aspectOf } from "./aspect-path.js"

/** The aspects in an import tree, each once, in order of import. */
export function aspectsOfGraph(
  graph: readonly ModuleNode[],
  containers: readonly AspectContainer[],
): AspectName[] {
  const found = new Map<string, AspectName>()
  for (const node of allModules(graph))
    for (const label of node.via) {
      const aspect = aspectOf(label, containers)
      if (aspect !== undefined) found.set(aspectKey(aspect), aspect)
    }
  return [...found.values()]
}
