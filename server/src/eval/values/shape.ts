// The names of an attribute set, apart from its values. Sets with the same names at the same positions share a shape, so
// making a set copies no names, positions cost nothing per set, and a selection can remember "this shape, slot 3".
//
// Slots are in the order of the source; `sorted` gives the bytewise order that `attrNames` and printing want.
// Shapes are told apart by what is in them: a NixOS system makes 238,000 sets whose names are computed, of only 28,600
// shapes, and what is known of a shape (its order, how two are joined) is then found once.
// Invariant: names within a shape are distinct. Shapes outlive the values of one evaluation, until `forgetShapes`: what
// evaluates nearly the same again then finds them.

import type { Span } from "../code/span.js"
import { EMPTY_ATTRS, mem, reserve } from "./heap.js"
import { orderedFor, rankOf } from "./met-names.js"
import { intern, nameOf, type Sym } from "./symbol.js"

/** Up to this many names, scanning them is faster than hashing (nixpkgs' sets have 7 names on average). */
const SCAN_LIMIT = 8
/** From this many names on, `//` lets the new shape look names up through the left one. */
const LAYER_FROM = 64
/** How many shapes one lookup may go through. */
const MOST_LAYERS = 4

/** How `a // b` of two shapes is made: the left values stay where they are, and right slot i goes to slot `to[i]`. */
export interface UpdatePlan {
  readonly right: Shape
  readonly shape: Shape
  readonly to: Int32Array
}

/** Every shape by its number. */
export const shapeById: Shape[] = []

// The names of small shapes once more, by number, each name plus one, 0 where there is none: a lookup then touches one line of
// memory instead of the shape, its array of names and what that holds. The first number is -1 for a shape that is not small.
const smallShapes: Int32Array = reserve(SCAN_LIMIT * 2 ** 20)

/** The slot of a name in the shape with a number, or -1. */
export function findIn(id: number, symbol: Sym): number {
  const from = id * SCAN_LIMIT
  if (from >= smallShapes.length || smallShapes[from] < 0) return shapeById[id].find(symbol)
  for (let slot = 0; slot < SCAN_LIMIT; slot++) {
    const key = smallShapes[from + slot]
    if (key === symbol + 1) return slot
    if (key === 0) return -1
  }
  return -1
}

function rememberSmall({ id, keys }: Shape): void {
  const from = id * SCAN_LIMIT
  if (from >= smallShapes.length) return
  if (keys.length > SCAN_LIMIT) smallShapes[from] = -1
  else for (let slot = 0; slot < keys.length; slot++) smallShapes[from + slot] = keys[slot] + 1
}

export class Shape {
  readonly id = shapeById.push(this) - 1
  /** Names from `first` on, by hash. */
  private index: Int32Array | undefined
  private order: Int32Array | undefined
  private meeting: { readonly slots: Int32Array; readonly evaluation: number } | undefined
  private bare: Shape | undefined
  private plans: Map<Shape, UpdatePlan> | undefined
  private lastPlan: UpdatePlan | undefined
  /** By a name, the shape without it. */
  private lesser: Map<Sym, Shape> | undefined

  private readonly layers: number

  /**
   * @param keys distinct symbols; owned by the shape from now on
   * @param spans one position per name, or undefined when none has one
   * @param known `contentHash` of both, if it is known
   * @param base a shape that has the first of the names at the same places: its index then serves for them. An overlay
   *   adds a few names to 25,000.
   */
  constructor(
    readonly keys: Int32Array,
    readonly spans: Int32Array | undefined,
    private known?: number,
    private readonly base?: Shape,
  ) {
    this.layers = base === undefined ? 1 : base.layers + 1
    rememberSmall(this)
  }

  /** `contentHash` of the names and positions. */
  get hash(): number {
    this.known ??= contentHash(this.keys, this.spans)
    return this.known
  }

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
    let slot = this.findOwn(symbol)
    for (let { base } = this; slot < 0 && base !== undefined; base = base.base) slot = base.findOwn(symbol)
    return slot
  }

  /** As `find`, among the names that the base does not have. */
  private findOwn(symbol: Sym): number {
    const index = this.index ?? this.buildIndex()
    const mask = index.length - 1
    for (let at = hash(symbol) & mask; ; at = (at + 1) & mask) {
      const slot = index[at] - 1
      if (slot < 0 || this.keys[slot] === symbol) return slot
    }
  }

  /** The shape that has these names added, or some at other positions. */
  extended(keys: Int32Array, spans: Int32Array | undefined, contents: number): Shape {
    const layered = this.size >= LAYER_FROM && this.layers < MOST_LAYERS && keys.length < 2 * this.size
    return internHashed(keys, spans, contents, layered ? this : undefined)
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
    if (this.meeting?.evaluation !== orderedFor()) {
      const ranks = this.keys.map(rankOf)
      const slots = ranks.map((_, slot) => slot).sort((a, b) => ranks[a] - ranks[b])
      this.meeting = { slots, evaluation: orderedFor() }
    }
    return this.meeting.slots
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
    if (this.lastPlan?.right === right) return this.lastPlan
    this.plans ??= new Map()
    let plan = this.plans.get(right)
    if (plan === undefined) {
      plan = planUpdate(this, right)
      this.plans.set(right, plan)
    }
    this.lastPlan = plan
    return plan
  }

  /** The shape of what is at some of the slots. */
  pick(slots: readonly number[]): Shape {
    return internShape(picked(this.keys, slots), this.spans && picked(this.spans, slots))
  }

  /** The shape without a name, the others in their order; itself where it has no such name. */
  without(name: Sym): Shape {
    const slot = this.find(name)
    if (slot < 0) return this
    this.lesser ??= new Map()
    let shape = this.lesser.get(name)
    if (shape === undefined) {
      shape = internShape(withoutAt(this.keys, slot), this.spans && withoutAt(this.spans, slot))
      this.lesser.set(name, shape)
    }
    return shape
  }

  /** Forgets what can be found again: how names are looked up, how the shape is joined with others, what is left of it. */
  forgetFindings(): void {
    this.index = undefined
    this.plans = undefined
    this.lastPlan = undefined
    this.lesser = undefined
    this.bare = undefined
  }

  private buildIndex(): Int32Array {
    const keys = this.keys
    const first = this.base === undefined ? 0 : this.base.size
    let capacity = 16
    while (capacity < (keys.length - first) * 2) capacity *= 2
    const index = new Int32Array(capacity)
    const mask = capacity - 1
    for (let slot = first; slot < keys.length; slot++) {
      let at = hash(keys[slot]) & mask
      while (index[at] !== 0) at = (at + 1) & mask
      index[at] = slot + 1
    }
    this.index = index
    return index
  }
}

