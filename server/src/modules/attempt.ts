// Asking a configuration one question at a time, so that what fails is that one answer.

import {
  Attrs,
  EvalError,
  type Evaluator,
  intern,
  isString,
  type Lazy,
  textOf,
  type Value,
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
    return { value: ask() }
  } catch (error) {
    ev.depth = depth
    if (error instanceof EvalError) return { error }
    if (error instanceof RangeError)
      return { error: new EvalError("stack-overflow", "stack overflow (possible infinite recursion)") }
    throw error
  }
}

/** The value of an attribute, or undefined where there is none or it fails. */
export function tryAttr(ev: Evaluator, attrs: Attrs, name: string): Value | undefined {
  const place = attrs.get(intern(name))
  return place === undefined ? undefined : tryForce(ev, place)
}

/** The value of a place, or undefined where it fails. */
export function tryForce(ev: Evaluator, place: Lazy): Value | undefined {
  return attempt(ev, () => ev.force(place)).value
}

/** As `tryAttr`, for an attribute that has to be a set. */
export function tryAttrs(ev: Evaluator, attrs: Attrs, name: string): Attrs | undefined {
  const value = tryAttr(ev, attrs, name)
  return value instanceof Attrs ? value : undefined
}

/** As `tryAttr`, for an attribute that has to be a list. */
export function tryList(ev: Evaluator, attrs: Attrs, name: string): readonly Lazy[] {
  const value = tryAttr(ev, attrs, name)
  return Array.isArray(value) ? value : []
}

/** As `tryAttr`, for an attribute that has to be a string. */
export function tryText(ev: Evaluator, attrs: Attrs, name: string): string | undefined {
  const value = tryAttr(ev, attrs, name)
  return value !== undefined && isString(value) ? textOf(value) : undefined
}
