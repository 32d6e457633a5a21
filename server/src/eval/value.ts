// What evaluation works with. A place that may be unevaluated has type `Lazy`, and only `force` opens it.
//
// Chosen for few and small objects, since garbage collection is the largest single cost: null, booleans, small integers
// and strings without context are JavaScript's own; a list is an array; a set is a shape and an array of values.
// Strings hold bytes, one per character (latin1), which makes lengths, order, hashes and offsets those of Nix.

import type { Context } from "./context.js"
import type { EvalError } from "./error.js"
import type { Evaluator } from "./evaluator.js"
import { emptyShape, Shape } from "./shape.js"
import type { Span } from "./span.js"
import { intern, type Sym } from "./symbol.js"

export type Value =
  | null
  | boolean
  /** An integer. Beyond 2^53 it is a bigint, and every operation normalises its result to the one or the other. */
  | number
  | bigint
  | string
  | NixString
  | NixFloat
  | NixPath
  | Attrs
  | NixList
  | Lambda
  | Builtin
  | Partial

export type Lazy = Value | Thunk

export type NixList = readonly Lazy[]

/** Frame of variables: slot 0 is the frame around it, then one slot per variable. */
export type Env = (Lazy | Env | undefined)[]

/** While a thunk is being forced, this stands in the place of its frame. */
export const BLACKHOLE: unique symbol = Symbol("blackhole")

/**
 * A computation that runs at most once, when its value is first demanded.
 *
 * `pc >= 0`: not evaluated, `payload` is its frame, BLACKHOLE while running, or the EvalError it ended with.
 * `pc < 0`: evaluated, `payload` is the value, and `~pc` still says where in the source the value was written.
 */
export class Thunk {
  constructor(
    public pc: number,
    public payload: Env | typeof BLACKHOLE | EvalError | Value,
  ) {}
}

/** A string that refers to store paths or derivations. Strings without such are plain JavaScript strings. */
export class NixString {
  constructor(
    readonly text: string,
    readonly context: Context,
  ) {}
}

export class NixFloat {
  constructor(readonly value: number) {}
}

/** An absolute, canonical path. */
export class NixPath {
  constructor(readonly path: string) {}
}

export class Attrs {
  constructor(
    readonly shape: Shape,
    /** One per slot of the shape. */
    readonly values: Lazy[],
  ) {}

  get size(): number {
    return this.values.length
  }

  get(symbol: Sym): Lazy | undefined {
    const slot = this.shape.find(symbol)
    return slot < 0 ? undefined : this.values[slot]
  }

  has(symbol: Sym): boolean {
    return this.shape.find(symbol) >= 0
  }
}

export const emptyAttrs = new Attrs(emptyShape, [])

/** A set from names and values known to the evaluator itself; later names must differ from earlier ones. */
export function attrsOf(entries: Iterable<readonly [string, Lazy]>): Attrs {
  const keys: Sym[] = []
  const values: Lazy[] = []
  for (const [name, value] of entries) {
    keys.push(intern(name))
    values.push(value)
  }
  return attrsFrom(keys, values)
}

/** A set from distinct symbols and their values. */
export function attrsFrom(keys: Sym[], values: Lazy[], spans?: Span[]): Attrs {
  return keys.length === 0 ? emptyAttrs : new Attrs(new Shape(keys, spans, false), values)
}

/** A function written in Nix: code and the frame it was made in. */
export class Lambda {
  constructor(
    readonly pc: number,
    readonly env: Env,
  ) {}
}

/** One builtin function, and its documentation. */
export interface BuiltinRow {
  readonly args: readonly string[]
  /** Markdown. */
  readonly doc: string
  /** How many leading arguments the builtin always forces, in order, before it does anything else. */
  readonly strict?: number
  /** Traces do not name it, because it speaks in them itself. */
  readonly isTransparent?: boolean
  call(ev: Evaluator, ...args: Lazy[]): Value
}

export class Builtin {
  constructor(
    readonly name: string,
    readonly row: BuiltinRow,
  ) {}
}

/** A function that got fewer arguments than it takes. */
export class Partial {
  constructor(
    readonly fn: Lambda | Builtin,
    readonly args: readonly Lazy[],
  ) {}
}
