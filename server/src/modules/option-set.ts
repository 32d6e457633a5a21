// A set of options, such as `services.openssh`: which there are in it, and what those came to that somebody set.

import { type Attrs, type Evaluator, intern } from "../eval/index.js"
import { Allowance } from "./allowance.js"
import { attempt, tryAttr } from "./attempt.js"
import type { RawDefinition } from "./definition.js"
import { winnersOf } from "./option.js"
import { findTarget } from "./option-target.js"
import { OPTION_DEFAULT_PRIORITY } from "./properties.js"
import { type Explain, renderError, renderValue } from "./render.js"

export interface OptionInSet {
  readonly name: string
  /** It holds options and is none. */
  readonly holdsOptions: boolean
  /** Its value, where a module sets it and does not only declare it. */
  readonly valueText?: string
  /** The definitions that this value is made of. */
  readonly definitions: readonly RawDefinition[]
}

/** What lies right below a path; undefined where that is no set of options. Options that are not for people are left out. */
export function optionsBelow(
  ev: Evaluator,
  configuration: Attrs,
  path: readonly string[],
  explain: Explain,
): readonly OptionInSet[] | undefined {
  const target = findTarget(ev, configuration, path)
  if (target.kind !== "group") return undefined
  const allowance = new Allowance()
  return target.names.flatMap((name): OptionInSet[] => {
    const below = findTarget(ev, configuration, [...path, name])
    if (below.kind === "group") return [{ name, holdsOptions: true, definitions: [] }]
    if (below.kind !== "option" || isHidden(ev, below.option)) return []
    const valueText = valueOfDefined(ev, below.option, explain, allowance)
    if (valueText === undefined) return [{ name, holdsOptions: false, definitions: [] }]
    return [{ name, holdsOptions: false, valueText, definitions: winnersOf(ev, below.option) }]
  })
}

function isHidden(ev: Evaluator, option: Attrs): boolean {
  return tryAttr(ev, option, "visible") === false || tryAttr(ev, option, "internal") === true
}

function valueOfDefined(
  ev: Evaluator,
  option: Attrs,
  explain: Explain,
  allowance: Allowance,
): string | undefined {
  const { value, error } = attempt(ev, () => {
    const priority = ev.force(option.get(HIGHEST) ?? null)
    const isDefined = typeof priority === "number" && priority < OPTION_DEFAULT_PRIORITY
    return isDefined ? ev.force(option.get(VALUE) ?? null) : undefined
  })
  if (error !== undefined) return renderError(error, explain)
  return value === undefined ? undefined : renderValue(ev, value, explain, allowance)
}

const HIGHEST = intern("highestPrio")
const VALUE = intern("value")
