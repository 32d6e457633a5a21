// A value as JSON, for `builtins.toJSON`, `nix eval --json` and structured attributes.

import { writtenName } from "../../syntax/index.js"
import { spanOf, spanOfRest } from "../code/code.js"
import type { Span } from "../code/span.js"
import { pathText } from "../core-files.js"
import { EvalError } from "../errors/error.js"
import { descend } from "../errors/exhaustion.js"
import type { Evaluator } from "../evaluator.js"
import { apply } from "../interpreter/call.js"
import { coerce, RESULT } from "../interpreter/coerce.js"
import { force, forceAt } from "../interpreter/force.js"
import { isInteger } from "../interpreter/operators.js"
import { type Context, contextOf, isString, joinContext, noContext, textOf } from "../values/context.js"
import { intern } from "../values/symbol.js"
import { Attrs, Lambda, type Lazy, NixFloat, NixPath, Partial, type Value } from "../values/value.js"
import { jsonFloat } from "./float-text.js"
import { jsonFault, quoteJson } from "./json.js"
import { kindOfValue } from "./print.js"

const TO_STRING = intern("__toString")
const OUT_PATH = intern("outPath")

export interface JsonSettings {
  /** A path becomes the store path of its copy, instead of its own name. */
  readonly copyToStore: boolean
  /** Where the value is that is written. */
  readonly span?: Span
}

/** One line of JSON, names sorted, with what it depends on. */
export interface JsonText {
  readonly text: string
  readonly context: Context
  /** What is wrong with the first string that is no UTF-8. Nix meets it when all is evaluated and the text is written. */
  readonly fault: string | undefined
}

/** @throws EvalError `type` for functions */
export function toJson(ev: Evaluator, value: Value, settings: JsonSettings): JsonText {
  const writer = new JsonWriter(ev, settings)
  const { depth } = ev
  try {
    descend(ev, 0)
    writer.value(value)
  } finally {
    ev.depth = depth
  }
  return writer
}

class JsonWriter implements JsonText {
  text = ""
  fault: string | undefined
  context: Context = noContext
  own: Set<string> | undefined
  /** Of the attribute that is being written. */
  private span: Span

  constructor(
    private readonly ev: Evaluator,
    private readonly settings: JsonSettings,
  ) {
    this.span = settings.span ?? 0
  }

  value(value: Value): void {
    if (value === null || typeof value === "boolean" || isInteger(value)) this.text += String(value)
    else if (isString(value)) this.string(textOf(value), contextOf(value))
    else if (value instanceof NixFloat) this.text += jsonFloat(value.value)
    else if (value instanceof NixPath) this.path(value)
    else if (value instanceof Attrs) this.attrs(value)
    else if (Array.isArray(value)) this.list(value)
    else
      throw new EvalError(
        "type",
        `cannot convert ${kindOfValue(value)} to JSON`,
        placeOfFunction(value) || this.span,
      )
  }

  /** A part of the value. `what` says which, if it fails; what stands for the whole is no part. */
  private part(place: Lazy, what: (() => string) | undefined, span: Span): void {
    const { ev, span: outer } = this
    const depth = ev.depth
    this.span = span
    try {
      descend(ev, span)
      this.value(forceAt(ev, place, span))
    } catch (error) {
      if (error instanceof EvalError && what !== undefined) error.addFrame(`while evaluating ${what()}`, span)
      throw error
    } finally {
      ev.depth = depth
      this.span = outer
    }
  }

  private string(text: string, context: Context): void {
    joinContext(this, context)
    this.quoted(text)
  }

  // The bytes of a string pass through.
  private quoted(text: string): void {
    this.fault ??= jsonFault(text)
    this.text += quoteJson(text)
  }

  private path(value: NixPath): void {
    if (!this.settings.copyToStore) return this.string(pathText(value.path), noContext)
    const copied = this.ev.copyToStore(value.path)
    this.string(copied, new Set([copied]))
  }

  private list(list: readonly Lazy[]): void {
    this.text += "["
    list.forEach((element, i) => {
      if (i > 0) this.text += ","
      this.part(element, () => `list element at index ${i}`, this.span)
    })
    this.text += "]"
  }

  private attrs(attrs: Attrs): void {
    const toString = attrs.get(TO_STRING)
    if (toString !== undefined) {
      const { text, context } = coerce(
        this.ev,
        apply(this.ev, force(this.ev, toString), [attrs], this.span),
        { why: RESULT },
        this.span,
      )
      return this.string(text, context)
    }
    const outPath = attrs.shape.find(OUT_PATH)
    if (outPath >= 0) return this.part(attrs.at(outPath), undefined, attrs.shape.spanAt(outPath))
    this.text += "{"
    let separator = ""
    for (const slot of attrs.shape.sorted) {
      const name = attrs.shape.nameAt(slot)
      this.text += separator
      this.quoted(name)
      this.text += ":"
      separator = ","
      this.part(attrs.at(slot), () => `attribute '${writtenName(name)}'`, attrs.shape.spanAt(slot))
    }
    this.text += "}"
  }
}

function placeOfFunction(value: Value): Span {
  if (value instanceof Lambda) return spanOf(value.pc)
  return value instanceof Partial && value.fn instanceof Lambda ? spanOfRest(value.fn.pc, value.given) : 0
}
