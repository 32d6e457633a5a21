// The names of an attribute set, apart from its values. All sets made by one `{ .. }` in the source share a shape, so
// making a set copies no names, positions cost nothing per set, and a selection can remember "this shape, slot 3".
//
// Slots are in the order of the source; `sorted` gives the bytewise order that `attrNames` and printing want.
// Invariant: names within a shape are distinct.

import type { Span } from "./span.js"
import { nameOf, type Sym } from "./symbol.js"

/** Up to this many names, scanning them is faster than hashing (nixpkgs' sets have 7 names on average). */
const SCAN_LIMIT = 8

/** How `a // b` of two shapes is made: slot i of the result comes from right slot `from[i]`, or left slot `~from[i]`. */
export interface UpdatePlan {
  readonly shape: Shape
  readonly from: Int32Array
}

let nextId = 1

export class Shape {
  readonly id = nextId++
  private index: Int32Array | undefined
  private order: Int32Array | undefined
  private bare: Shape | undefined
  private plans: Map<Shape, UpdatePlan> | undefined

  /**
   * @param keys distinct symbols; owned by the shape from now on
   * @param spans one position per name, or undefined when none has one
   * @param stable whether the shape belongs to a place in the source, so that remembering things about it is bounded
   */
  constructor(
    readonly keys: ArrayLike<Sym> & Iterable<Sym>,
    readonly spans: ArrayLike<Span> | undefined,
    readonly stable: boolean,
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

  spanAt(slot: number): Span {
    return this.spans === undefined ? 0 : this.spans[slot]
  }

  /** The same names without positions, for sets that Nix makes without any (`mapAttrs`). */
  get withoutSpans(): Shape {
    if (this.spans === undefined) return this
    this.bare ??= new Shape(this.keys, undefined, this.stable)
    return this.bare
  }

  /** The shape of `left // right`. Remembered for stable shapes: three quarters of all updates repeat a pair. */
  update(right: Shape): UpdatePlan {
    if (!this.stable || !right.stable) return planUpdate(this, right)
    this.plans ??= new Map()
    let plan = this.plans.get(right)
    if (plan === undefined) {
      plan = planUpdate(this, right)
      this.plans.set(right, plan)
    }
    return plan
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

export const emptyShape = new Shape([], undefined, true)

function hash(symbol: Sym): number {
  return Math.imul(symbol, 0x9e3779b1) >>> 7
}

function planUpdate(left: Shape, right: Shape): UpdatePlan {
  const size = left.size
  const from = new Int32Array(size + right.size)
  for (let slot = 0; slot < size; slot++) from[slot] = ~slot
  let count = size
  for (let slot = 0; slot < right.size; slot++) {
    const existing = left.find(right.keys[slot])
    from[existing >= 0 ? existing : count++] = slot
  }
  const plan = from.subarray(0, count)
  return { shape: isUnchanged(left, right, plan) ? left : join(left, right, plan), from: plan }
}

/** A loop of `x = x // y` must not make a new shape each time, or memory would grow without end. */
function isUnchanged(left: Shape, right: Shape, from: Int32Array): boolean {
  if (from.length !== left.size) return false
  for (let i = 0; i < from.length; i++)
    if (from[i] >= 0 && right.spanAt(from[i]) !== left.spanAt(i)) return false
  return true
}

function join(left: Shape, right: Shape, from: Int32Array): Shape {
  const keys = new Int32Array(from.length)
  const hasSpans = left.spans !== undefined || right.spans !== undefined
  const spans = hasSpans ? new Int32Array(from.length) : undefined
  for (let i = 0; i < from.length; i++) {
    const slot = from[i]
    const shape = slot < 0 ? left : right
    const at = slot < 0 ? ~slot : slot
    keys[i] = shape.keys[at]
    if (spans !== undefined) spans[i] = shape.spanAt(at)
  }
  return new Shape(keys, spans, left.stable && right.stable)
}
