// Where the definitions of an option are written on disk. Evaluation knows the module of each, and the place of some; the rest is
// looked for in the module's file.

import { type EvalError, textOfBytes } from "../../eval/index.js"
import { type DefinitionReport, splitFile } from "../../modules/index.js"
import { writtenNames } from "../aspects/aspect-path.js"
import type { Definition, SourcePlace } from "../model.js"
import type { Wanted } from "../texts/attribute-places.js"
import type { InlineWanted } from "../texts/inline-module.js"

/** What an answer needs to know about files, and how far to look. */
export interface Places {
  /** Whether failures are looked for in all of a value, at whatever cost. */
  readonly thorough: boolean
  /** From a path as evaluation sees it to the file on disk. */
  realPath(seen: string): string
  /** Whether a file is one of the fleet's, by the name that the module system gives it. */
  readonly isOwn: (seen: string) => boolean
  /** Whether the name of a module is that of a file. Frameworks make names up, and some look like files of the fleet. */
  readonly isFile: (seen: string) => boolean
  /** The first line of an error's message, as bytes. */
  readonly oneLine: (error: EvalError) => string
  /** The whole message, and where the error can be fixed. */
  explain(error: EvalError): string
  /** Why a host's answers cannot be relied on, although it evaluates. */
  unknownBecause(host: string): string | undefined
  /** Where in a file an option is set, when evaluation only knows the file. */
  siteOf(file: string, wanted: Omit<Wanted, "near">, near: SourcePlace | undefined): SourcePlace | undefined
  /** Where flake.nix sets an option, in a module that is written there and has no name. */
  siteInFlake(wanted: Omit<Wanted, "near">): SourcePlace | undefined
  /** Where the fleet sets an option among the modules of a call. */
  siteInline(wanted: InlineWanted): SourcePlace | undefined
}

/**
 * @param host whose definition it is
 * @param declared where the option is declared
 */
export function placedDefinition(
  definition: DefinitionReport,
  path: readonly string[],
  host: string,
  declared: SourcePlace | undefined,
  places: Places,
): Definition {
  const { file, via } = splitFile(definition.file)
  const { priority, wins, condition, valueText, isDefault } = definition
  const at = isDefault ? siteOfDefault(file, declared, places) : siteOf(definition, path, places)
  const isElsewhere = at.line === 0 && !isDefault && !places.isOwn(file)
  const written = isElsewhere ? places.siteInline({ path, host, valueText, priority }) : undefined
  return {
    ...at,
    priority,
    valueText: textOfBytes(valueText),
    wins,
    ...(condition === undefined ? {} : { condition: condition ? "true" : "false" }),
    ...(via.length === 0 ? {} : { via: via[via.length - 1] }),
    ...(written === undefined ? {} : { written }),
  }
}

/** A default is the module's that declares the option, also where a function of another file writes the declaration. */
function siteOfDefault(file: string, declared: SourcePlace | undefined, places: Places): SourcePlace {
  // A module without a file has a name that is no path; better say where it is written.
  const isIn = declared !== undefined && (declared.file === file || !places.isFile(file))
  return isIn
    ? { ...declared, file: places.realPath(declared.file) }
    : { file: places.realPath(file), line: 0, column: 0 }
}

function siteOf(definition: DefinitionReport, path: readonly string[], places: Places): SourcePlace {
  const { place } = definition
  const { file, via } = splitFile(definition.file)
  const wanted = {
    path,
    via: via.length === 0 ? [] : writtenNames(via[via.length - 1]),
    valueText: definition.valueText,
    priority: definition.priority,
    conditional: definition.condition !== undefined,
  }
  // A module that is written inside of another file has no file of its own; its values may know where they are written, and
  // most such modules are in flake.nix.
  if (!places.isFile(file)) {
    if (place !== undefined)
      return { file: places.realPath(place.file), line: place.line, column: place.column }
    const site = places.siteInFlake(wanted)
    if (site !== undefined) return site
  }
  const real = places.realPath(file)
  const near =
    place === undefined || places.realPath(place.file) !== real
      ? undefined
      : { file: real, line: place.line, column: place.column }
  return places.siteOf(real, wanted, near) ?? near ?? { file: real, line: 0, column: 0 }
}
