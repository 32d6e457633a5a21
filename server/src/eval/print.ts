// Values as Nix writes them, for answers (`nix eval`) and inside messages.

import { ops } from "./code.js"
import { isDerivation } from "./compare.js"
import { isString, textOf } from "./context.js"
import { EvalError } from "./error.js"
import type { Evaluator } from "./evaluator.js"
import { floatToShortText } from "./float-text.js"
import { force } from "./force.js"
import { isInteger } from "./operators.js"
import { placeOf } from "./span.js"
import { intern, nameOf } from "./symbol.js"
import {
  Attrs,
  Builtin,
  type Lambda,
  type Lazy,
  NixFloat,
  type NixList,
  NixPath,
  NixString,
  Partial,
  Thunk,
  type Value,
} from "./value.js"

export interface PrintSettings {
  /** Whether to evaluate what is not yet; otherwise it prints as `«thunk»`. */
  readonly force: boolean
  readonly maxDepth?: number
  readonly maxAttrs?: number
  readonly maxItems?: number
  readonly maxText?: number
}

/** How much of a value a message shows (Nix: `errorPrintOptions`). */
const inMessages: PrintSettings = { force: false, maxDepth: 10, maxAttrs: 10, maxItems: 10, maxText: 1024 }

const DRV_PATH = intern("drvPath")
const KEYWORDS = new Set(["assert", "else", "if", "in", "inherit", "let", "rec", "then", "with"])

/** What kind of value it is, with its article: `an integer`, `a set`. */
export function kindOfValue(value: Value): string {
  if (value === null) return "null"
  if (typeof value === "boolean") return "a Boolean"
  if (isInteger(value)) return "an integer"
  if (typeof value === "string") return "a string"
  if (value instanceof NixString) return "a string with context"
  if (value instanceof NixFloat) return "a float"
  if (value instanceof NixPath) return "a path"
  if (value instanceof Attrs) return "a set"
  if (value instanceof Builtin) return `the built-in function '${value.name}'`
  if (value instanceof Partial && value.fn instanceof Builtin)
    return `the partially applied built-in function '${value.fn.name}'`
  return Array.isArray(value) ? "a list" : "a function"
}

/** Kind and value, as messages give them: `an integer: 1`. */
export function showValue(ev: Evaluator | undefined, value: Value): string {
  return `${kindOfValue(value)}: ${printValue(ev, value, inMessages)}`
}

/** The message for a value of the wrong kind. `wanted` has its article. */
export function expected(ev: Evaluator | undefined, wanted: string, found: Value): string {
  return `expected ${wanted} but found ${showValue(ev, found)}`
}

/** Only the value, as messages show it. */
export function printInMessage(ev: Evaluator, value: Value): string {
  return printValue(ev, value, inMessages)
}

/** A value in Nix syntax, on one line. `ev` may be absent when nothing is forced. */
export function printValue(ev: Evaluator | undefined, value: Value, settings: PrintSettings): string {
  return new Printer(ev, settings).value(value, 0)
}

class Printer {
  private readonly seen = new Set<object>()
  private attrsLeft: number
  private itemsLeft: number

  constructor(
    private readonly ev: Evaluator | undefined,
    private readonly settings: PrintSettings,
  ) {
    this.attrsLeft = settings.maxAttrs ?? Number.POSITIVE_INFINITY
    this.itemsLeft = settings.maxItems ?? Number.POSITIVE_INFINITY
  }

  value(value: Value, depth: number): string {
    if (value === null) return "null"
    if (typeof value === "boolean" || isInteger(value)) return String(value)
    if (isString(value)) return quote(textOf(value), this.settings.maxText)
    if (value instanceof NixFloat) return floatToShortText(value.value)
    if (value instanceof NixPath) return value.path
    if (value instanceof Attrs) return this.attrs(value, depth)
    return Array.isArray(value) ? this.list(value, depth) : showFunction(value as Lambda | Builtin | Partial)
  }

