// What evaluation works with, as builtins and other layers see it. A place that may be unevaluated has type `Lazy`, and
// only `force` opens it.
//
// Inside, everything is a slot (heap.ts). `unbox` gives what a slot holds: null, booleans, small integers and strings
// without context are JavaScript's own, a list is an array; `Attrs`, `Lambda` and `Thunk` are views, made when somebody
// looks, that share their slot with every other view of the same thing. `box` is the way back.
// Strings hold bytes, one per character (latin1), which makes lengths, order, hashes and offsets those of Nix.

import { CALL_NATIVE, constantAt, constantSlot, ops } from "../code/code.js"
import type { Span } from "../code/span.js"
import type { Evaluator } from "../evaluator.js"
import type { Context } from "./context.js"
import {
  allocate,
  boxBoolean,
  boxInteger,
  boxObject,
  EMPTY_ATTRS,
  EMPTY_LIST,
  mem,
  NULL,
  newList,
  objects,
  type Slot,
  slotOf,
  slotsFrom,
  Tag,
} from "./heap.js"
import { internShape, type Shape, shapeById } from "./shape.js"
import { intern, nameOf, type Sym } from "./symbol.js"

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

/** A list that came out of the heap knows its slot, so that it is itself when it goes back. */
export type NixList = readonly Lazy[] & { readonly slot?: Slot }

/**
 * A computation that runs at most once, when its value is first demanded.
 *
 * The heap holds [pc, frame] until it has run, with BLACKHOLE in place of the frame while it runs, or ~(1 + number) of the
 * error it ended with; then [~pc, value], so that `~pc` still says where in the source the value was written.
 */
export class Thunk {
  constructor(readonly slot: Slot) {}

  /** Whether it has run and has a value. */
  get isEvaluated(): boolean {
    return (this.slot & 7) !== Tag.Thunk || mem[this.slot >>> 2] < 0
  }

  /** Where its code is. */
  get pc(): number {
    if ((this.slot & 7) !== Tag.Thunk) return CALL_NATIVE
    const pc = mem[this.slot >>> 2]
    return pc < 0 ? ~pc : pc
  }
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

  /** How it is printed if it is not a number. */
  get nan(): "nan" | "-nan" {
    return this === positiveNaN ? "nan" : "-nan"
  }
}

/** Arithmetic makes NaNs that are negative, as on x86; only data has this one, and what is computed from it. */
export const positiveNaN = new NixFloat(Number.NaN)

/** An absolute, canonical path. */
export class NixPath {
  constructor(readonly path: string) {}
}

export class Attrs {
  constructor(readonly slot: Slot) {}

  get shape(): Shape {
    return shapeById[mem[this.slot >>> 2]]
  }

  get size(): number {
    return this.shape.size
  }

  /** What is at a slot of the shape. */
  at(slot: number): Lazy {
    return unbox(mem[(this.slot >>> 2) + 1 + slot])
  }

  get(symbol: Sym): Lazy | undefined {
    const slot = this.shape.find(symbol)
    return slot < 0 ? undefined : this.at(slot)
  }

  has(symbol: Sym): boolean {
    return this.shape.find(symbol) >= 0
  }

  /** All values, in the order of the shape. */
  get values(): Lazy[] {
    return Array.from({ length: this.size }, (_, slot) => this.at(slot))
  }
}

/** A function written in Nix: code and the frame it was made in. */
export class Lambda {
  constructor(readonly slot: Slot) {}

  get pc(): number {
    return mem[this.slot >>> 2]
  }

  get env(): number {
    return mem[(this.slot >>> 2) + 1]
  }
}

/** One builtin function, and its documentation. */
export interface BuiltinRow {
  readonly args: readonly string[]
  /** Markdown. */
  readonly doc: string
  /** Whether it forces its first argument before it does anything else. */
  readonly strict?: boolean
  /** Traces do not name it, because it speaks in them itself. */
  readonly isTransparent?: boolean
  /** It is only there while this experimental feature is listed. */
  readonly feature?: string
  call?(ev: Evaluator, ...args: Lazy[]): Value
  /** In place of `call`, for the builtins that programs call most: slots in, slot out. */
  slots?(ev: Evaluator, a: Slot, b: Slot, c: Slot): Slot
}

export class Builtin {
  readonly slot: Slot = constantSlot(this)
  /** How many arguments it takes, and whether it is going to force the first anyway. */
  readonly arity: number
  readonly strict: boolean
  /** Runs it. Arguments beyond those it takes are ignored. */
  readonly invoke: (ev: Evaluator, a: Slot, b: Slot, c: Slot) => Slot

  constructor(
    readonly name: string,
    readonly row: BuiltinRow,
  ) {
    this.arity = row.args.length
    this.strict = row.strict ?? false
    this.invoke = row.slots ?? onSlots(row)
    if (this.slot >>> 3 >= arities.length) throw new RangeError("more builtins than arities has room for")
    arities[this.slot >>> 3] = this.arity
  }
}

/** The arity of each builtin by the number of its constant: what a call asks first, without touching the object. */
const arities = new Uint8Array(1 << 8)

