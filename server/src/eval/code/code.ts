// Program memory: every evaluated expression, as one array of small integers.
//
// A node is an opcode, a span and operands; the place of a node, its `pc`, is all a thunk or a function needs to hold.
// Nothing of a program lies on the JavaScript heap, where the collector would copy it again and again (815,000 nodes
// for a NixOS system), and no code has to be built before it can run: `run` reads the array.
//
// What running code learns (which shape a selection met last) lies within it, so that one look at memory finds both. Where
// that is, is listed: code that is kept on disk must not have it, since shapes have other numbers in another process.
//
// The memory is one for the process and only grows; an edited file leaves its old code behind until the worker restarts.

import { reserve, type Slot, Tag } from "../values/heap.js"
import { type Shape, shapeById, shapeOfPairs } from "../values/shape.js"
import { LAMBDA_PARAMETERS, Op, SELECT_SIZE } from "./op.js"
import type { Span } from "./span.js"

/** Code, read by `run`: room for six times nixpkgs. */
export const ops: Int32Array = reserve(2 ** 27)
/** Where in `ops` is the number of a shape that running code learned; 0 stands there before. */
let learned: Int32Array = new Int32Array(1 << 12)
let learnedCount = 0
/** Values of `Const` that are no small integers, by number. The first three are those that heap.ts names. */
const constants: unknown[] = [null, false, true]

let top = 1

/** Says that running code writes the number of a shape there. */
function learnsAt(place: number): void {
  if (learnedCount === learned.length) {
    const larger = new Int32Array(2 * learned.length)
    larger.set(learned)
    learned = larger
  }
  learned[learnedCount++] = place
}

/** The slot of a value that outlives every evaluation. */
export function constantSlot(value: unknown): Slot {
  if (value === null) return slotOfConstant(0)
  if (typeof value === "boolean") return slotOfConstant(value ? 2 : 1)
  if (typeof value === "number" && Math.abs(value) < 2 ** 28) return (value << 3) | Tag.Int
  return slotOfConstant(constants.push(value) - 1)
}

function slotOfConstant(index: number): Slot {
  return (index << 3) | Tag.Const
}

/** The shape of a literal, made when it is first needed from its names, (symbol, span)* at `from`, and learned at a place. */
export function shapeOfLiteral(place: number, from: number, count: number): Shape {
  const known = ops[place]
  if (known !== 0) return shapeById[known]
  const shape = shapeOfPairs(ops, from, count)
  ops[place] = shape.id
  return shape
}

/** Takes from all code what it has learned: the shapes are gone whose numbers it knew. */
export function unlearn(): void {
  for (let i = 0; i < learnedCount; i++) ops[learned[i]] = 0
}

/** Writes one node and returns its pc. */
export function emit(op: Op, span: Span, ...operands: number[]): number {
  const pc = newNode(op, span, operands.length)
  for (let i = 0; i < operands.length; i++) ops[pc + 2 + i] = operands[i]
  return pc
}

/** Makes room for a node with so many operands, which are to be written from `pc + 2` on, and returns its pc. */
export function newNode(op: Op, span: Span, operands: number): number {
  const pc = top
  top += operands + 2
  if (top > ops.length) throw new RangeError("the memory for programs is full")
  ops[pc] = op
  ops[pc + 1] = span
  return pc
}

/** As `newNode`, for a set, which learns its shape. `operands` are those behind that, from `pc + 3` on. */
export function newSet(
  op: Op.Attrs | Op.ConfigurationAttrs | Op.RecAttrs,
  span: Span,
  operands: number,
): number {
  const pc = newNode(op, span, operands + 1)
  ops[pc + 2] = 0
  learnsAt(pc + 2)
  return pc
}

/** As `newNode`, for a selection of so many names, each of which `selectName` is to write. */
export function newSelect(span: Span, names: number): number {
  const pc = newNode(Op.Select, span, 3 + SELECT_SIZE * names)
  ops[pc + 4] = names
  return pc
}

