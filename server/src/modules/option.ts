// One option of one configuration: what it is, what it came to, and by whom.

import {
  Attrs,
  type EvalError,
  type Evaluator,
  intern,
  isString,
  type Lazy,
  type Place,
  textOf,
  textOfBytes,
} from "../eval/index.js"
import { Allowance } from "./allowance.js"
import { tryAttr, tryAttrs, tryFileName, tryForce, tryList, tryText } from "./attempt.js"
import { definitionsBelow, definitionsOf, highestPriority, type RawDefinition } from "./definition.js"
import { failureInside } from "./failure-inside.js"
import { jsonValue } from "./json-value.js"
import { type InOption, type Surrounding, valueOf } from "./option-target.js"
import { type Explain, renderError, renderValue } from "./render.js"

/** A definition with its value as text. */
export interface DefinitionReport {
  readonly file: string
  readonly place: Place | undefined
  readonly priority: number
  readonly valueText: string
  readonly wins: boolean
  readonly condition: boolean | undefined
  readonly isDefault: boolean
}

export interface Declaration {
  readonly file: string
  /** 0 when unknown. */
  readonly line: number
  readonly column: number
}

export interface OptionReport {
  readonly value: unknown
  readonly valueText: string
  readonly isDefined: boolean
  readonly highestPrio: number
  readonly typeText: string
  readonly description: string
  readonly defaultText: string | undefined
  readonly declarations: readonly Declaration[]
  readonly definitions: readonly DefinitionReport[]
  readonly error: EvalError | undefined
}

/** How an option is looked at. */
export interface ReportSettings {
  /** Puts errors inside of values into words. */
  readonly explain?: Explain
  /** Look for failures in all of the value, also where it has no JSON form; otherwise as far as it has one. */
  readonly thorough?: boolean
  /** What looking at all of it may cost. */
  readonly allowance?: Allowance
}

/** Everything about an option, or about a place inside one. */
export function reportOption(
  ev: Evaluator,
  target: InOption,
  { explain, thorough = false, allowance = new Allowance() }: ReportSettings = {},
): OptionReport {
  const { option } = target
  const rest = target.kind === "member" ? target.rest : []
  const raw = definitionsOf(ev, option)
  const own = rest.length === 0 ? raw : definitionsBelow(ev, raw, rest)
  const definitions = target.kind === "option" ? [...own, ...droppedOutside(ev, target.around)] : own
  const value = valueOf(ev, option, rest)
  const highestPrio = rest.length === 0 ? priorityOf(ev, option, definitions) : highestPriority(definitions)
  const isDefined = definitions.some(({ condition }) => condition !== false)
  // What an option adds to its value (by `apply`, or behind an alias) has no definition there.
  const isThere = rest.length > 0 && value.error === undefined
  const render = (place: Lazy) => renderValue(ev, place, explain, allowance)
  const json = value.error === undefined ? jsonValue(ev, value.value, allowance) : undefined
  return {
    value: json?.value,
    valueText: value.error === undefined ? render(value.value) : renderError(value.error, explain),
    isDefined: isDefined || isThere,
    highestPrio,
    typeText: rest.length === 0 ? typeText(ev, option) : memberType(ev, option),
    description: documentation(ev, tryAttr(ev, option, "description")),
    defaultText: rest.length === 0 ? defaultText(ev, option) : undefined,
    declarations: declarationsOf(ev, option),
    definitions: definitions.map(definition => reportDefinition(definition, highestPrio, explain, render)),
    error: value.error ?? failure(json),
  }

  /** What fails in the value, unless it may do so by design. */
  function failure(data: typeof json): EvalError | undefined {
    if (data?.error !== undefined && !data.error.catchable) return data.error
    return thorough && value.error === undefined && data?.value === undefined
      ? failureInside(ev, value.value, allowance)
      : undefined
  }
}

/** The definitions that the value of an option is made of. */
export function winnersOf(ev: Evaluator, option: Attrs): readonly RawDefinition[] {
  const definitions = definitionsOf(ev, option)
  const highestPrio = priorityOf(ev, option, definitions)
  return definitions.filter(definition => wins(definition, highestPrio))
}

function wins(definition: RawDefinition, highestPrio: number): boolean {
  const { condition, error } = definition
  return condition !== false && error === undefined && definition.priority === highestPrio
}

function priorityOf(ev: Evaluator, option: Attrs, definitions: readonly RawDefinition[]): number {
  const own = tryAttr(ev, option, "highestPrio")
  return typeof own === "number" ? own : highestPriority(definitions)
}

/** Definitions that never came as far as the option, because a false `mkIf` stands around the submodule it is in. */
function droppedOutside(ev: Evaluator, around: readonly Surrounding[]): RawDefinition[] {
  return around.flatMap(({ option, rest }) =>
    definitionsBelow(
      ev,
      definitionsOf(ev, option).filter(({ condition, isDefault }) => condition === false && !isDefault),
      rest,
    ),
  )
}

function reportDefinition(
  definition: RawDefinition,
  highestPrio: number,
  explain: Explain | undefined,
  render: (place: Lazy) => string,
): DefinitionReport {
  const { file, place, priority, condition, error, isDefault } = definition
  return {
    file,
    place,
    priority,
    condition,
    isDefault,
    wins: wins(definition, highestPrio),
    valueText:
      error === undefined ? (definition.written ?? render(definition.content)) : renderError(error, explain),
  }
}

function typeText(ev: Evaluator, option: Attrs): string {
  const type = tryAttrs(ev, option, "type")
  return tryText(ev, type, "description") ?? tryText(ev, type, "name") ?? "unspecified"
}

/** The type of what lies in a set of one type of elements, or the name of the whole. */
function memberType(ev: Evaluator, option: Attrs): string {
  const nested = tryAttrs(ev, option, "type", "nestedTypes")
  const element = tryAttrs(ev, nested, "elemType") ?? tryAttrs(ev, nested, "freeformType")
  return tryText(ev, element, "description") ?? `part of ${typeText(ev, option)}`
}

function defaultText(ev: Evaluator, option: Attrs): string | undefined {
  const written = tryAttr(ev, option, "defaultText")
  if (written !== undefined) return documentation(ev, written)
  const place = option.get(intern("default"))
  return place === undefined ? undefined : renderValue(ev, place)
}

/** Prose or an expression: a string, or a set with a `text` such as `literalExpression` makes. */
function documentation(ev: Evaluator, value: ReturnType<typeof tryAttr>): string {
  if (value === undefined || value === null) return ""
  if (isString(value)) return textOfBytes(textOf(value)).trim()
  const text = value instanceof Attrs ? tryText(ev, value, "text") : undefined
  return text === undefined ? renderValue(ev, value) : textOfBytes(text).trim()
}

function declarationsOf(ev: Evaluator, option: Attrs): Declaration[] {
  const positions = tryList(ev, option, "declarationPositions").map(place => tryForce(ev, place))
  const known = positions.flatMap(position => (position instanceof Attrs ? [declaration(ev, position)] : []))
  if (known.length > 0) return known
  return tryList(ev, option, "declarations").map(place => ({
    file: tryFileName(ev, place),
    line: 0,
    column: 0,
  }))
}

function declaration(ev: Evaluator, position: Attrs): Declaration {
  const number = (name: string) => {
    const value = tryAttr(ev, position, name)
    return typeof value === "number" ? value : 0
  }
  return {
    file: tryFileName(ev, position.get(intern("file"))),
    line: number("line"),
    column: number("column"),
  }
}
