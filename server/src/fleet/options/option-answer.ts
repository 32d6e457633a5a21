// One option on every host, ready to show: values, winners, losers, and where each of them is written on disk.

import { Attrs, type EvalError, type Evaluator, textOfBytes } from "../../eval/index.js"
import {
  Allowance,
  attempt,
  findTarget,
  type InOption,
  type ModuleNode,
  nearPaths,
  refusalsOf,
  reportOption,
  valueErrors,
} from "../../modules/index.js"
import { writtenName } from "../../syntax/index.js"
import { mayBeInHomes, mayHave, type WantedAspect } from "../aspects/aspect-importers.js"
import { aspectKey } from "../aspects/aspect-path.js"
import { aspectsOfGraph } from "../aspects/graph-aspects.js"
import { beginsWith, splitAttrPath } from "../attr-path.js"
import { moduleComplaint } from "../check/module-complaint.js"
import { userHomes } from "../frameworks/home-manager.js"
import type { HostHandle } from "../hosts/host-handle.js"
import type { AspectContainer, OptionClass, OptionOnHost, OptionsOnHost } from "../model.js"
import { optionsOf } from "./option-set.js"
import { type Places, placedDefinition } from "./placed-definition.js"

/** Values inside of an option that are looked at before it is called right; a hover cannot wait for all of them. */
const MAX_CHECKED = 300

export interface OptionQuestion {
  readonly path: string
  /** Whether the host was asked for by name: then there is an answer in any case. */
  readonly byName: boolean
  /** Whose modules are asked about: of a host, only the configurations that have one of them. */
  readonly aspects: readonly WantedAspect[] | undefined
  readonly containers: () => readonly AspectContainer[]
}

/** A configuration that is asked: a host's own, that of a user's home on it, the flake's, or what it makes for a system. */
export interface Asked {
  readonly name: string
  readonly class: OptionClass
  readonly user?: string
  readonly configuration: Attrs
  /** Why none of its options can be evaluated, if so. */
  refusal(): EvalError | undefined
  /** Why the module system refuses it, although its other options can be evaluated. */
  complaints(): readonly EvalError[]
}

/** What a host says of a path: of the option there, or of those below it, or else of paths like it. */
export interface OnHost {
  readonly options: readonly OptionOnHost[]
  readonly sets: readonly OptionsOnHost[]
  readonly near: readonly string[]
}

/**
 * Asks a host; nothing if it has no such option, unless it was asked for by name. Whether every other definition of the host has
 * an option is no part of the question: to check that takes as long as all of the answer, and so is put off until there is none.
 */
export function answerOption(
  ev: Evaluator,
  question: OptionQuestion,
  host: HostHandle,
  places: Places,
): OnHost {
  const configuration = host.readable()
  if (!(configuration instanceof Attrs))
    return { options: [failed(host, places.explain(configuration))], sets: [], near: [] }
  const own: Asked = {
    name: host.name,
    class: host.class,
    configuration,
    refusal() {
      const whole = host.configuration()
      return whole instanceof Attrs ? undefined : whole
    },
    complaints: () => host.complaints(),
  }
  return answerIn(
    ev,
    question,
    question.aspects === undefined ? [own] : havingAspects(ev, host, own, question),
    places,
  )
}

/** Asks some configurations. */
export function answerIn(
  ev: Evaluator,
  question: Omit<OptionQuestion, "containers">,
  asked: readonly Asked[],
  places: Places,
): OnHost {
  const options = asked.flatMap(one => answerOf(ev, question, one, places) ?? [])
  const sets = asked.flatMap(one => optionsOf(ev, question.path, one, places) ?? [])
  const isNowhere = options.length === 0 && sets.length === 0
  const near = isNowhere ? asked.flatMap(one => nearOptions(ev, one.configuration, question.path)) : []
  return { options, sets, near }
}

/** Paths like one that leads nowhere in a configuration. */
export function nearOptions(ev: Evaluator, configuration: Attrs, path: string): string[] {
  const near = attempt(ev, () => nearPaths(ev, configuration, splitAttrPath(path))).value ?? []
  return near.map(names => names.map(writtenName).join("."))
}

/**
 * Where an aspect's options are: a homeManager aspect may be in the homes of some users of a host, whose options are not the
 * host's (both have `programs.zsh.enable`). What an aspect of the host itself says of its users' homes does not count. Modules that
 * a function of an aspect makes have no label that says where they are: those for homes are looked for in every home.
 */