/** For when memory is scarce: after a host with a home this is a quarter of what lives in JavaScript. */
export function forgetFindingsOfShapes(): void {
  for (const shape of shapeById) shape.forgetFindings()
}

// Number 0 means "no shape yet" in caches.
new Shape(new Int32Array(0), undefined)

const interned = new Map<number, Shape[]>()

/** The one shape that has these names and positions, in this order. The arrays are the shape's own from now on. */
export function internShape(keys: Int32Array, spans: Int32Array | undefined): Shape {
  return internHashed(keys, spans, contentHash(keys, spans), undefined)
}

function internHashed(
  keys: Int32Array,
  spans: Int32Array | undefined,
  contents: number,
  base: Shape | undefined,
): Shape {
  const alike = interned.get(contents)
  if (alike === undefined) {
    const shape = new Shape(keys, spans, contents, base)
    interned.set(contents, [shape])
    return shape
  }
  for (const shape of alike) if (sameNumbers(shape.keys, keys) && sameSpans(shape.spans, spans)) return shape
  const shape = new Shape(keys, spans, contents, base)
  alike.push(shape)
  return shape
}

/** How many shapes are the program's own, which made them before it evaluated anything. */
let own = 0

/** A shape of names without positions for a set that the evaluator itself makes. To be called once, while the program is loaded. */
export function ownShape(...names: readonly string[]): Shape {
  const shape = internShape(Int32Array.from(names, intern), undefined)
  own = shapeById.length
  return shape
}

/**
 * Forgets all shapes but the program's own, whose numbers are then given anew. Whoever calls this answers for it that there are no
 * sets any longer, and that nobody knows a shape or its number (see memory.ts).
 */
export function forgetShapes(): void {
  smallShapes.fill(0, own * SCAN_LIMIT, shapeById.length * SCAN_LIMIT)
  shapeById.length = own
  interned.clear()
  shapesOfOne.clear()
  for (const shape of shapeById.slice(1)) {
    shape.forgetFindings()
    interned.set(shape.hash, [...(interned.get(shape.hash) ?? []), shape])
  }
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

mem[EMPTY_ATTRS >>> 2] = ownShape().id

/** A sum over the names, so that that of `left // right` comes from the left one's and what is right. */
function contentHash(keys: Int32Array, spans: Int32Array | undefined): number {
  let sum = 0
  if (spans === undefined)
    for (let slot = 0; slot < keys.length; slot++) sum += entryHash(slot, keys[slot], 0)
  else for (let slot = 0; slot < keys.length; slot++) sum += entryHash(slot, keys[slot], spans[slot])
  return sum | 0
}

function entryHash(slot: number, key: Sym, span: Span): number {
  const h = Math.imul(key, 0x9e3779b1) ^ Math.imul(span + slot, 0x85ebca6b)
  return Math.imul(h ^ (h >>> 15), 0x01000193)
}

function picked(from: Int32Array, slots: readonly number[]): Int32Array {
  const numbers = new Int32Array(slots.length)
  for (let i = 0; i < slots.length; i++) numbers[i] = from[slots[i]]
  return numbers
}

function withoutAt(from: Int32Array, slot: number): Int32Array {
  const numbers = new Int32Array(from.length - 1)
  numbers.set(from.subarray(0, slot))
  numbers.set(from.subarray(slot + 1), slot)
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
  return { right, shape: moved === 0 ? left : join(left, right, to, count), to }
}

function join(left: Shape, right: Shape, to: Int32Array, count: number): Shape {
  const spans = left.spans === undefined && right.spans === undefined ? undefined : new Int32Array(count)
  const keys = count === left.size ? left.keys : new Int32Array(count)
  if (keys !== left.keys) keys.set(left.keys)
  if (left.spans !== undefined) spans?.set(left.spans)
  let contents = left.hash
  for (let slot = 0; slot < to.length; slot++) {
    const at = to[slot]
    if (at < left.size) contents -= entryHash(at, left.keys[at], left.spanAt(at))
    keys[at] = right.keys[slot]
    if (spans !== undefined) spans[at] = right.spanAt(slot)
    contents += entryHash(at, right.keys[slot], right.spanAt(slot))
  }
  return left.extended(keys, spans, contents | 0)
}
