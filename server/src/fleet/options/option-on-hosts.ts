// One option on the hosts of a fleet, one host after the other, so that the values of one can be dropped before the next is asked.

import { bytesOf } from "../../eval/index.js"
import { attempt } from "../../modules/index.js"
import { errorMessage } from "../check/error-summary.js"
import type { EvaluatedFleet } from "../evaluated-fleet.js"
import { isForSystems } from "../frameworks/flake-parts.js"
import type { OptionAnswer, SourcePlace } from "../model.js"
import type { QuestionOf } from "../session/questions.js"
import type { Report } from "../session/session-port.js"
import { bestPlace, type Wanted } from "../texts/attribute-places.js"
import { type InlineWanted, inlinePlaceOf } from "../texts/inline-module.js"
import { sourceRange } from "../texts/source-files.js"
import { flakeOption, isHostOption, nearFlakeOptions } from "./flake-option.js"
import { answerOption } from "./option-answer.js"
import type { Places } from "./placed-definition.js"
import { systemOptions } from "./system-options.js"

/**
 * Asks the named hosts, or all. With `aspects`, only the configurations of a host that have one of them are asked.
 * @throws Cancelled
 */
export function optionOnHosts(
  fleet: EvaluatedFleet,
  { path, hosts, aspects }: Omit<QuestionOf<"option">, "kind">,
  report: Report,
): OptionAnswer {
  report({ message: `evaluating ${path}` })
  const places = placesIn(fleet)
  if (aspects?.some(isForSystems)) return onSystems(fleet, path, places)
  const asksForAll = hosts === undefined && aspects === undefined
  const inFlake = asksForAll ? flakeOption(fleet, path, places) : undefined
  // One that fails, such as a removed one of this name, may not be the one that is meant: hosts are asked, too.
  const ofFlake = inFlake?.error === undefined ? inFlake : undefined
  if (ofFlake !== undefined && !isHostOption(fleet, path)) return { path, hosts: [ofFlake] }
  const wanted = aspects?.map(aspect => fleet.modules.wanted(aspect))
  const question = {
    path,
    byName: hosts !== undefined,
    aspects: wanted,
    containers: () => fleet.modules.containers,
  }
  const answers = Array.from(fleet.oneByOne(hosts), host => answerOption(fleet.ev, question, host, places))
  const sets = answers.flatMap(answer => answer.sets)
  const ofHosts = answers.flatMap(answer => answer.options)
  const said = ofFlake ?? (ofHosts.length === 0 ? inFlake : undefined)
  const all = [...(said === undefined ? [] : [said]), ...ofHosts]
  if (all.length > 0 || sets.length > 0) return { path, hosts: all, ...(sets.length === 0 ? {} : { sets }) }
  const nearHosts = answers.flatMap(answer => answer.near)
  if (!asksForAll) return nowhere(path, nearHosts)
  const ofSystems = onSystems(fleet, path, places)
  if (ofSystems.hosts.length > 0 || ofSystems.sets !== undefined) return ofSystems
  return nowhere(path, [...nearHosts, ...nearFlakeOptions(fleet, path)])
}

/** The same of what `perSystem` makes for each system. */
function onSystems(fleet: EvaluatedFleet, path: string, places: Places): OptionAnswer {
  const { options, sets, near } = systemOptions(fleet, path, places)
  if (sets.length > 0) return { path, hosts: options, sets }
  return options.length > 0 ? { path, hosts: options } : { ...nowhere(path, near), isForSystems: true }
}

function nowhere(path: string, near: readonly string[]): OptionAnswer {
  return { path, hosts: [], ...(near.length === 0 ? {} : { near: [...new Set(near)] }) }
}

function placesIn(fleet: EvaluatedFleet): Places {
  return {
    thorough: fleet.isThorough,
    realPath: fleet.paths.moduleFile,
    isOwn: seen => fleet.paths.isOwn(fleet.paths.moduleFile(seen)),
    isFile: seen => {
      const file = fleet.paths.moduleFile(seen)
      return seen.startsWith("/") && (!fleet.paths.isOwn(file) || fleet.files.kindOf(file) !== undefined)
    },
    oneLine: error => bytesOf(errorMessage(error, fleet.paths).split("\n", 1)[0]),
    explain: error => fleet.errors.explain(error),
    siteOf: (file, wanted, near) => siteOf(fleet, file, wanted, near),
    siteInFlake: wanted => siteOf(fleet, `${fleet.root}/flake.nix`, wanted, undefined),
    siteInline: wanted => siteInline(fleet, wanted),
    unknownBecause: host => fleet.errors.unknownBecause(host),
  }
}

/** Where a file writes a definition. */
function siteOf(
  { ev, sources }: EvaluatedFleet,
  path: string,
  wanted: Omit<Wanted, "near">,
  near: SourcePlace | undefined,
): SourcePlace | undefined {
  const file = attempt(ev, () => sources.get(path)).value
  if (file === undefined) return undefined
  const offset = near === undefined ? -1 : file.starts[near.line - 1] + near.column - 1
  const place = bestPlace(sources.placesOf(file), { ...wanted, near: offset }, file.text)
  if (place === undefined) return undefined
  const { start } = sourceRange(file, place.range).range
  return { file: path, line: start.line, column: start.column }
}

function siteInline(fleet: EvaluatedFleet, wanted: InlineWanted): SourcePlace | undefined {
  const found = inlinePlaceOf(wanted, fleet.sourceFiles, fleet.sources)
  return found && { file: found.file, ...found.range.start }
}
