// Program memory: every evaluated expression, as one array of small integers.
//
// A node is an opcode, a span and operands; the place of a node, its `pc`, is all a thunk or a function needs to hold.
// Nothing of a program lies on the JavaScript heap, where the collector would copy it again and again (815,000 nodes
// for a NixOS system), and no code has to be built before it can run: `run` reads the array.
//
// What running code learns (which shape a selection met last) lies beside it in `caches`, so that code itself never
// changes and can be kept on disk.
//
// The memory is one for the process and only grows; an edited file leaves its old code behind until the worker restarts.

import { reserve, type Slot, Tag } from "../values/heap.js"
import { Shape, shapeById } from "../values/shape.js"
import type { Span } from "./span.js"

/** Operands of each opcode are listed after (opcode, span). `*` repeats the group in parentheses. */
export enum Op {
  /** slot of the value */
  Const,
  /** number of the global */
  Global,
  /** slot of the innermost frame */
  Local0,
  /** slot of the frame around it */
  Local1,
  /** slot of the second frame out */
  Local2,
  /** depth, slot */
  Local,
  /** symbol, count, (depth of a `with` frame, innermost first)* */
  WithName,
  /** subject, fallback or 0, count, (symbol or ~pc of a dynamic name, cache of a shape and a place, span)* */
  Select,
  /** subject, count, (symbol or ~pc, span)* */
  HasAttr,
  /** function, count, (argument)* */
  Apply,
  /** symbol it is bound to or -1, parameters, size of the frame, body, (symbol of parameter)* */
  Lambda,
  /** symbol it is bound to or -1, slot of the whole argument or 0, size of the frame, body, ellipsis, count, symbol of the whole argument, (symbol, default or 0, span)* */
  FormalsLambda,
  /** first slot or 0 for a frame of its own, count, body, (value)* */
  Let,
  /** `{ }` */
  EmptyAttrs,
  /** cache of the shape, count, dynamic count, (value)*, (symbol, span)*, (name, value, span)* */
  Attrs,
  /** As Attrs, for the result of a module evaluation, which is reported. */
  ConfigurationAttrs,
  /** count of `inherit (from)` expressions, attrs in the frame that holds them, (from)* */
  WithFroms,
  /** cache of the shape, count, froms, dynamic count, slot of __overrides or -1, (value)*, (from)*, (symbol, span)*, (name, value, span)* */
  RecAttrs,
  /** count, (element)* */
  List,
  /** scope, body */
  With,
  /** condition, body, constant that holds the text of the condition */
  Assert,
  /** condition, consequent, alternative */
  If,
  /** count, (part)* */
  Interpolate,
  /** count, (part)*: the first part is the constant path */
  InterpolatePath,
  /** text constant: what comes after ~ */
  HomePath,
  /** constant that holds a message, 1 for an undefined variable or 0 for a syntax error: fails when it is run */
  Raise,
  /** the span itself is the value */
  CurPos,
  Not,
  Negate,
  And,
  Or,
  Implies,
  Equal,
  NotEqual,
  Less,
  LessEqual,
  Greater,
  GreaterEqual,
  Add,
  Subtract,
  Multiply,
  Divide,
  Update,
  Concat,
  /** Thunks that the evaluator makes itself: the frame holds (function, argument..) and is not a frame of variables. */
  CallArguments,
  /** The frame holds one JavaScript function that gives the value. */
  CallNative,
}

/** Where in a `Lambda` the names of its parameters begin; where each of its functions begins follows. */
const LAMBDA_PARAMETERS = 6
/** Where in a `FormalsLambda` its parameters begin, and how many integers each takes. */
export const FORMALS = 9
export const FORMAL_SIZE = 3

/** Names of a `Select` take so many integers each. */
export const SELECT_SIZE = 3

/** Code, read by `run`: room for six times nixpkgs. */
export const ops: Int32Array = reserve(2 ** 27)
/** What code remembers between its runs; 0 is nothing. */
export const caches: Int32Array = reserve(2 ** 25)
/** Values of `Const` that are no small integers, by number. The first three are those that heap.ts names. */
export const constants: unknown[] = [null, false, true]

let top = 1
let cacheTop = 1

/** A place in `caches` for so many integers. */
export function newCache(size: number): number {
  cacheTop += size
  if (cacheTop > caches.length) throw new RangeError("the memory for programs is full")
  return cacheTop - size
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

/** The shape of a literal, made when it is first needed from its names: (symbol, span)* at `from`. */
export function shapeOfLiteral(cache: number, from: number, count: number): Shape {
  const known = caches[cache]
  if (known !== 0) return shapeById[known]
  const keys = new Int32Array(count)
  const spans = new Int32Array(count)
  for (let i = 0; i < count; i++) {
    keys[i] = ops[from + 2 * i]
    spans[i] = ops[from + 2 * i + 1]
  }
  const shape = new Shape(keys, spans)
  caches[cache] = shape.id
  return shape
}

/** Writes one node and returns its pc. */
export function emit(op: Op, span: Span, ...operands: number[]): number {
  return emitNode(op, span, operands)
}

/** As `emit`, for operands that are a list already. */
export function emitNode(op: Op, span: Span, operands: readonly number[]): number {
  const pc = top
  top += operands.length + 2
  if (top > ops.length) throw new RangeError("the memory for programs is full")
  ops[pc] = op
  ops[pc + 1] = span
  for (let i = 0; i < operands.length; i++) ops[pc + 2 + i] = operands[i]
  return pc
}

export function spanOf(pc: number): Span {
  return ops[pc + 1]
}

/** Where the function begins that is left of `a: b: ..`, which is one `Lambda`, when it has got so many arguments. */
export function spanOfRest(pc: number, given: number): Span {
  return ops[pc + LAMBDA_PARAMETERS + ops[pc + 3] + given]
}

/** Runs something that writes code, and takes back all that it wrote. */
export function scratch<T>(work: () => T): T {
  const before = [top, constants.length, cacheTop]
  try {
    return work()
  } finally {
    ;[top, constants.length, cacheTop] = before
  }
}

/** Where code, constants and caches end. */
export interface CodeExtent {
  readonly ops: number
  readonly constants: number
  readonly caches: number
}

export function codeExtent(): CodeExtent {
  return { ops: top, constants: constants.length, caches: cacheTop }
}

/** Makes room for code that was kept from an earlier time, which the caller then puts there. */
export function restoreCode(extent: CodeExtent, lookUp: (index: number) => unknown): void {
  top = extent.ops
  constants.length = extent.constants
  cacheTop = extent.caches
  lookUpConstant = lookUp
}

let lookUpConstant: (index: number) => unknown = () => undefined

/** The value of a constant. One that was kept from an earlier time is made when it is first wanted. */
export function constantAt(index: number): unknown {
  const known = constants[index]
  return known === undefined ? (constants[index] = lookUpConstant(index)) : known
}

/** How many integers of code there are. */
export function codeSize(): number {
  return top
}

export const CALL_ARGUMENTS = emit(Op.CallArguments, 0)
export const CALL_NATIVE = emit(Op.CallNative, 0)
