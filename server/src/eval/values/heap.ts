// The heap of evaluation: thunks, frames, sets and lists as runs of small integers in one array.
//
// Garbage collection was the largest single cost of evaluation when these were JavaScript objects: nearly all of them live
// on, and the collector copies what lives. Here a thunk takes 8 bytes instead of 40, a frame or set of n places 4 n + 4
// instead of 8 n + 48 or more, making one is moving a number, and nothing is copied. What goes away goes away at once, by
// `clearHeap`, together with everything that was evaluated.
//
// A place holds a **slot**: 3 bits that say what it is, and 29 bits that say which. Slots of thunks, sets, lists and
// functions are addresses (even, so that bit 2 is free: `slot >>> 2` is the address); text and other rarer values live in
// JavaScript, in `objects`, in the constants of the program, or as the name of a symbol.

import { EvalError } from "../errors/error.js"

/** What a place holds. 0 is an empty place. */
export type Slot = number

export enum Tag {
  /** [pc, frame], or once evaluated [~pc, value] */
  Thunk = 0,
  /** [number of the shape, value..] */
  Attrs = 1,
  /** [length, element..] */
  List = 2,
  /** [pc, frame] */
  Lambda = 3,
  /** an integer of 29 bits */
  Int = 4,
  /** index into `objects` */
  Object = 5,
  /** index into the constants of the program, which outlive an evaluation */
  Const = 6,
  /** a symbol, as the text of its name */
  Name = 7,
}

// The three constants that every program has; code.ts puts them there.
export const NULL: Slot = (0 << 3) | Tag.Const
export const FALSE: Slot = (1 << 3) | Tag.Const
export const TRUE: Slot = (2 << 3) | Tag.Const

const SMALL_MIN = -(2 ** 28)
const SMALL_MAX = 2 ** 28 - 1

/** Addresses that a slot can hold. The memory is reserved whole and costs nothing until it is touched. */
const HEAP_SIZE = 2 ** 30 - 2

/** The memory. Shared memory is not counted as garbage to be: the collector must not hurry because of it. */
export let mem: Int32Array = reserve(HEAP_SIZE)

/** What lives in JavaScript, by index. */
export const objects: unknown[] = []

/** The set without attributes, whose shape shape.ts puts here. Nix too has only one. */
export const EMPTY_ATTRS: Slot = slotOf(2, Tag.Attrs)
export const EMPTY_LIST: Slot = slotOf(4, Tag.List)

const FIRST = 6
let top = FIRST

/**
 * A zeroed stretch of address space; less than asked for where the machine refuses.
 * @param size in integers of 4 bytes
 */
export function reserve(size: number): Int32Array {
  for (let wanted = size; ; wanted /= 2) {
    try {
      return new Int32Array(new SharedArrayBuffer(4 * Math.floor(wanted)))
    } catch (error) {
      if (!(error instanceof RangeError) || wanted < 2 ** 20) throw error
    }
  }
}

/** Address of so many free integers, all 0. @throws EvalError `out-of-memory` */
export function allocate(count: number): number {
  const at = top
  top = at + ((count + 1) & ~1)
  if (top > mem.length) throw exhausted(at)
  return at
}

function exhausted(before: number): EvalError {
  top = before
  return new EvalError("out-of-memory", `evaluation ran out of memory (${heapMegabytes()} MB of values)`)
}

/** How much of the heap is in use, in MB of 2^20 bytes. */
export function heapMegabytes(): number {
  return Math.round((top * 4) / 2 ** 20)
}

/**
 * Drops every value that was ever computed. Whoever calls this answers for it that nobody uses one any longer; code,
 * symbols and shapes stay.
 */
export function clearHeap(): void {
  mem.fill(0, FIRST, top)
  top = FIRST
  objects.length = 0
}

/**
 * As `clearHeap`, and the machine has the memory back once JavaScript's garbage has been collected: one that was touched stays a
 * process's own for as long as it is reserved.
 */
export function releaseHeap(): void {
  const untouched = reserve(HEAP_SIZE)
  // Where the machine refuses so much beside what is there, that is used on.
  if (untouched.length < mem.length) return clearHeap()
  untouched.set(mem.subarray(0, FIRST))
  mem = untouched
  top = FIRST
  objects.length = 0
}

/** The slot of the value at an address. */
export function slotOf(address: number, tag: Tag): Slot {
  return (address << 2) | tag
}

/** The slot of a JavaScript object, which is kept in the table beside the heap. */
export function boxObject(value: unknown): Slot {
  return ((objects.push(value) - 1) << 3) | Tag.Object
}

/** The slot of an integer. */
export function boxInteger(value: number | bigint): Slot {
  if (typeof value === "number" && value >= SMALL_MIN && value <= SMALL_MAX) return (value << 3) | Tag.Int
  return boxObject(value)
}

/** The slot of a Boolean. */
export function boxBoolean(value: boolean): Slot {
  return value ? TRUE : FALSE
}

/** A frame of variables around another frame. Its places are empty, which `delay` takes for "under construction". */
export function newFrame(outer: number, size: number): number {
  const at = allocate(size)
  mem[at] = outer
  return at
}

/** A list of so many elements, to be filled in from `address + 1`. @throws EvalError `out-of-memory` */
export function newList(count: number): number {
  // What is beyond 32 bits, `allocate` would take for something small.
  if (count >= mem.length) throw exhausted(top)
  const at = allocate(count + 1)
  mem[at] = count
  return at
}

/** The slot of a list of these elements. */
export function listSlot(elements: readonly Slot[]): Slot {
  const at = newList(elements.length)
  for (let i = 0; i < elements.length; i++) mem[at + 1 + i] = elements[i]
  return slotOf(at, Tag.List)
}

/** So many slots from an address on, copied: much faster than `Array.from` of a part of the heap. */
export function slotsFrom(address: number, count: number): Slot[] {
  const slots: Slot[] = []
  for (let i = 0; i < count; i++) slots.push(mem[address + i])
  return slots
}

/** Copies integers within the heap to a place behind them. A loop wins for the short runs that are the rule. */
export function copyWithin(to: number, from: number, count: number): void {
  if (count > 24) mem.copyWithin(to, from, from + count)
  else for (let i = 0; i < count; i++) mem[to + i] = mem[from + i]
}
