// The names of an attribute set, apart from its values. Sets with the same names at the same positions share a shape, so
// making a set copies no names, positions cost nothing per set, and a selection can remember "this shape, slot 3".
//
// Slots are in the order of the source; `sorted` gives the bytewise order that `attrNames` and printing want.
// Names and positions of all shapes lie in one array, and so do the tables by which they are found: a host with a home has
// 235,000 shapes, and an array of its own for each of theirs took 250 MB more.
// Shapes are told apart by what is in them: a NixOS system makes 238,000 sets whose names are computed, of only 28,600
// shapes, and what is known of a shape (its order, how two are joined) is then found once.
// Invariant: names within a shape are distinct. Shapes outlive the values of one evaluation, until `forgetShapes`: what
// evaluates nearly the same again then finds them.

import type { Span } from "../code/span.js"
import { EvalError } from "../errors/error.js"
import { EMPTY_ATTRS, mem, reserve } from "./heap.js"
import { orderedFor, rankOf } from "./met-names.js"
import { intern, nameOf, type Sym } from "./symbol.js"

/** Up to this many names, scanning them is faster than hashing (nixpkgs' sets have 7 names on average). */
const SCAN_LIMIT = 8
/** From this many names on, `//` lets the new shape look names up through the left one. */
const LAYER_FROM = 64
/** How many shapes one lookup may go through. */
const MOST_LAYERS = 4

/** How `a // b` of two shapes is made: the left values stay where they are, and right slot i goes to slot `findings[to + i]`. */
export interface UpdatePlan {
  readonly right: Shape
  readonly shape: Shape
  readonly to: number
}

/** Every shape by its number. */
export const shapeById: Shape[] = []

/** Names of shapes, and where they are written. */
const entries: Int32Array = reserve(2 ** 28)
let entriesTop = 0
/** Where a shape without positions has them. */
const NO_SPANS = -1

/** What was found out about shapes and can be forgotten: where names are (slot + 1 by hash), and how two are joined. */
export const findings: Int32Array = reserve(2 ** 27)
let findingsTop = 0

/** What names, positions and findings of shapes take, in MB of 2^20 bytes. */
export function shapeMegabytes(): number {
  return Math.round((4 * (entriesTop + findingsTop)) / 2 ** 20)
}

/** Makes room for so many names or positions. @throws EvalError `out-of-memory` */
function roomForEntries(count: number): number {
  const at = entriesTop
  if (at + count > entries.length) throw full()
  entriesTop = at + count
  return at
}

/** So many zeros. @throws EvalError `out-of-memory` */
function roomForFindings(count: number): number {
  const at = findingsTop
  if (at + count > findings.length) throw full()
  findingsTop = at + count
  return at
}

function full(): EvalError {
  return new EvalError("out-of-memory", `evaluation ran out of memory (${shapeById.length} shapes of sets)`)
}

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

function rememberSmall({ id, size, keysAt }: Shape): void {
  const from = id * SCAN_LIMIT
  if (from >= smallShapes.length) return
  if (size > SCAN_LIMIT) smallShapes[from] = -1
  else for (let slot = 0; slot < size; slot++) smallShapes[from + slot] = entries[keysAt + slot] + 1
}

export class Shape {
  readonly id = shapeById.push(this) - 1
  /** Where in `findings` the names are by hash, from `first` on; -1 while nobody has looked for one. */
  private indexAt = -1
  private indexMask = 0
  private order: Int32Array | undefined
  private meeting: { readonly slots: Int32Array; readonly evaluation: number } | undefined
  private bare: Shape | undefined
  private lastPlan: UpdatePlan | undefined
  /** The last name that was taken away, and the shape that was left. */
  private lastLess: { readonly name: Sym; readonly shape: Shape } | undefined

  private readonly layers: number

