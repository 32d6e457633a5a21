// Finds where an option is set by a module without a file of its own: one written among the modules of a host, in flake.nix or in a
// function that makes hosts. Nothing tells the file, so all files of the fleet are read, and a place only counts if no other file
// could be meant.

import { beginsWith } from "../attr-path.js"
import type { SourceRange } from "../model.js"
import { type SourceFile, type SourceFiles, sourceRange } from "./source-files.js"

/** The first place of the only file that sets an option, or something in it; undefined if there are several such files. */
export function onlyPlaceOf(
  option: readonly string[],
  files: readonly SourceFile[],
  sources: SourceFiles,
): SourceRange | undefined {
  const last = option.at(-1) ?? ""
  const found = files.flatMap(file => {
    if (!file.text.includes(last)) return []
    const place = sources.placesOf(file).find(({ names }) => holdsNames(names, option))
    return place === undefined ? [] : [sourceRange(file, place.range)]
  })
  return found.length === 1 ? found[0] : undefined
}

/** Whether some names stand among others, one after the other. */
function holdsNames(names: readonly string[], wanted: readonly string[]): boolean {
  return names.some((_, start) => beginsWith(names.slice(start), wanted))
}
