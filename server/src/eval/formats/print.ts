// Prints values as Nix does, for answers (`nix eval`) and in messages. The result is bytes throughout, including marks such as `«thunk»`.

import { isStorePath } from "../../store/index.js"
import { writtenName, writtenString } from "../../syntax/index.js"
import { ops, spanOfRest } from "../code/code.js"
import { type Place, placeOf, writtenPlace } from "../code/span.js"
import { shownPath } from "../core-files.js"
import { EvalError, ForeignError } from "../errors/error.js"
import { endless, MAX_CALL_DEPTH } from "../errors/exhaustion.js"
import type { Evaluator } from "../evaluator.js"
import { coerce } from "../interpreter/coerce.js"
import { isDerivation } from "../interpreter/compare.js"
import { force, isRunning, valueOfThunk } from "../interpreter/force.js"
import { MetValues } from "../interpreter/met-values.js"
import { isInteger } from "../interpreter/operators.js"
import { placeOfDelayed } from "../interpreter/place-of-function.js"
import { bytesOf, guillemets } from "../values/byte-text.js"
import { isString, textOf } from "../values/context.js"
import { intern, nameOf } from "../values/symbol.js"
import {
  Attrs,
  Builtin,
  identityOf,
  isFunction,
  type Lambda,
  type Lazy,
  NixFloat,
  type NixList,
  NixPath,
  NixString,
  Partial,
  Thunk,
  type Value,
} from "../values/value.js"
import { floatToShortText } from "./float-text.js"
import { terminalText } from "./terminal-text.js"

export interface PrintSettings {
  /** Whether to evaluate what is not yet; otherwise it prints as `«thunk»`. */
  readonly force: boolean
  /** How deep sets and lists nest before they print as `{ ... }` and `[ ... ]`. */
  readonly maxDepth?: number
  /** How many attributes, and how many list elements, are printed in all. */
  readonly maxAttrs?: number
  readonly maxItems?: number
  /** How many bytes of each string are printed. */
  readonly maxText?: number
}

/** How much of a value a message shows (Nix: `errorPrintOptions`). */
const inMessages: PrintSettings = { force: false, maxDepth: 10, maxAttrs: 10, maxItems: 10, maxText: 1024 }

const DRV_PATH = intern("drvPath")
const TYPE = intern("type")
const UNDERSCORE_TYPE = intern("_type")

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

/** Only the value, as messages show it, as far as it is evaluated. */
export function printInMessage(ev: Evaluator, place: Lazy): string {
  return new Printer(ev, inMessages).place(place, 0)
}

/** A value in Nix syntax, on one line. `ev` may be absent when nothing is forced. */
export function printValue(ev: Evaluator | undefined, value: Value, settings: PrintSettings): string {
  return new Printer(ev, settings).value(value, 0)
}

class Printer {
  private readonly sets = new Set<unknown>()
  private readonly lists = new MetValues()
  private attrsLeft: number
  private itemsLeft: number

  constructor(
    private readonly ev: Evaluator | undefined,
    private readonly settings: PrintSettings,
  ) {
    this.attrsLeft = settings.maxAttrs ?? Number.POSITIVE_INFINITY
    this.itemsLeft = settings.maxItems ?? Number.POSITIVE_INFINITY
  }

  /** @param place where the value is; it makes a list the same list */
  value(value: Value, depth: number, place: Lazy = value): string {
    if (value === null) return "null"
    if (typeof value === "boolean" || isInteger(value)) return String(value)
    if (isString(value)) return printText(textOf(value), this.settings.maxText ?? Number.POSITIVE_INFINITY)
    if (value instanceof NixFloat) return floatToShortText(value.value, value.nan)
    if (value instanceof NixPath) return shownPath(value.path)
    if (value instanceof Attrs) return this.attrs(value, depth)
    return isFunction(value) ? showFunction(value) : this.list(value, depth, place)
  }

  place(place: Lazy, depth: number): string {
    // What has no end would exhaust the stack only after minutes.
    if (depth >= MAX_CALL_DEPTH) throw endless()
    if (!(place instanceof Thunk)) return this.value(place, depth)
    if (!this.settings.force || this.ev === undefined) {
      const there = valueOfThunk(place)
      if (there !== undefined) return this.value(there, depth, place)
      return guillemets(isRunning(place) ? "potential infinite recursion" : "thunk")
    }
    const { depth: calls } = this.ev
    const site = placeOfDelayed(place)
    try {
      return this.value(force(this.ev, place), depth, place)
    } catch (error) {
      this.ev.depth = calls
      if (isExhausted(error)) {
        error.addSite(site())
        throw error
      }
      return failure(error)
    }
  }