/** Writes a name of a selection, which learns the shape it met last, and the place there. `name` is a symbol, or ~pc. */
export function selectName(pc: number, index: number, name: number, span: Span): void {
  const at = pc + 5 + SELECT_SIZE * index
  ops[at] = name
  ops[at + 1] = 0
  ops[at + 2] = 0
  ops[at + 3] = span
  learnsAt(at + 1)
}

/** Writes a selection of one name, which is where the selection is unless `nameSpan` says otherwise. */
export function emitSelect(subject: number, name: number, span: Span, nameSpan = span): number {
  const pc = newSelect(span, 1)
  ops[pc + 2] = subject
  ops[pc + 3] = 0
  selectName(pc, 0, name, nameSpan)
  return pc
}

/** Whether code only names a value that is somewhere else. */
export function isVariable(pc: number): boolean {
  const op = ops[pc]
  return op === Op.Local0 || op === Op.Local1 || op === Op.Local2 || op === Op.Local
}

/** Where the expression is written whose code is at `pc`. */
export function spanOf(pc: number): Span {
  return ops[pc + 1]
}

/** Where the function begins that is left of `a: b: ..`, which is one `Lambda`, when it has got so many arguments. */
export function spanOfRest(pc: number, given: number): Span {
  return ops[pc + LAMBDA_PARAMETERS + ops[pc + 3] + given]
}

/** Runs something that writes code, and takes back all that it wrote. */
export function scratch<T>(work: () => T): T {
  const before = codeExtent()
  try {
    return work()
  } finally {
    takeBack(before)
  }
}

/** Takes back all code that was written since an extent. */
export function takeBack({ ops, constants: count, learned }: CodeExtent): void {
  top = ops
  constants.length = count
  learnedCount = learned
}

/** Where code, constants and the list of places that learn end. */
export interface CodeExtent {
  readonly ops: number
  readonly constants: number
  readonly learned: number
}

/** Where they end now. */
export function codeExtent(): CodeExtent {
  return { ops: top, constants: constants.length, learned: learnedCount }
}

/** What was written between two extents. */
export interface CodeStretch {
  readonly from: CodeExtent
  readonly to: CodeExtent
}

/** A stretch of code as it was before it ran, its constants, and where it learns. */
export interface WrittenCode {
  readonly code: Int32Array
  readonly constants: readonly unknown[]
  readonly learned: Int32Array
}

/** A stretch of code, without what it has learned while it ran. */
export function writtenCode({ from, to }: CodeStretch): WrittenCode {
  const code = ops.slice(from.ops, to.ops)
  const places = learned.slice(from.learned, to.learned)
  for (const place of places) code[place - from.ops] = 0
  return { code, constants: constants.slice(from.constants, to.constants), learned: places }
}

/** Leaves room for code that was kept from an earlier time: what is written from now on comes behind it. */
export function leaveRoom(extent: Pick<CodeExtent, "ops" | "constants">): void {
  top = extent.ops
  constants.length = extent.constants
}

/** Puts kept code where it was, in the room that was left for it. */
export function restoreCode(
  { ops: at, constants: firstConstant }: Pick<CodeExtent, "ops" | "constants">,
  written: WrittenCode,
): CodeStretch {
  const from: CodeExtent = { ops: at, constants: firstConstant, learned: learnedCount }
  ops.set(written.code, at)
  written.constants.forEach((value, i) => {
    constants[firstConstant + i] = value
  })
  for (const place of written.learned) learnsAt(place)
  const to: CodeExtent = {
    ops: at + written.code.length,
    constants: firstConstant + written.constants.length,
    learned: learnedCount,
  }
  return { from, to }
}

/** The value of a constant. */
export function constantAt(index: number): unknown {
  return constants[index]
}

/** The first codes there are, in this order: calls of functions are told by it. */
export const CALL_ONE = emit(Op.CallOne, 0)
export const CALL_TWO = emit(Op.CallTwo, 0)
export const CALL_NATIVE = emit(Op.CallNative, 0)