/** How many arguments a constant takes if it is a builtin; 0 of all else. */
export function arityOf(constant: Slot): number {
  const number = constant >>> 3
  return number < arities.length ? arities[number] : 0
}

function onSlots(row: BuiltinRow): Builtin["invoke"] {
  const { call } = row
  if (call === undefined) throw new Error("a builtin needs `call` or `slots`")
  switch (row.args.length) {
    case 1:
      return (ev, a) => box(call(ev, unbox(a)))
    case 2:
      return (ev, a, b) => box(call(ev, unbox(a), unbox(b)))
    default:
      return (ev, a, b, c) => box(call(ev, unbox(a), unbox(b), unbox(c)))
  }
}

/** A function that got fewer arguments than it takes. */
export class Partial {
  /** In the heap: [function, count, argument..] */
  readonly address: number

  /** With so many arguments, to be filled in from `address + 2`. */
  constructor(fn: Slot, count: number) {
    this.address = allocate(2 + count)
    mem[this.address] = fn
    mem[this.address + 1] = count
  }

  get fn(): Lambda | Builtin {
    return unbox(mem[this.address]) as Lambda | Builtin
  }

  /** How many arguments it got. */
  get given(): number {
    return mem[this.address + 1]
  }

  /** How many it still needs. */
  get lacking(): number {
    const fn = mem[this.address]
    return ((fn & 7) === Tag.Lambda ? ops[mem[fn >>> 2] + 3] : arityOf(fn)) - this.given
  }

  get args(): readonly Slot[] {
    return slotsFrom(this.address + 2, this.given)
  }
}

/** Whether it is a function itself: a set with a `__functor` can be called, and is none. */
export function isFunction(value: Value): value is Lambda | Builtin | Partial {
  return value instanceof Lambda || value instanceof Builtin || value instanceof Partial
}

/** What lives in JavaScript, of a slot whose tag says that it does. */
export function objectAt(slot: Slot): unknown {
  const tag = slot & 7
  if (tag === Tag.Object) return objects[slot >>> 3]
  return tag === Tag.Const ? constantAt(slot >>> 3) : nameOf(slot >>> 3)
}

/** What a slot holds, as a view. */
export function unbox(slot: Slot): Lazy {
  switch (slot & 7) {
    case Tag.Thunk:
      return new Thunk(slot)
    case Tag.Attrs:
      return new Attrs(slot)
    case Tag.List:
      return listElements(slot)
    case Tag.Lambda:
      return new Lambda(slot)
    case Tag.Int:
      return slot >> 3
    default:
      return objectAt(slot) as Value
  }
}

/** As `unbox`, for what is evaluated: the results of `run` and `forceSlot`. */
export function unboxValue(slot: Slot): Value {
  return unbox(slot) as Value
}

function listElements(slot: Slot): NixList {
  const at = slot >>> 2
  const elements: Lazy[] & { slot?: Slot } = new Array<Lazy>(mem[at])
  for (let i = 0; i < elements.length; i++) {
    const element = mem[at + 1 + i]
    // A list in a list is opened when somebody asks for it: lists nest deeper than stacks.
    elements[i] = (element & 7) === Tag.List ? new Thunk(element) : unbox(element)
  }
  elements.slot = slot
  return elements
}

/** The slot of a view. */
export function box(value: Lazy): Slot {
  switch (typeof value) {
    case "number":
    case "bigint":
      return boxInteger(value)
    case "boolean":
      return boxBoolean(value)
    case "object":
      if (value === null) return NULL
      if (value instanceof Attrs || value instanceof Thunk || value instanceof Lambda) return value.slot
      if (value instanceof Builtin) return value.slot
      return Array.isArray(value) ? boxList(value) : boxObject(value)
    default:
      return boxObject(value)
  }
}

function boxList(elements: NixList): Slot {
  if (elements.slot !== undefined) return elements.slot
  if (elements.length === 0) return EMPTY_LIST
  const at = newList(elements.length)
  for (let i = 0; i < elements.length; i++) mem[at + 1 + i] = box(elements[i])
  return slotOf(at, Tag.List)
}

/** What two views of one thing have in common; for whoever looks for cycles. */
export function identityOf(value: Lazy): unknown {
  return typeof value === "object" && value !== null && "slot" in value ? value.slot : value
}

/** Address of a set whose values are still to be filled in, from `address + 1`. */
export function newAttrs(shape: Shape): number {
  const at = allocate(shape.size + 1)
  mem[at] = shape.id
  return at
}

/** The slot of a set of a shape, of values in the order of its names. */
export function attrsSlot(shape: Shape, values: ArrayLike<Slot>): Slot {
  if (values.length === 0) return EMPTY_ATTRS
  const at = newAttrs(shape)
  for (let i = 0; i < values.length; i++) mem[at + 1 + i] = values[i]
  return slotOf(at, Tag.Attrs)
}

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
export function attrsFrom(keys: readonly Sym[], values: readonly Lazy[], spans?: readonly Span[]): Attrs {
  if (keys.length === 0) return new Attrs(EMPTY_ATTRS)
  const shape = internShape(keys, spans)
  return new Attrs(attrsSlot(shape, values.map(box)))
}