function havingAspects(
  ev: Evaluator,
  host: HostHandle,
  own: Asked,
  { aspects = [], containers }: OptionQuestion,
): readonly Asked[] {
  // Most say that they are for machines, and then nobody need know what the host is made of.
  if (aspects.every(aspect => mayHave(host, aspect) && !mayBeInHomes(aspect))) return [own]
  const keysOf = (graph: readonly ModuleNode[]) => new Set(aspectsOfGraph(graph, containers()).map(aspectKey))
  const ofHost = keysOf(host.graph() ?? [])
  const elsewhere = aspects.map(({ key }) => key).filter(key => !ofHost.has(key))
  if (elsewhere.length === 0) return [own]
  const graphs = host.homeGraphs()
  const all = userHomes(ev, own.configuration).map(home => ({
    ...own,
    ...home,
    complaints: () => refusalsOf(ev, home.configuration),
  }))
  const homes = all.filter((_, i) => {
    const ofHome = keysOf(graphs[i] ?? [])
    return elsewhere.some(key => ofHome.has(key))
  })
  if (elsewhere.length < aspects.length) return [own, ...homes]
  if (homes.length > 0) return homes
  return host.class !== "homeManager" && aspects.every(({ forHomes }) => forHomes) ? all : [own]
}

/** Asks one configuration. */
export function answerOf(
  ev: Evaluator,
  { path, byName, aspects }: Omit<OptionQuestion, "containers">,
  asked: Asked,
  places: Places,
): OptionOnHost | undefined {
  const { user } = asked
  const names = splitAttrPath(path)
  const outcome = attempt(ev, () => ask(ev, names, asked, places))
  const answer = outcome.error === undefined ? outcome.value : failed(asked, places.explain(outcome.error))
  // Only now is it known which files the answer was made of.
  const unknown = answer === undefined ? undefined : places.unknownBecause(asked.name)
  const said = unknown === undefined ? answer : failed(asked, unknown)
  if (said === undefined) return byName ? failed(asked, `the option '${path}' does not exist`) : undefined
  if (said === "group")
    return byName && aspects === undefined
      ? failed(asked, `'${path}' is not an option but a set of options`)
      : undefined
  return user === undefined ? said : { ...said, user }
}

/** Undefined if there is no such option, "group" if there are options below the path. */
function ask(
  ev: Evaluator,
  path: readonly string[],
  asked: Asked,
  places: Places,
): OptionOnHost | "group" | undefined {
  const target = findTarget(ev, asked.configuration, path)
  if (target.kind === "option" || target.kind === "member") return describe(ev, path, asked, target, places)
  if (target.kind === "group") return "group"
  const error = asked.refusal() ?? target.error ?? unknownOption(asked, path)
  return error === undefined ? undefined : failed(asked, places.explain(error))
}

/** Why a configuration has no such option, if its files set one of that name. */
function unknownOption(asked: Asked, path: readonly string[]): EvalError | undefined {
  return asked.complaints().find(error => {
    const named = moduleComplaint(error)?.option
    return named !== undefined && beginsWith(path, named)
  })
}

function failed(asked: Pick<Asked, "name" | "class">, error: string): OptionOnHost {
  return {
    host: asked.name,
    class: asked.class,
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
  asked: Asked,
  target: InOption,
  places: Places,
): OptionOnHost {
  const { thorough, oneLine } = places
  const allowance = new Allowance()
  const report = reportOption(ev, target, { explain: oneLine, thorough, allowance })
  // What is set and fails somewhere inside is no value to rely on.
  const error = report.error ?? valueErrors(ev, target, places.isOwn, MAX_CHECKED, allowance)[0]
  return {
    host: asked.name,
    class: asked.class,
    ...(report.value === undefined ? {} : { value: report.value }),
    valueText: textOfBytes(report.valueText),
    isDefined: report.isDefined,
    highestPrio: report.highestPrio,
    type: textOfBytes(report.typeText),
    description: report.description,
    ...(report.defaultText === undefined ? {} : { default: textOfBytes(report.defaultText) }),
    declarations: report.declarations.map(place => ({ ...place, file: places.realPath(place.file) })),
    definitions: report.definitions.map(definition =>
      placedDefinition(definition, path, asked.name, report.declarations[0], places),
    ),
    ...(error === undefined ? {} : { error: places.explain(error) }),
  }
}
