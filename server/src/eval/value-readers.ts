// How builtins read values: each reader evaluates a value, and fails in Nix's words if it is of the wrong type. Readers that end in
// `At` take slots, for the builtins that programs call most; the others take and return views.

import type { Span } from "./code/span.js"
import { EvalError, type EvalErrorCode } from "./errors/error.js"
import type { Evaluator } from "./evaluator.js"
import { expected } from "./formats/print.js"
import { force, forceSlot } from "./interpreter/force.js"
import { isInteger } from "./interpreter/operators.js"
import { firstElement, isString, showElement, textOf } from "./values/context.js"
import { FALSE, type Slot, Tag, TRUE } from "./values/heap.js"
import { intern, known, nameOf, type Sym } from "./values/symbol.js"
import {
  Attrs,
  isFunction,
  type Lazy,
  type NixList,
  NixString,
  unbox,
  unboxValue,
  type Value,
} from "./values/value.js"

const FUNCTOR = intern("__functor")

/** The readers of an evaluation, which extends this class. Every reader throws EvalError. */
export class ValueReaders {
  /** Address of a set in the heap. */
  attrsAt(this: Evaluator, slot: Slot): number {
    const value = forceSlot(this, slot)
    return (value & 7) === Tag.Attrs ? value >>> 2 : this.unfit("a set", unboxValue(value))
  }

  /** Address of a list in the heap. */
  listAt(this: Evaluator, slot: Slot): number {
    const value = forceSlot(this, slot)
    return (value & 7) === Tag.List ? value >>> 2 : this.unfit("a list", unboxValue(value))
  }

  boolAt(this: Evaluator, slot: Slot): boolean {
    const value = forceSlot(this, slot)
    if (value === TRUE) return true
    return value === FALSE ? false : this.unfit("a Boolean", unboxValue(value))
  }

  /** As `int`. */
  intAt(this: Evaluator, slot: Slot): number {
    const value = forceSlot(this, slot)
    return (value & 7) === Tag.Int ? value >> 3 : this.int(unbox(value))
  }

  /** As `text`. */
  textAt(this: Evaluator, slot: Slot): string {
    const value = forceSlot(this, slot)
    return (value & 7) === Tag.Name ? nameOf(value >>> 3) : this.textWithoutContext(unboxValue(value), 0)
  }

  /** The symbol of a text, if it was ever used as a name. */
  knownSymbolAt(this: Evaluator, slot: Slot): Sym | undefined {
    const value = forceSlot(this, slot)
    if ((value & 7) === Tag.Name) return value >>> 3
    return known(this.textWithoutContext(unboxValue(value), 0))
  }

  /** As `fn`: the slot of what can be called. */
  fnAt(this: Evaluator, slot: Slot): Slot {
    const value = forceSlot(this, slot)
    if ((value & 7) !== Tag.Lambda) this.fn(unbox(value))
    return value
  }

  list(this: Evaluator, place: Lazy): NixList {
    const value = force(this, place)
    if (Array.isArray(value)) return value
    return this.unfit("a list", value)
  }

  attrs(this: Evaluator, place: Lazy): Attrs {
    const value = force(this, place)
    return value instanceof Attrs ? value : this.unfit("a set", value)
  }

  bool(this: Evaluator, place: Lazy): boolean {
    const value = force(this, place)
    return typeof value === "boolean" ? value : this.unfit("a Boolean", value)
  }

  /** A 64-bit integer. */
  integer(this: Evaluator, place: Lazy): number | bigint {
    const value = force(this, place)
    return isInteger(value) ? value : this.unfit("an integer", value)
  }

  /** An integer that counts or indexes; beyond 2^53 it loses its last digits, which no list or string reaches. */
  int(this: Evaluator, place: Lazy): number {
    return Number(this.integer(place))
  }

  string(this: Evaluator, place: Lazy): string | NixString {
    const value = force(this, place)
    return isString(value) ? value : this.unfit("a string", value)
  }

  /** The text of a string without context: a name, a hash. */
  text(this: Evaluator, place: Lazy): string {
    return this.textWithoutContext(force(this, place), 0)
  }

  /** The symbol of an attribute name that was computed. */
  symbolOf(this: Evaluator, name: Slot, span: Span): Sym {
    return (name & 7) === Tag.Name ? name >>> 3 : intern(this.textWithoutContext(unboxValue(name), span))
  }

  textWithoutContext(this: Evaluator, value: Value, span: Span): string {
    if (typeof value === "string") return value
    if (!(value instanceof NixString)) this.unfit("a string", value, span)
    const example = showElement(firstElement(value.context))
    const message = `the string '${textOf(value)}' is not allowed to refer to a store path (such as '${example}')`
    const error = new EvalError("invalid-value", message)
    error.mark = span
    error.culprit = { wanted: "a string", found: value }
    throw error
  }

  /** A value that can be called. Sets count only if they have a `__functor`. */
  fn(this: Evaluator, place: Lazy): Value {
    const value = force(this, place)
    const isCallable = isFunction(value) || (value instanceof Attrs && value.has(FUNCTOR))
    return isCallable ? value : this.unfit("a function", value)
  }

  /** Throws; typed as never returning so that rows can `return ev.fail(..)`. */
  fail(code: EvalErrorCode, message: string): never {
    throw new EvalError(code, message)
  }

  /** Throws, as `fail`, for a value of the wrong type. `wanted` has its article. */
  unfit(this: Evaluator, wanted: string, found: Value, span: Span = 0): never {
    const error = new EvalError("type", expected(this, wanted, found), span)
    error.culprit = { wanted, found }
    throw error
  }
}