  private place(place: Lazy, depth: number): string {
    if (!(place instanceof Thunk)) return this.value(place, depth)
    if (place.pc < 0) return this.value(place.payload as Value, depth)
    if (!this.settings.force || this.ev === undefined) return "«thunk»"
    try {
      return this.value(force(this.ev, place), depth)
    } catch (error) {
      if (error instanceof EvalError) return `«error: ${error.message}»`
      throw error
    }
  }

  private attrs(attrs: Attrs, depth: number): string {
    if (attrs.size === 0) return "{ }"
    if (this.settings.force && this.ev !== undefined && isDerivation(this.ev, attrs))
      return this.derivation(attrs)
    if (this.seen.has(attrs)) return "«repeated»"
    this.seen.add(attrs)
    if (depth >= (this.settings.maxDepth ?? Number.POSITIVE_INFINITY)) return "{ ... }"
    const parts: string[] = []
    let shown = 0
    for (const slot of attrs.shape.sorted) {
      if (this.attrsLeft <= 0) break
      this.attrsLeft--
      shown++
      parts.push(
        `${attrName(nameOf(attrs.shape.keys[slot]))} = ${this.place(attrs.values[slot], depth + 1)};`,
      )
    }
    if (shown < attrs.size) parts.push(elided(attrs.size - shown, "attribute"))
    return `{ ${parts.join(" ")} }`
  }

  private derivation(attrs: Attrs): string {
    const drvPath = attrs.get(DRV_PATH)
    if (drvPath === undefined || this.ev === undefined) return "«derivation»"
    try {
      const value = force(this.ev, drvPath)
      return isString(value) ? `«derivation ${textOf(value)}»` : "«derivation»"
    } catch (error) {
      if (error instanceof EvalError) return `«error: ${error.message}»`
      throw error
    }
  }

  private list(list: NixList, depth: number): string {
    if (list.length === 0) return "[ ]"
    if (this.seen.has(list)) return "«repeated»"
    this.seen.add(list)
    if (depth >= (this.settings.maxDepth ?? Number.POSITIVE_INFINITY)) return "[ ... ]"
    const parts: string[] = []
    for (const element of list) {
      if (this.itemsLeft <= 0) break
      this.itemsLeft--
      parts.push(this.place(element, depth + 1))
    }
    if (parts.length < list.length) parts.push(elided(list.length - parts.length, "item"))
    return `[ ${parts.join(" ")} ]`
  }
}

function elided(count: number, noun: string): string {
  return `«${count} ${noun}${count === 1 ? "" : "s"} elided»`
}

function showFunction(value: Lambda | Builtin | Partial): string {
  if (value instanceof Builtin) return `«primop ${value.name}»`
  if (value instanceof Partial && value.fn instanceof Builtin)
    return `«partially applied primop ${value.fn.name}»`
  const lambda = (value instanceof Partial ? value.fn : value) as Lambda
  const bound = ops[lambda.pc + 2]
  const place = placeOf(ops[lambda.pc + 1])
  const name = bound < 0 ? "" : ` ${nameOf(bound)}`
  return place === undefined
    ? `«lambda${name}»`
    : `«lambda${name} @ ${place.file}:${place.line}:${place.column}»`
}

/** An attribute name, quoted where Nix would not read it otherwise. */
export function attrName(name: string): string {
  return /^[A-Za-z_][A-Za-z0-9_'-]*$/.test(name) && !KEYWORDS.has(name) ? name : quote(name)
}

const escapes: Readonly<Record<string, string>> = {
  "\\": "\\\\",
  '"': '\\"',
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
}

/** A string literal. `maxText` counts bytes; what is beyond it is said to be left out. */
export function quote(text: string, maxText?: number): string {
  const shown = maxText !== undefined && text.length > maxText ? text.slice(0, maxText) : text
  const body = shown.replace(/[\\"\n\r\t]|\$(?=\{)/g, found => escapes[found] ?? "\\$")
  return shown === text ? `"${body}"` : `"${body}" ${elided(text.length - shown.length, "byte")}`
}
