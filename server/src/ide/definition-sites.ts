// All places of a file that set options, to give a line to a definition of which evaluation only knows the file.

import type { TextRange } from "../base/index.js"
import type { AspectContainer } from "../fleet/index.js"
import type { Expr } from "../syntax/index.js"
import { rangeUpTo } from "./locate.js"
import { type ContainerRef, modulePlaces, type Site, type Wrapper } from "./module-places.js"
import { rangeOf } from "./scope.js"

export interface DefinitionSite {
  readonly path: readonly string[]
  /** The aspect whose module it is in; undefined when the file itself is the module. */
  readonly container: ContainerRef | undefined
  /** The attrpath as written here, or the inherited name. */
  readonly range: TextRange
  readonly valueRange: TextRange
  /** What stands around the value and around the sets that it is in, outermost first. */
  readonly wrappers: readonly Wrapper[]
  /** Whether the value is spelled out as a set here, so that what it sets has sites of its own. */
  readonly isSet: boolean
}

/** The sites of a file, in the order of its text. */
export function definitionSites(tree: Expr, containers: readonly AspectContainer[]): DefinitionSite[] {
  return modulePlaces(tree, containers)
    .sites.filter(site => site.place.part === "config" || site.place.part === "module")
    .map(definitionSite)
    .sort((a, b) => a.range.start - b.range.start)
}

function definitionSite({ names, place, value, isSet }: Site): DefinitionSite {
  const range = rangeUpTo(names, names.length - 1)
  return {
    path: place.path,
    container: place.container,
    range,
    valueRange: value === undefined ? range : rangeOf(value),
    wrappers: place.wrappers,
    isSet,
  }
}

/** The site that sets an option: the exact one, or else the nearest one above it whose value is not spelled out here. */
export function findSite(
  sites: readonly DefinitionSite[],
  container: ContainerRef | undefined,
  path: readonly string[],
): DefinitionSite | undefined {
  let best: DefinitionSite | undefined
  for (const site of sites) {
    if (!sameContainer(site.container, container) || !startsWith(path, site.path)) continue
    const isExact = site.path.length === path.length
    if (!isExact && site.isSet) continue
    if (best === undefined || site.path.length > best.path.length) best = site
  }
  return best
}

function startsWith(path: readonly string[], prefix: readonly string[]): boolean {
  return prefix.length <= path.length && prefix.every((name, index) => path[index] === name)
}

function sameContainer(a: ContainerRef | undefined, b: ContainerRef | undefined): boolean {
  if (a === undefined || b === undefined) return a === b
  const [left, right] = [
    [...a.option, ...a.names],
    [...b.option, ...b.names],
  ]
  return left.length === right.length && startsWith(left, right)
}
