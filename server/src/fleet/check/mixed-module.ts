// Where a module without a file sets options beside its `config` or `options`, which the module system refuses.
//
// It names such a module by a number, but says which attribute it refuses. So the fleet's files are searched for that attribute in a
// set that has `config` or `options` too.

import { beginsWith } from "../attr-path.js"
import type { SourceRange } from "../model.js"
import type { AttributePlace } from "../texts/attribute-places.js"
import { type SourceFile, type SourceFiles, sourceRange } from "../texts/source-files.js"

/** The place of the attribute `name`; undefined if several such modules have one. */
export function placeInMixedModule(
  name: string,
  files: readonly SourceFile[],
  sources: SourceFiles,
): SourceRange | undefined {
  const found = files.flatMap(file => {
    if (!file.text.includes(name)) return []
    const places = sources.placesOf(file)
    const refused = places.find(place => isBesideModuleNames(place, name, places))
    return refused === undefined ? [] : [sourceRange(file, refused.range)]
  })
  return found.length === 1 ? found[0] : undefined
}

function isBesideModuleNames(
  { names }: AttributePlace,
  name: string,
  places: readonly AttributePlace[],
): boolean {
  return names.some((own, i) => {
    if (own !== name) return false
    const above = names.slice(0, i)
    const siblings = [
      [...above, "config"],
      [...above, "options"],
    ]
    return places.some(place => siblings.some(sibling => beginsWith(place.names, sibling)))
  })
}
