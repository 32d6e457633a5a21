// Asking a configuration one question at a time, so that what fails is that one answer.

import {
  Attrs,
  coerce,
  EvalError,
  type Evaluator,
  intern,
  isString,
  type Lazy,
  textOf,
  type Value,
  withinLimits,
} from "../eval/index.js"

/** A value, or why there is none. */
export type Outcome<T> =
  | { readonly value: T; readonly error?: undefined }
  | { readonly value?: undefined; readonly error: EvalError }

/**
 * Evaluates something for a person. An error of the program is data; so is an exhausted stack.
 * @throws Cancelled
 */
export function attempt<T>(ev: Evaluator, ask: () => T): Outcome<T> {
  const depth = ev.depth
  try {
    return { value: withinLimits(ask) }
  } catch (error) {
    ev.depth = depth
    if (error instanceof EvalError) return { error }
    throw error
  }
}

/** The value of a place, or undefined where it fails. */
export function tryForce(ev: Evaluator, place: Lazy): Value | undefined {
  return attempt(ev, () => ev.force(place)).value
}

/** The value that some names lead to from a set; undefined where one is missing or fails. */
export function tryAttr(
  ev: Evaluator,
  attrs: Attrs | undefined,
  ...path: readonly string[]
): Value | undefined {
  let value: Value | undefined = attrs
  for (const name of path) {
    const place: Lazy | undefined = value instanceof Attrs ? value.get(intern(name)) : undefined
    value = place === undefined ? undefined : tryForce(ev, place)
  }
  return value
}

/** As `tryAttr`, for what has to be a set. */
export function tryAttrs(
  ev: Evaluator,
  attrs: Attrs | undefined,
  ...path: readonly string[]
): Attrs | undefined {
  const value = tryAttr(ev, attrs, ...path)
  return value instanceof Attrs ? value : undefined
}

/** As `tryAttr`, for what has to be a list. */
export function tryList(
  ev: Evaluator,
  attrs: Attrs | undefined,
  ...path: readonly string[]
): readonly Lazy[] {
  const value = tryAttr(ev, attrs, ...path)
  return Array.isArray(value) ? value : []
}

/** As `tryAttr`, for what has to be a string. */
export function tryText(
  ev: Evaluator,
  attrs: Attrs | undefined,
  ...path: readonly string[]
): string | undefined {
  const value = tryAttr(ev, attrs, ...path)
  return value !== undefined && isString(value) ? textOf(value) : undefined
}

/** The text of a file's name, which may be a path; empty where it fails. */
export function tryFileName(ev: Evaluator, place: Lazy | undefined): string {
  return attempt(ev, () => coerce(ev, ev.force(place ?? ""), {}, 0).text).value ?? ""
}
