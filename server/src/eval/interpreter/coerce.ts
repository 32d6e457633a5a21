// From values to text: string interpolation, `+`, `toString`, and what derivations put in their environment.

import type { Span } from "../code/span.js"
import { pathText } from "../core-files.js"
import { EvalError } from "../errors/error.js"
import { descend } from "../errors/exhaustion.js"
import type { Evaluator } from "../evaluator.js"
import { floatToText } from "../formats/float-text.js"
import { kindOfValue, printInMessage } from "../formats/print.js"
import { canonicalPath } from "../path.js"
import {
  type Context,
  contextOf,
  type GrowingContext,
  isString,
  joinContext,
  noContext,
  textOf,
} from "../values/context.js"
import { intern } from "../values/symbol.js"
import { Attrs, type Lazy, NixFloat, NixPath, type Value } from "../values/value.js"
import { apply } from "./call.js"
import { force } from "./force.js"
import { isInteger } from "./operators.js"

const TO_STRING = intern("__toString")
const OUT_PATH = intern("outPath")

/** Text under construction, with what it depends on. */
export interface TextBuilder extends GrowingContext {
  text: string
}

export interface Coercion {
  /** A path becomes the store path of its copy, instead of its own name. */
  readonly copyToStore?: boolean
  /** Numbers, booleans, null and lists have a text too. */
  readonly lenient?: boolean
  /** What the text is for, as the trace says when there is none, and where, when `span` does not say. */
  readonly why?: string
  readonly where?: () => Span
}

const ELEMENT = "while evaluating one element of the list"

/** What traces call the text that a set makes of itself. */
export const RESULT = "while evaluating the result of the `__toString` attribute"

/** What traces call a part of a text that is put together, of whatever kind. */
export const SEGMENT = "while evaluating a path segment"

/** An empty text to append to. */
export function newText(): TextBuilder {
  return { text: "", context: noContext, own: undefined }
}

/** The text of a value, with its context. */
export function coerce(ev: Evaluator, value: Value, coercion: Coercion, span: Span): TextBuilder {
  const builder = newText()
  coerceToText(ev, value, builder, coercion, span)
  return builder
}

/**
 * Appends the text of a value.
 * @throws EvalError `type` when it has none
 */
export function coerceToText(
  ev: Evaluator,
  value: Value,
  builder: TextBuilder,
  coercion: Coercion,
  span: Span,
): void {
  if (typeof value === "string") builder.text += value
  else if (isString(value)) append(builder, value.text, value.context)
  else if (value instanceof NixPath) appendPath(ev, value, builder, coercion.copyToStore === true)
  else if (value instanceof Attrs) coerceAttrs(ev, value, builder, coercion, span)
  else if (coercion.lenient === true) coerceLeniently(ev, value, builder, coercion, span)
  else throw notText(ev, value, coercion, span)
}

function append(builder: TextBuilder, text: string, context: Context): void {
  builder.text += text
  joinContext(builder, context)
}

function appendPath(ev: Evaluator, value: NixPath, builder: TextBuilder, copyToStore: boolean): void {
  if (!copyToStore) builder.text += pathText(value.path)
  else {
    const copied = ev.copyToStore(value.path)
    append(builder, copied, new Set([copied]))
  }
}

function coerceAttrs(
  ev: Evaluator,
  value: Attrs,
  builder: TextBuilder,
  coercion: Coercion,
  span: Span,
): void {
  descend(ev, span, coercion.where)
  try {
    const toString = value.get(TO_STRING)
    if (toString !== undefined) {
      const text = ownText(ev, value, toString, coercion, span)
      coerceToText(ev, text, builder, { ...coercion, why: RESULT }, span)
    } else {
      const outPath = value.get(OUT_PATH)
      if (outPath === undefined) throw notText(ev, value, coercion, span)
      coerceToText(ev, forcedFor(ev, outPath, coercion, span), builder, coercion, span)
    }
  } finally {
    ev.depth--
  }
}

/** The path of a set, which is asked for where the text is. */
function forcedFor(ev: Evaluator, outPath: Lazy, { where }: Coercion, span: Span): Value {
  try {
    return force(ev, outPath)
  } catch (error) {
    if (error instanceof EvalError && error.code === "infinite-recursion") error.askedAt(where?.() ?? span)
    throw error
  }
}

/** What a set says of itself. Where that was wanted is looked up, if it has to be, when it has failed. */
function ownText(ev: Evaluator, value: Attrs, toString: Lazy, { where }: Coercion, span: Span): Value {
  if (where === undefined) return apply(ev, force(ev, toString), [value], span)
  try {
    return apply(ev, force(ev, toString), [value], 0)
  } catch (error) {
    if (error instanceof EvalError) error.askedFrom(where())
    throw error
  }
}

