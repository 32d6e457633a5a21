// One option on every host, ready to show: values, winners, losers, and where each of them is written on disk.

import { Attrs, type EvalError, type Evaluator, textOfBytes } from "../eval/index.js"
import { attempt, type DefinitionReport, findTarget, reportOption, splitFile } from "../modules/index.js"
import { splitAttrPath } from "./aspect-path.js"
import type { Wanted } from "./attribute-places.js"
import type { HostHandle } from "./hosts.js"
import type { Definition, OptionAnswer, OptionOnHost, SourcePlace } from "./model.js"

/** What an answer needs to know about files. */
export interface Places {
  /** From a path as evaluation sees it to the file on disk. */
  realPath(seen: string): string
  /** An error in words, and where it can be mended. */
  explain(error: EvalError): string
  /** Why a host's answers cannot be relied on, although it evaluates. */
  unknownBecause(host: HostHandle): string | undefined
  /** Where in a file an option is set, when evaluation only knows the file. */
  siteOf(file: string, wanted: Omit<Wanted, "near">, near: SourcePlace | undefined): SourcePlace | undefined
}

/** Asks every host; one that has no such option is left out, unless it was asked for by name. */
export function answerOption(
  ev: Evaluator,
  path: string,
  hosts: readonly HostHandle[],
  byName: boolean,
  places: Places,
): OptionAnswer {
  const names = splitAttrPath(path)
  const answers = hosts.flatMap(host => {
    const answer = onHost(ev, names, host, places)
    if (answer !== undefined) return [answer]
    return byName ? [failed(host, `the option '${path}' does not exist`)] : []
  })
  return { path, hosts: answers }
}

function onHost(
  ev: Evaluator,
  path: readonly string[],
  host: HostHandle,
  places: Places,
): OptionOnHost | undefined {
  const configuration = host.configuration()
  if (!(configuration instanceof Attrs)) return failed(host, places.explain(configuration))
  const outcome = attempt(ev, () => {
    const target = findTarget(ev, configuration, path)
    if (target.kind === "missing")
      return target.error === undefined ? undefined : failed(host, places.explain(target.error))
    if (target.kind === "group") return undefined
    const unknown = places.unknownBecause(host)
    if (unknown !== undefined) return failed(host, unknown)
    return describe(ev, path, host, target, places)
  })
  return outcome.error === undefined ? outcome.value : failed(host, places.explain(outcome.error))
}

function failed(host: HostHandle, error: string): OptionOnHost {
  return {
    host: host.name,
    class: host.class,
    valueText: "",
    isDefined: false,
    highestPrio: 0,
    type: "",
    description: "",
    declarations: [],
    definitions: [],
    error,
  }
}

function describe(
  ev: Evaluator,
  path: readonly string[],
  host: HostHandle,
  target: Parameters<typeof reportOption>[1],
  places: Places,
): OptionOnHost {
  const report = reportOption(ev, target)
  return {
    host: host.name,
    class: host.class,
    ...(report.value === undefined ? {} : { value: report.value }),
    valueText: textOfBytes(report.valueText),
    isDefined: report.isDefined,
    highestPrio: report.highestPrio,
    type: textOfBytes(report.typeText),
    description: report.description,
    ...(report.defaultText === undefined ? {} : { default: textOfBytes(report.defaultText) }),
    declarations: report.declarations.map(place => ({ ...place, file: places.realPath(place.file) })),
    definitions: report.definitions.map(definition =>
      placed(definition, path, report.declarations[0], places),
    ),
    ...(report.error === undefined ? {} : { error: places.explain(report.error) }),
  }
}

function placed(
  definition: DefinitionReport,
  path: readonly string[],
  declared: SourcePlace | undefined,
  places: Places,
): Definition {
  const { file, via } = splitFile(definition.file)
  const { priority, wins, condition } = definition
  const at =
    definition.isDefault && declared !== undefined
      ? { ...declared, file: places.realPath(declared.file) }
      : siteOf(definition, file, via, path, places)
  return {
    ...at,
    priority,
    valueText: textOfBytes(definition.valueText),
    wins,
    ...(condition === undefined ? {} : { condition: condition ? "true" : "false" }),
    ...(via.length === 0 ? {} : { via: via[via.length - 1] }),
  }
}

function siteOf(
  definition: DefinitionReport,
  file: string,
  via: readonly string[],
  path: readonly string[],
  places: Places,
): SourcePlace {
  const real = places.realPath(file)
  const { place } = definition
  const near =
    place === undefined || place.file !== file
      ? undefined
      : { file: real, line: place.line, column: place.column }
  const wanted = {
    path,
    via: via.length === 0 ? [] : splitAttrPath(via[via.length - 1]),
    valueText: definition.valueText,
    priority: definition.priority,
    conditional: definition.condition !== undefined,
  }
  return places.siteOf(real, wanted, near) ?? near ?? { file: real, line: 0, column: 0 }
}