  private attrs(attrs: Attrs, depth: number): string {
    if (this.sets.has(identityOf(attrs))) return guillemets("repeated")
    this.sets.add(identityOf(attrs))
    if (attrs.size === 0) return "{ }"
    const derivation = this.derivation(attrs)
    if (derivation !== undefined) return derivation
    if (depth >= (this.settings.maxDepth ?? Number.POSITIVE_INFINITY)) return "{ ... }"
    const parts: string[] = []
    let shown = 0
    for (const slot of this.order(attrs)) {
      if (this.attrsLeft <= 0) break
      shown++
      parts.push(`${writtenName(attrs.shape.nameAt(slot))} = ${this.place(attrs.at(slot), depth + 1)};`)
      // Counted when it is printed whole, behind all that is in it.
      this.attrsLeft--
    }
    if (shown < attrs.size) parts.push(elided(attrs.size - shown, "attribute"))
    return `{ ${parts.join(" ")} }`
  }

  /** Where only some are shown, those that say what it is come first. */
  private order({ shape }: Attrs): Iterable<number> {
    if (this.settings.maxAttrs === undefined) return shape.sorted
    const important = [TYPE, UNDERSCORE_TYPE].map(name => shape.find(name)).filter(slot => slot >= 0)
    if (important.length === 0) return shape.sorted
    const isImportant = (slot: number) => important.includes(slot)
    const slots = Array.from(shape.sorted)
    return [...slots.filter(isImportant), ...slots.filter(slot => !isImportant(slot))]
  }

  /** What stands for a set that makes a derivation; a set that cannot say whether it does is as one that fails. */
  private derivation(attrs: Attrs): string | undefined {
    const { ev } = this
    if (!this.settings.force || ev === undefined) return undefined
    try {
      if (!isDerivation(ev, attrs)) return undefined
      const drvPath = attrs.get(DRV_PATH)
      if (drvPath === undefined) return guillemets("derivation")
      const path = coerce(ev, force(ev, drvPath), {}, 0).text
      if (!isStorePath(path, ev.io.storeDir)) return errorMark(`path '${path}' is not in the Nix store`)
      return guillemets(`derivation ${path}`)
    } catch (error) {
      if (isExhausted(error)) throw error
      return failure(error)
    }
  }

  private list(list: NixList, depth: number, place: Lazy): string {
    if (list.length === 0) return "[ ]"
    if (this.lists.has(place, list)) return guillemets("repeated")
    // The list at the top is a copy in Nix, so the same list inside it counts as another one.
    if (depth > 0) this.lists.add(place, list)
    if (depth >= (this.settings.maxDepth ?? Number.POSITIVE_INFINITY)) return "[ ... ]"
    const parts: string[] = []
    for (const element of list) {
      if (this.itemsLeft <= 0) break
      parts.push(this.place(element, depth + 1))
      this.itemsLeft--
    }
    if (parts.length < list.length) parts.push(elided(list.length - parts.length, "item"))
    return `[ ${parts.join(" ")} ]`
  }
}

function elided(count: number, noun: string): string {
  return guillemets(`${count} ${noun}${count === 1 ? "" : "s"} elided`)
}

/** Whether the stack was exhausted, which is no answer that stands beside others. */
function isExhausted(error: unknown): error is EvalError {
  return error instanceof EvalError && error.code === "stack-overflow"
}

/** What stands for a value that cannot be had. @throws what is no error of a program to Nix */
function failure(error: unknown): string {
  if (error instanceof EvalError && !(error instanceof ForeignError)) return errorMark(error.message)
  throw error
}

function errorMark(message: string): string {
  return guillemets(`error: ${terminalText(message, { colours: false })}`)
}

function showFunction(value: Lambda | Builtin | Partial): string {
  if (value instanceof Builtin) return guillemets(`primop ${value.name}`)
  if (!(value instanceof Partial)) return showLambda(value, placeOf(ops[value.pc + 1]))
  if (value.fn instanceof Builtin) return guillemets(`partially applied primop ${value.fn.name}`)
  return showLambda(value.fn, placeOf(spanOfRest(value.fn.pc, value.given)))
}

function showLambda(lambda: Lambda, place: Place | undefined): string {
  const bound = ops[lambda.pc + 2]
  const name = bound < 0 ? "" : ` ${writtenName(nameOf(bound))}`
  if (place === undefined) return guillemets(`lambda${name}`)
  const shown = place.shown.startsWith("\u00ab") ? bytesOf(place.shown) : place.shown
  return guillemets(`lambda${name} @ ${writtenPlace({ ...place, shown })}`)
}

/** A string literal of at most so many bytes; what is beyond is said to be left out. */
export function printText(text: string, most: number): string {
  if (text.length <= most) return writtenString(text)
  return `${writtenString(text.slice(0, most))} ${elided(text.length - most, "byte")}`
}
