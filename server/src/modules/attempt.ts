// Evaluates one thing at a time, so that an error only affects that one answer.

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

/** A value, or the error that it ended in. */
export type Outcome<T> =
  | { readonly value: T; readonly error?: undefined }
  | { readonly value?: undefined; readonly error: EvalError }

/**
 * Evaluates something, and returns errors of the program as data, also an exhausted stack.
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

/** The value of a thunk, or undefined if it fails. */
export function tryForce(ev: Evaluator, place: Lazy): Value | undefined {
  return attempt(ev, () => ev.force(place)).value
}

/** The value at a path of names in a set; undefined if a name is missing or fails. */
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

/** As `tryAttr`, but undefined unless it is a set. */
export function tryAttrs(
  ev: Evaluator,
  attrs: Attrs | undefined,
  ...path: readonly string[]
): Attrs | undefined {
  const value = tryAttr(ev, attrs, ...path)
  return value instanceof Attrs ? value : undefined
}

/** As `tryAttr`, but empty unless it is a list. */
export function tryList(
  ev: Evaluator,
  attrs: Attrs | undefined,
  ...path: readonly string[]
): readonly Lazy[] {
  const value = tryAttr(ev, attrs, ...path)
  return Array.isArray(value) ? value : []
}

/** As `tryAttr`, but undefined unless it is a string. */
export function tryText(
  ev: Evaluator,
  attrs: Attrs | undefined,
  ...path: readonly string[]
): string | undefined {
  const value = tryAttr(ev, attrs, ...path)
  return value !== undefined && isString(value) ? textOf(value) : undefined
}

/** The strings in the list at a path of names. What fails or is no string is left out. */
export function tryTexts(
  ev: Evaluator,
  attrs: Attrs | undefined,
  ...path: readonly string[]
): readonly string[] {
  return tryList(ev, attrs, ...path).flatMap(place => {
    const value = tryForce(ev, place)
    return value !== undefined && isString(value) ? [textOf(value)] : []
  })
}

/** The name of a file, given as a string or a path; "" if it is neither or fails. */
export function tryFileName(ev: Evaluator, place: Lazy | undefined): string {
  return attempt(ev, () => coerce(ev, ev.force(place ?? ""), {}, 0).text).value ?? ""
}
