// The names of an attribute set, apart from its values. Sets with the same names at the same positions share a shape, so
// making a set copies no names, positions cost nothing per set, and a selection can remember "this shape, slot 3".
//
// Slots are in the order of the source; `sorted` gives the bytewise order that `attrNames` and printing want.
// Shapes are told apart by what is in them: a NixOS system makes 238,000 sets whose names are computed, of only 28,600
// shapes, and what is known of a shape (its order, how two are joined) is then found once.
// Invariant: names within a shape are distinct. Shapes live as long as the process, like code.

import { EMPTY_ATTRS, mem } from "./heap.js"
import type { Span } from "./span.js"
import { nameOf, type Sym } from "./symbol.js"

/** Up to this many names, scanning them is faster than hashing (nixpkgs' sets have 7 names on average). */
const SCAN_LIMIT = 8

/** How `a // b` of two shapes is made: the left values stay where they are, and right slot i goes to slot `to[i]`. */
export interface UpdatePlan {
  readonly shape: Shape
  readonly to: Int32Array
}

/** Every shape by its number. */
export const shapeById: Shape[] = []

export class Shape {
  readonly id = shapeById.push(this) - 1
  private index: Int32Array | undefined
  private order: Int32Array | undefined
  private meeting: Int32Array | undefined
  private bare: Shape | undefined
  private plans: Map<Shape, UpdatePlan> | undefined

  /**
   * @param keys distinct symbols; owned by the shape from now on
   * @param spans one position per name, or undefined when none has one
   */
  constructor(
    readonly keys: Int32Array,
    readonly spans: Int32Array | undefined,
  ) {}

  get size(): number {
    return this.keys.length
  }

  /** The slot of a name, or -1. */
  find(symbol: Sym): number {
    const keys = this.keys
    if (keys.length <= SCAN_LIMIT) {
      for (let slot = 0; slot < keys.length; slot++) if (keys[slot] === symbol) return slot
      return -1
    }
    const index = this.index ?? this.buildIndex()
    const mask = index.length - 1
    for (let at = hash(symbol) & mask; ; at = (at + 1) & mask) {
      const slot = index[at] - 1
      if (slot < 0) return -1
      if (keys[slot] === symbol) return slot
    }
  }

  /** Slots in bytewise order of their names. */
  get sorted(): Int32Array {
    if (this.order === undefined) {
      const names = Array.from(this.keys, nameOf)
      this.order = Int32Array.from(names.keys()).sort((a, b) => (names[a] < names[b] ? -1 : 1))
    }
    return this.order
  }

  /** Slots in the order in which their names were first met, in which Nix goes through a set. */
  get met(): Int32Array {
    const { keys } = this
    this.meeting ??= Int32Array.from(keys.keys()).sort((a, b) => keys[a] - keys[b])
    return this.meeting
  }

  spanAt(slot: number): Span {
    return this.spans === undefined ? 0 : this.spans[slot]
  }

  /** The same names without positions, for sets that Nix makes without any (`mapAttrs`). */
  get withoutSpans(): Shape {
    if (this.spans === undefined) return this
    this.bare ??= internShape(this.keys, undefined)
    return this.bare
  }

  /** The shape of `left // right`. */
  update(right: Shape): UpdatePlan {
    this.plans ??= new Map()
    let plan = this.plans.get(right)
    if (plan === undefined) {
      plan = planUpdate(this, right)
      this.plans.set(right, plan)
    }
    return plan
  }

  /** The shape of what is at some of the slots. */
  pick(slots: readonly number[]): Shape {
    return internShape(picked(this.keys, slots), this.spans && picked(this.spans, slots))
  }

  private buildIndex(): Int32Array {
    const keys = this.keys
    let capacity = 16
    while (capacity < keys.length * 2) capacity *= 2
    const index = new Int32Array(capacity)
    const mask = capacity - 1
    for (let slot = 0; slot < keys.length; slot++) {
      let at = hash(keys[slot]) & mask
      while (index[at] !== 0) at = (at + 1) & mask
      index[at] = slot + 1
    }
    this.index = index
    return index
  }
}

// Number 0 means "no shape yet" in caches.
new Shape(new Int32Array(0), undefined)

const interned = new Map<number, Shape[]>()

/** The one shape that has these names and positions, in this order. The arrays are the shape's own from now on. */
export function internShape(keys: Int32Array, spans: Int32Array | undefined): Shape {
  const key = contentHash(keys, spans)
  const alike = interned.get(key)
  if (alike === undefined) {
    const shape = new Shape(keys, spans)
    interned.set(key, [shape])
    return shape
  }
  for (const shape of alike) if (sameNumbers(shape.keys, keys) && sameSpans(shape.spans, spans)) return shape
  const shape = new Shape(keys, spans)
  alike.push(shape)
  return shape
}

const shapesOfOne = new Map<number, Shape>()

/** The shape of one name at a position: hashing its content is half the work of making such a set. */
export function shapeOfOne(name: Sym, span: Span): Shape {
  const key = span * 2 ** 22 + name
  let shape = shapesOfOne.get(key)
  if (shape === undefined) {
    shape = internShape(Int32Array.of(name), Int32Array.of(span))
    shapesOfOne.set(key, shape)
  }
  return shape
}

export const emptyShape = internShape(new Int32Array(0), undefined)
mem[EMPTY_ATTRS >>> 2] = emptyShape.id

function contentHash(keys: Int32Array, spans: Int32Array | undefined): number {
  let h = keys.length
  for (let i = 0; i < keys.length; i++) h = Math.imul(h ^ keys[i], 0x01000193) + (h >>> 15)
  if (spans !== undefined)
    for (let i = 0; i < spans.length; i++) h = Math.imul(h ^ spans[i], 0x01000193) + (h >>> 15)
  return h | 0
}

function picked(from: Int32Array, slots: readonly number[]): Int32Array {
  const numbers = new Int32Array(slots.length)
  for (let i = 0; i < slots.length; i++) numbers[i] = from[slots[i]]
  return numbers
}

function sameNumbers(a: Int32Array, b: Int32Array): boolean {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}

function sameSpans(a: Int32Array | undefined, b: Int32Array | undefined): boolean {
  return a === undefined || b === undefined ? a === b : sameNumbers(a, b)
}

function hash(symbol: Sym): number {
  return Math.imul(symbol, 0x9e3779b1) >>> 7
}

function planUpdate(left: Shape, right: Shape): UpdatePlan {
  const to = new Int32Array(right.size)
  let count = left.size
  let moved = 0
  for (let slot = 0; slot < right.size; slot++) {
    const existing = left.find(right.keys[slot])
    to[slot] = existing >= 0 ? existing : count++
    if (existing < 0 || right.spanAt(slot) !== left.spanAt(existing)) moved++
  }
  return { shape: moved === 0 ? left : join(left, right, to, count), to }
}

function join(left: Shape, right: Shape, to: Int32Array, count: number): Shape {
  const keys = new Int32Array(count)
  keys.set(left.keys)
  for (let slot = 0; slot < to.length; slot++) keys[to[slot]] = right.keys[slot]
  if (left.spans === undefined && right.spans === undefined) return internShape(keys, undefined)
  const spans = new Int32Array(count)
  if (left.spans !== undefined) spans.set(left.spans)
  for (let slot = 0; slot < to.length; slot++) spans[to[slot]] = right.spanAt(slot)
  return internShape(keys, spans)
}
