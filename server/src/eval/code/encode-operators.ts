// From operators to code. Nix makes calls of a few of them, to functions that a program may redefine, and of those the order
// of the operands too.

import type { Binary, BinaryOp, Unary } from "../../syntax/index.js"
import { emit } from "./code.js"
import type { Encoder } from "./encode.js"
import { Op } from "./op.js"
import type { Scope } from "./scope.js"

/** All but the pipes, which are calls. */
const binaryOps: Readonly<Record<Exclude<BinaryOp, "|>" | "<|">, Op>> = {
  "->": Op.Implies,
  "||": Op.Or,
  "&&": Op.And,
  "==": Op.Equal,
  "!=": Op.NotEqual,
  "<": Op.Less,
  "<=": Op.LessEqual,
  ">": Op.Greater,
  ">=": Op.GreaterEqual,
  "//": Op.Update,
  "+": Op.Add,
  "-": Op.Subtract,
  "*": Op.Multiply,
  "/": Op.Divide,
  "++": Op.Concat,
}

/** Operators that Nix turns into calls of these functions, which a program may redefine. */
const operatorFunctions: Readonly<Partial<Record<BinaryOp, string>>> = {
  "-": "__sub",
  "*": "__mul",
  "/": "__div",
  "<": "__lessThan",
  "<=": "__lessThan",
  ">": "__lessThan",
  ">=": "__lessThan",
}

/** Writes the code of a unary operator and returns its pc. */
export function encodeUnary(encoder: Encoder, { op, operand, start }: Unary, scope: Scope): number {
  const span = encoder.span(start)
  const code = encoder.expr(operand, scope, -1)
  if (op === "!") return emit(Op.Not, span, code)
  if (!redefined("__sub", scope)) return emit(Op.Negate, span, code)
  return emit(Op.Apply, span, encoder.variable("__sub", scope, span), 2, encoder.constant(0, span), code)
}

/** Writes the code of a binary operator and returns its pc. */
export function encodeBinary(encoder: Encoder, e: Binary, scope: Scope): number {
  const { op } = e
  if (op === "|>" || op === "<|") return encoder.call({ ...e, op }, scope)
  const span = encoder.span(e.opRange.start)
  // Nix has `b < a` for these. Names are met as they are written, but variables are looked at in that order.
  const isSwapped = op === ">" || op === "<="
  const isReversed = isSwapped && encoder.looksAsNix
  const first = encoder.expr(isReversed ? e.right : e.left, scope, -1)
  const second = encoder.expr(isReversed ? e.left : e.right, scope, -1)
  const [left, right] = isReversed ? [second, first] : [first, second]
  const name = operatorFunctions[op]
  if (name === undefined || !redefined(name, scope)) return emit(binaryOps[op], span, left, right)
  const operands = isSwapped ? [right, left] : [left, right]
  const call = emit(Op.Apply, span, encoder.variable(name, scope, span), 2, ...operands)
  return op === "<=" || op === ">=" ? emit(Op.Not, span, call) : call
}

function redefined(name: string, scope: Scope): boolean {
  return scope.resolve(name).kind === "local"
}