function coerceLeniently(
  ev: Evaluator,
  value: Value,
  builder: TextBuilder,
  coercion: Coercion,
  span: Span,
): void {
  if (isInteger(value)) builder.text += String(value)
  else if (value instanceof NixFloat) builder.text += floatToText(value.value, value.nan)
  else if (value === true) builder.text += "1"
  else if (value === false || value === null) return
  else if (Array.isArray(value)) coerceList(ev, value, builder, coercion, span)
  else throw notText(ev, value, coercion, span)
}

/** Elements are separated by spaces, but an empty list leaves no space behind it. */
function coerceList(
  ev: Evaluator,
  list: Extract<Value, readonly unknown[]>,
  builder: TextBuilder,
  coercion: Coercion,
  span: Span,
): void {
  descend(ev, span)
  try {
    const ofElements = coercionOfElements(coercion)
    for (let i = 0; i < list.length; i++) {
      const element = coerceElement(ev, list, i, builder, coercion, ofElements, span)
      const isEmptyList = Array.isArray(element) && element.length === 0
      if (i < list.length - 1 && !isEmptyList) builder.text += " "
    }
  } finally {
    ev.depth--
  }
}

// Lists are many and ways to coerce few.
const ofElementsBy = new WeakMap<Coercion, Coercion>()

function coercionOfElements(coercion: Coercion): Coercion {
  let ofElements = ofElementsBy.get(coercion)
  if (ofElements === undefined) ofElementsBy.set(coercion, (ofElements = { ...coercion, why: ELEMENT }))
  return ofElements
}

/** Whatever fails in an element fails in the list, too. */
function coerceElement(
  ev: Evaluator,
  list: Extract<Value, readonly unknown[]>,
  i: number,
  builder: TextBuilder,
  coercion: Coercion,
  ofElements: Coercion,
  span: Span,
): Value {
  try {
    const element = force(ev, list[i])
    coerceToText(ev, element, builder, ofElements, span)
    return element
  } catch (error) {
    if (error instanceof EvalError) blame(error, list, coercion, span)
    throw error
  }
}

function notText(ev: Evaluator, value: Value, coercion: Coercion, span: Span): EvalError {
  const { why } = coercion
  const message = `cannot coerce ${kindOfValue(value)} to a string: ${printInMessage(ev, value)}`
  const error = new EvalError("type", message, why === undefined ? span : 0)
  blame(error, value, coercion, span)
  return error
}

/** Says what the text was for: here, or in the builtin that wanted it. */
function blame(error: EvalError, value: Value, { why, where }: Coercion, span: Span): void {
  if (why !== undefined) error.addFrame(why, where?.() ?? span)
  else if (span === 0) error.culprit = { wanted: "a text", found: value }
}

/** The text that is appended to a path; it may not depend on the store. */
export function coerceToPathText(ev: Evaluator, value: Value, span: Span, where: () => Span): string {
  return textOfPath(coerce(ev, value, { why: SEGMENT, where }, span), span)
}

/** @throws EvalError `type` for what depends on the store, which is seen when all parts are there */
export function textOfPath({ text, context }: TextBuilder, span: Span): string {
  if (context.size === 0) return text
  throw new EvalError("type", "a string that refers to a store path cannot be appended to a path", span)
}

/** A value as an absolute path: a path, or text that begins with a slash. Gives the context too. */
export function coerceToPath(ev: Evaluator, value: Value, span: Span): { path: string; context: Context } {
  if (value instanceof NixPath) return { path: value.path, context: noContext }
  const { text, context } = coerce(ev, value, {}, span)
  if (text.startsWith("/")) return { path: text, context }
  const error = new EvalError("invalid-path", `string '${text}' doesn't represent an absolute path`, span)
  if (span === 0) error.culprit = { wanted: "a path", found: value }
  throw error
}

/** The same without `.` and `..`, which only the paths of home folders have. */
export function coerceToCleanPath(
  ev: Evaluator,
  value: Value,
  span: Span,
): { path: string; context: Context } {
  const { path, context } = coerceToPath(ev, value, span)
  return { path: value instanceof NixPath ? path : canonicalPath(path), context }
}

/** A string value's parts. @throws EvalError `type` when the value is no string */
export function stringParts(ev: Evaluator, value: Value): Readonly<Pick<TextBuilder, "text" | "context">> {
  if (isString(value)) return { text: textOf(value), context: contextOf(value) }
  return ev.unfit("a string", value)
}
