// Finds where an option is set in a module that is written among the `modules` of a call, as in `nixosSystem { modules = [ { .. } ]; }`.
// Such a module has no file of its own: nixpkgs names it after the file that passes the modules on, which is one of nixpkgs.

import { beginsWith } from "../attr-path.js"
import type { SourceRange } from "../model.js"
import type { AttributePlace } from "./attribute-places.js"
import { type SourceFile, type SourceFiles, sourceRange } from "./source-files.js"
import { writtenPriority } from "./written-priority.js"

/** What is known of a definition. */
export interface InlineWanted {
  readonly path: readonly string[]
  /** The host, or what else the modules are for. */
  readonly host: string
  readonly valueText: string
  readonly priority: number
}

interface Written {
  readonly file: SourceFile
  readonly place: AttributePlace
}

/** The only place that may be meant: what else has the host's name around it, or the value. Undefined where several remain. */
export function inlinePlaceOf(
  wanted: InlineWanted,
  files: readonly SourceFile[],
  sources: SourceFiles,
): SourceRange | undefined {
  const all = files.flatMap(file => placesIn(file, wanted, sources).map(place => ({ file, place })))
  const ofHost = all.filter(({ place }) => place.names.includes(wanted.host))
  const likely = ofHost.length > 0 ? ofHost : all
  const found =
    only(likely) ?? only(likely.filter(({ file, place }) => isWritten(wanted.valueText, file, place)))
  return found && sourceRange(found.file, found.place.range)
}

function placesIn(
  file: SourceFile,
  { path, priority }: InlineWanted,
  sources: SourceFiles,
): readonly AttributePlace[] {
  if (!file.text.includes("modules") || !file.text.includes(path.at(-1) ?? "")) return []
  return sources
    .placesOf(file)
    .filter(({ names, value }) => isInline(names, path) && writtenPriority(value) === priority)
}

/** Whether the names end with those of an option, right below `modules`, or below the `config` of a module there. */
function isInline(names: readonly string[], option: readonly string[]): boolean {
  const start = names.length - option.length
  const above = names[start - 1] === "config" ? names[start - 2] : names[start - 1]
  return above === "modules" && beginsWith(names.slice(start), option)
}

function isWritten(valueText: string, { text }: SourceFile, { value }: AttributePlace): boolean {
  return text.slice(value.start, value.end).includes(valueText)
}

function only(found: readonly Written[]): Written | undefined {
  return found.length === 1 ? found[0] : undefined
}