  /**
   * @param keysAt where in `entries` its names are, all different
   * @param spansAt where one position for each is, or `NO_SPANS`
   * @param known `contentHash` of both, if it is known
   * @param base a shape that has the first of the names at the same places: its index then serves for them. An overlay
   *   adds a few names to 25,000.
   * @param alike another shape with the same `contentHash`
   */
  constructor(
    readonly size: number,
    readonly keysAt: number,
    readonly spansAt: number,
    private known?: number,
    private readonly base?: Shape,
    readonly alike?: Shape,
  ) {
    this.layers = base === undefined ? 1 : base.layers + 1
    rememberSmall(this)
  }

  /** `contentHash` of the names and positions. */
  get hash(): number {
    this.known ??= contentHash(this.size, this.keysAt, this.spansAt)
    return this.known
  }

  keyAt(slot: number): Sym {
    return entries[this.keysAt + slot]
  }

  nameAt(slot: number): string {
    return nameOf(entries[this.keysAt + slot])
  }

  /** All names, by slot. For one of them `keyAt` is cheaper. */
  get keys(): Int32Array {
    return entries.subarray(this.keysAt, this.keysAt + this.size)
  }

  /** All names as texts, by slot. */
  get names(): string[] {
    return Array.from(this.keys, nameOf)
  }

  /** The slot of a name, or -1. */
  find(symbol: Sym): number {
    const { size, keysAt } = this
    if (size <= SCAN_LIMIT) {
      for (let slot = 0; slot < size; slot++) if (entries[keysAt + slot] === symbol) return slot
      return -1
    }
    let slot = this.findOwn(symbol)
    for (let { base } = this; slot < 0 && base !== undefined; base = base.base) slot = base.findOwn(symbol)
    return slot
  }

  /** As `find`, among the names that the base does not have. */
  private findOwn(symbol: Sym): number {
    if (this.indexAt < 0) this.buildIndex()
    const { indexAt, indexMask, keysAt } = this
    for (let at = hash(symbol) & indexMask; ; at = (at + 1) & indexMask) {
      const slot = findings[indexAt + at] - 1
      if (slot < 0 || entries[keysAt + slot] === symbol) return slot
    }
  }

  /** What the index of a shape that has the same first names may lean on. */
  baseFor(size: number): Shape | undefined {
    return this.size >= LAYER_FROM && this.layers < MOST_LAYERS && size < 2 * this.size ? this : undefined
  }

