// A value as JSON, for programs. It is limited in size, like what is shown to people (render.ts).

import {
  Attrs,
  coerce,
  type Evaluator,
  intern,
  isString,
  type Lazy,
  NixFloat,
  NixPath,
  textOf,
  textOfBytes,
} from "../eval/index.js"
import { Allowance } from "./allowance.js"
import { attempt, type Outcome } from "./attempt.js"
import { isDerivation } from "./render.js"

/** How many values inside one are looked at. */
const MAX_VALUES = 20_000
const MAX_DEPTH = 40

const [TO_STRING, OUT_PATH] = ["__toString", "outPath"].map(intern)

/**
 * A value as `builtins.toJSON` has it: undefined where a function or a derivation is in it, or the failure that was met. A set
 * with an `outPath`, such as a flake, is that path.
 */
export function jsonValue(ev: Evaluator, place: Lazy, allowance = new Allowance()): Outcome<unknown> {
  const budget: Budget = { looked: 0, allowance }
  return attempt(ev, () => toData(ev, place, budget, 0))
}

interface Budget {
  looked: number
  readonly allowance: Allowance
}

/** Stands for "has no JSON form", which no JSON value can. */
const NONE = undefined

function toData(ev: Evaluator, place: Lazy, budget: Budget, depth: number): unknown {
  const value = ev.force(place)
  if (budget.allowance.isSpent(++budget.looked, MAX_VALUES) || depth > MAX_DEPTH) return NONE
  if (value === null || typeof value === "boolean" || typeof value === "number") return value
  if (typeof value === "bigint") return Number(value)
  if (isString(value)) return textOfBytes(textOf(value))
  if (value instanceof NixFloat) return value.value
  if (value instanceof NixPath) return textOfBytes(value.path)
  if (Array.isArray(value)) return collect(value.map(element => toData(ev, element, budget, depth + 1)))
  if (!(value instanceof Attrs) || isDerivation(ev, value)) return NONE
  if (value.has(TO_STRING)) return textOfBytes(coerce(ev, value, {}, 0).text)
  const outPath = value.get(OUT_PATH)
  if (outPath !== undefined) return toData(ev, outPath, budget, depth + 1)
  const entries: [string, unknown][] = []
  for (const slot of value.shape.sorted) {
    const data = toData(ev, value.at(slot), budget, depth + 1)
    if (data === NONE) return NONE
    entries.push([textOfBytes(value.shape.nameAt(slot)), data])
  }
  return Object.fromEntries(entries)
}

function collect(elements: unknown[]): unknown[] | undefined {
  return elements.includes(NONE) ? NONE : elements
}
