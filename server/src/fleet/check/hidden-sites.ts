// Where a file sets or declares options in modules that its text alone does not place: a module in a variable that others import, or
// one that a framework's function gives (`perInstance` of a clan service).
//
// Every attribute of the file is tried. It counts if its path ends with an option of which evaluation says that this file sets it.

import type { Attrs, Evaluator } from "../../eval/index.js"
import { definitionsOf, findTarget, splitFile, tryTexts } from "../../modules/index.js"
import type { AttributePlace } from "../texts/attribute-places.js"
import type { DefinitionSite } from "../texts/definition-sites.js"

/** A configuration, and the file that is looked for in it. */
export interface HiddenIn {
  readonly ev: Evaluator
  readonly configuration: Attrs
  /** Whether a file as evaluation names it is this one. */
  readonly isFile: (seen: string) => boolean
  /** Finds out once for each place, also if that is interrupted elsewhere: telling who sets an option evaluates its values. */
  readonly once: (does: string, place: AttributePlace, find: () => boolean) => boolean
}

/** Finds sites of a kind among places. */
export type HiddenSites = (places: readonly AttributePlace[], where: HiddenIn) => DefinitionSite[]

/** The places that set an option, or something in it. */
export const hiddenDefinitions: HiddenSites = (places, where) => {
  return places.flatMap(place => {
    if (place.names.includes("options")) return []
    const ends = place.names.map((_, i) => place.names.slice(i))
    const path = ends.find(end => where.once(`set ${end.length}`, place, () => isSet(end, where)))
    return path === undefined ? [] : [siteOf(place, path)]
  })
}

/** The places that declare an option. */
export const hiddenDeclarations: HiddenSites = (places, where) => {
  return places.flatMap(place => {
    const path = place.names.slice(place.names.lastIndexOf("options") + 1)
    const isBelowOptions = path.length > 0 && path.length < place.names.length
    const isFound = () => isBelowOptions && isDeclared(path, where)
    return where.once("declared", place, isFound) ? [siteOf(place, path)] : []
  })
}

function siteOf({ range, value, conditional }: AttributePlace, path: readonly string[]): DefinitionSite {
  return { path, aspect: [], range, value, conditional }
}

function isSet(path: readonly string[], { ev, configuration, isFile }: HiddenIn): boolean {
  const target = findTarget(ev, configuration, path)
  if (target.kind !== "option" && target.kind !== "member") return false
  const definitions = definitionsOf(ev, target.option)
  return definitions.some(({ file, isDefault }) => !isDefault && isFile(splitFile(file).file))
}

function isDeclared(path: readonly string[], { ev, configuration, isFile }: HiddenIn): boolean {
  const target = findTarget(ev, configuration, path)
  return (
    target.kind === "option" &&
    tryTexts(ev, target.option, "declarations").some(name => isFile(splitFile(name).file))
  )
}