  /** Slots in bytewise order of their names. */
  get sorted(): Int32Array {
    if (this.order === undefined) {
      const { names } = this
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
    return this.spansAt === NO_SPANS ? 0 : entries[this.spansAt + slot]
  }

  /** The same names without positions, for sets that Nix makes without any (`mapAttrs`). */
  get withoutSpans(): Shape {
    if (this.spansAt === NO_SPANS) return this
    this.bare ??= internEntries(this.size, this.keysAt, NO_SPANS, entriesTop)
    return this.bare
  }

  /** The shape of `left // right`. */
  update(right: Shape): UpdatePlan {
    if (this.lastPlan?.right === right) return this.lastPlan
    const pair = this.id * 2 ** 26 + right.id
    let plan = plans.get(pair)
    if (plan === undefined) {
      plan = planUpdate(this, right)
      plans.set(pair, plan)
    }
    this.lastPlan = plan
    return plan
  }

  /** The shape of what is at some of the slots. */
  pick(slots: readonly number[]): Shape {
    const from = entriesTop
    const keysAt = picked(this.keysAt, slots)
    const spansAt = this.spansAt === NO_SPANS ? NO_SPANS : picked(this.spansAt, slots)
    return internEntries(slots.length, keysAt, spansAt, from)
  }

  /** The shape without a name, the others in their order; itself where it has no such name. */
  without(name: Sym): Shape {
    if (this.lastLess?.name === name) return this.lastLess.shape
    const slot = this.find(name)
    if (slot < 0) return this
    const key = this.id * 2 ** 22 + name
    let shape = lesser.get(key)
    if (shape === undefined) {
      shape = this.withoutSlot(slot)
      lesser.set(key, shape)
    }
    this.lastLess = { name, shape }
    return shape
  }

  private withoutSlot(slot: number): Shape {
    const from = entriesTop
    const keysAt = withoutAt(this.keysAt, this.size, slot)
    const spansAt = this.spansAt === NO_SPANS ? NO_SPANS : withoutAt(this.spansAt, this.size, slot)
    return internEntries(this.size - 1, keysAt, spansAt, from)
  }

  /** Forgets what can be found again: how names are looked up, what the shape was last joined with and relieved of. */
  forgetFindings(): void {
    this.indexAt = -1
    this.lastPlan = undefined
    this.lastLess = undefined
    this.bare = undefined
  }

  private buildIndex(): void {
    const { size, keysAt } = this
    const first = this.base === undefined ? 0 : this.base.size
    let capacity = 16
    while (capacity < (size - first) * 2) capacity *= 2
    const index = roomForFindings(capacity)
    const mask = capacity - 1
    for (let slot = first; slot < size; slot++) {
      let at = hash(entries[keysAt + slot]) & mask
      while (findings[index + at] !== 0) at = (at + 1) & mask
      findings[index + at] = slot + 1
    }
    this.indexAt = index
    this.indexMask = mask
  }
}

/** Joins of shapes, by the numbers of both. */
const plans = new Map<number, UpdatePlan>()
/** Shapes without a name, by their number and the name. */
const lesser = new Map<number, Shape>()

/** For when memory is scarce: this is what a host that is over needed. */
export function forgetFindingsOfShapes(): void {
  for (const shape of shapeById) shape.forgetFindings()
  plans.clear()
  lesser.clear()
  findings.fill(0, 0, findingsTop)
  findingsTop = 0
}

// Number 0 means "no shape yet" in caches.
new Shape(0, 0, NO_SPANS)

/** The last shape with a `contentHash`; `alike` leads to those before. */
const interned = new Map<number, Shape>()

/** The one shape that has these names, all different, and positions, in this order. */
export function internShape(keys: ArrayLike<Sym>, spans: ArrayLike<Span> | undefined): Shape {
  const from = entriesTop
  const keysAt = written(keys)
  return internEntries(keys.length, keysAt, spans === undefined ? NO_SPANS : written(spans), from)
}

/** As `internShape`, of what is in `entries`: from `from` on only for this. */
function internEntries(size: number, keysAt: number, spansAt: number, from: number): Shape {
  return internHashed(size, keysAt, spansAt, contentHash(size, keysAt, spansAt), undefined, from)
}

function internHashed(
  size: number,
  keysAt: number,
  spansAt: number,
  contents: number,
  base: Shape | undefined,
  from: number,
): Shape {
  const last = interned.get(contents)
  for (let shape = last; shape !== undefined; shape = shape.alike)
    if (shape.size === size && areSame(shape.keysAt, keysAt, size) && areSame(shape.spansAt, spansAt, size)) {
      entriesTop = from
      return shape
    }
  const shape = new Shape(size, keysAt, spansAt, contents, base, last)
  interned.set(contents, shape)
  return shape
}

/** A shape of its own, of names and positions that alternate. */
export function shapeOfPairs(numbers: Int32Array, from: number, count: number): Shape {
  const keysAt = roomForEntries(count)
  const spansAt = roomForEntries(count)
  for (let i = 0; i < count; i++) {
    entries[keysAt + i] = numbers[from + 2 * i]
    entries[spansAt + i] = numbers[from + 2 * i + 1]
  }
  return new Shape(count, keysAt, spansAt)
}

/** How many shapes are the program's own, which made them before it evaluated anything, and where their names end. */
let own = 0
let ownTop = 0

/** A shape of names without positions for a set that the evaluator itself makes. To be called once, while the program is loaded. */
export function ownShape(...names: readonly string[]): Shape {
  const shape = internShape(names.map(intern), undefined)
  own = shapeById.length
  ownTop = entriesTop
  return shape
}

/**
 * Forgets all shapes but the program's own, whose numbers are then given anew. Whoever calls this answers for it that there are no
 * sets any longer, and that nobody knows a shape or its number (see memory.ts).
 */
export function forgetShapes(): void {
  smallShapes.fill(0, own * SCAN_LIMIT, shapeById.length * SCAN_LIMIT)
  shapeById.length = own
  entriesTop = ownTop
  interned.clear()
  shapesOfOne.clear()
  forgetFindingsOfShapes()
  for (const shape of shapeById.slice(1)) interned.set(shape.hash, shape)
}

const shapesOfOne = new Map<number, Shape>()

/** The shape of one name at a position: hashing its content is half the work of making such a set. */
export function shapeOfOne(name: Sym, span: Span): Shape {
  const key = span * 2 ** 22 + name
  let shape = shapesOfOne.get(key)
  if (shape === undefined) {
    shape = internShape([name], [span])
    shapesOfOne.set(key, shape)
  }
  return shape
}

mem[EMPTY_ATTRS >>> 2] = ownShape().id

/** A sum over the names, so that that of `left // right` comes from the left one's and what is right. */
function contentHash(size: number, keysAt: number, spansAt: number): number {
  let sum = 0
  for (let slot = 0; slot < size; slot++)
    sum += entryHash(slot, entries[keysAt + slot], spansAt === NO_SPANS ? 0 : entries[spansAt + slot])
  return sum | 0
}

function entryHash(slot: number, key: Sym, span: Span): number {
  const h = Math.imul(key, 0x9e3779b1) ^ Math.imul(span + slot, 0x85ebca6b)
  return Math.imul(h ^ (h >>> 15), 0x01000193)
}

function written(numbers: ArrayLike<number>): number {
  const at = roomForEntries(numbers.length)
  for (let i = 0; i < numbers.length; i++) entries[at + i] = numbers[i]
  return at
}

function picked(from: number, slots: readonly number[]): number {
  const at = roomForEntries(slots.length)
  for (let i = 0; i < slots.length; i++) entries[at + i] = entries[from + slots[i]]
  return at
}

function withoutAt(from: number, size: number, without: number): number {
  const at = roomForEntries(size - 1)
  copyEntries(at, from, without)
  copyEntries(at + without, from + without + 1, size - without - 1)
  return at
}

function copyEntries(to: number, from: number, count: number): void {
  for (let i = 0; i < count; i++) entries[to + i] = entries[from + i]
}

/** Whether the same numbers are at two places, either of which may be `NO_SPANS`. */
function areSame(a: number, b: number, count: number): boolean {
  if (a === b) return true
  if (a === NO_SPANS || b === NO_SPANS) return false
  for (let i = 0; i < count; i++) if (entries[a + i] !== entries[b + i]) return false
  return true
}

function hash(symbol: Sym): number {
  return Math.imul(symbol, 0x9e3779b1) >>> 7
}

function planUpdate(left: Shape, right: Shape): UpdatePlan {
  const to = roomForFindings(right.size)
  let size = left.size
  let moved = 0
  for (let slot = 0; slot < right.size; slot++) {
    const existing = left.find(right.keyAt(slot))
    findings[to + slot] = existing >= 0 ? existing : size++
    if (existing < 0 || right.spanAt(slot) !== left.spanAt(existing)) moved++
  }
  return { right, shape: moved === 0 ? left : join(left, right, to, size), to }
}

function join(left: Shape, right: Shape, to: number, size: number): Shape {
  const from = entriesTop
  const keysAt = size === left.size ? left.keysAt : roomForEntries(size)
  if (keysAt !== left.keysAt) copyEntries(keysAt, left.keysAt, left.size)
  const isPlaced = left.spansAt !== NO_SPANS || right.spansAt !== NO_SPANS
  const spansAt = isPlaced ? roomForEntries(size) : NO_SPANS
  if (isPlaced) for (let slot = 0; slot < left.size; slot++) entries[spansAt + slot] = left.spanAt(slot)
  let contents = left.hash
  for (let slot = 0; slot < right.size; slot++) {
    const at = findings[to + slot]
    const key = right.keyAt(slot)
    const span = right.spanAt(slot)
    if (at < left.size) contents -= entryHash(at, key, left.spanAt(at))
    else entries[keysAt + at] = key
    if (isPlaced) entries[spansAt + at] = span
    contents += entryHash(at, key, span)
  }
  return internHashed(size, keysAt, spansAt, contents | 0, left.baseFor(size), from)
}
