// Program memory: every evaluated expression, as one array of small integers.
//
// A node is an opcode, a span and operands; the place of a node, its `pc`, is all a thunk or a function needs to hold.
// Nothing of a program lies on the JavaScript heap, where the collector would copy it again and again (815,000 nodes
// for a NixOS system), and no code has to be built before it can run: `run` reads the array.
//
// The memory is one for the process and only grows; an edited file leaves its old code behind until the worker restarts.

import type { Shape } from "./shape.js"
import type { Span } from "./span.js"
import type { Value } from "./value.js"

/** Operands of each opcode are listed after (opcode, span). `*` repeats the group in parentheses. */
export enum Op {
  /** constant */
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
  /** subject, fallback or 0, count, (symbol or ~pc of a dynamic name, remembered shape, remembered slot, span)* */
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
  /** number of the shape, dynamic count, (value)*, (name, value, span)* */
  Attrs,
  /** As Attrs, for the result of a module evaluation, which is reported. */
  ConfigurationAttrs,
  /** count of `inherit (from)` expressions, attrs in the frame that holds them, (from)* */
  WithFroms,
  /** number of the shape, froms, dynamic count, slot of __overrides or -1, (value)*, (from)*, (name, value, span)* */
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

/** Where in a `FormalsLambda` its parameters begin, and how many integers each takes. */
export const FORMALS = 9
export const FORMAL_SIZE = 3

/** Code, read by `run`. Replaced by a larger copy when full. */
export let ops = new Int32Array(1 << 20)
/** Values of `Const`, by number. */
export const constants: Value[] = []
/** Shapes of attribute set literals, by number. */
export const shapes: Shape[] = []

let top = 1

/** Writes one node and returns its pc. */
export function emit(op: Op, span: Span, ...operands: number[]): number {
  return emitNode(op, span, operands)
}

/** As `emit`, for operands that are a list already. */
export function emitNode(op: Op, span: Span, operands: readonly number[]): number {
  const pc = top
  top += operands.length + 2
  if (top > ops.length) grow()
  ops[pc] = op
  ops[pc + 1] = span
  for (let i = 0; i < operands.length; i++) ops[pc + 2 + i] = operands[i]
  return pc
}

export function spanOf(pc: number): Span {
  return ops[pc + 1]
}

/** Runs something that writes code, and takes back all that it wrote. */
export function scratch<T>(work: () => T): T {
  const before = [top, constants.length, shapes.length]
  try {
    return work()
  } finally {
    ;[top, constants.length, shapes.length] = before
  }
}

/** How many integers of code there are. */
export function codeSize(): number {
  return top
}

function grow(): void {
  const larger = new Int32Array(Math.max(ops.length * 2, top))
  larger.set(ops)
  ops = larger
}

export const CALL_ARGUMENTS = emit(Op.CallArguments, 0)
export const CALL_NATIVE = emit(Op.CallNative, 0)
