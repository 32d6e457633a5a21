// Between Nix values and plain JavaScript data: for JSON answers, fetch requests, and facts that come from outside.

import { EvalError } from "../errors/error.js"
import type { Evaluator } from "../evaluator.js"
import { kindOfValue } from "../formats/print.js"
import { force } from "../interpreter/force.js"
import { isInteger } from "../interpreter/operators.js"
import { isString, textOf } from "./context.js"
import { nameOf } from "./symbol.js"
import { Attrs, attrsOf, NixFloat, NixPath, type Value } from "./value.js"

/**
 * A value as plain data: texts stay byte strings, integers become numbers, paths become texts.
 * @throws EvalError `type` for functions
 */
export function toPlain(ev: Evaluator, value: Value): unknown {
  if (value === null || typeof value === "boolean") return value
  if (isString(value)) return textOf(value)
  if (isInteger(value)) return Number(value)
  if (value instanceof NixFloat) return value.value
  if (value instanceof NixPath) return value.path
  if (Array.isArray(value)) return value.map(element => toPlain(ev, force(ev, element)))
  if (!(value instanceof Attrs))
    throw new EvalError("type", `cannot convert ${kindOfValue(value)} to plain data`)
  const keys = value.shape.keys
  return Object.fromEntries(
    value.values.map((place, slot) => [nameOf(keys[slot]), toPlain(ev, force(ev, place))]),
  )
}

/** Plain data as a value. Texts must be byte strings. Numbers that are no integers become floats. */
export function fromPlain(data: unknown): Value {
  if (data === null || data === undefined) return null
  if (typeof data === "boolean" || typeof data === "string" || typeof data === "bigint") return data
  if (typeof data === "number") return Number.isSafeInteger(data) ? data : new NixFloat(data)
  if (Array.isArray(data)) return data.map(fromPlain)
  return attrsOf(Object.entries(data).map(([name, value]) => [name, fromPlain(value)] as const))
}
