// Operations: operators and their operands, by how tightly each binds.

import type { Binary, BinaryOp, Expr } from "../ast.js"
import { attrpath } from "./bindings.js"
import type { Lexer } from "./lexer.js"
import { application } from "./operand.js"
import * as T from "./tokens.js"

// How tightly the operators bind, by token kind; 0 is no operator.
const POWER = new Uint8Array(256)
const [PIPES, IMPLICATION, DISJUNCTION, CONJUNCTION, EQUALITY, COMPARISON, UPDATING] = [1, 2, 3, 4, 5, 6, 7]
const [NEGATION, SUM, PRODUCT, CONCATENATION, ATTRIBUTE, SIGN] = [8, 9, 10, 11, 12, 13]
POWER[T.PIPE_INTO] = POWER[T.PIPE_FROM] = PIPES
POWER[T.IMPLIES] = IMPLICATION
POWER[T.OR] = DISJUNCTION
POWER[T.AND] = CONJUNCTION
POWER[T.EQUAL] = POWER[T.NOT_EQUAL] = EQUALITY
POWER[T.LESS] = POWER[T.AT_MOST] = POWER[T.GREATER] = POWER[T.AT_LEAST] = COMPARISON
POWER[T.UPDATE] = UPDATING
POWER[T.PLUS] = POWER[T.MINUS] = SUM
POWER[T.STAR] = POWER[T.SLASH] = PRODUCT
POWER[T.CONCAT] = CONCATENATION
POWER[T.QUESTION] = ATTRIBUTE

const RIGHT_ASSOCIATIVE = T.kindSet(T.IMPLIES, T.UPDATE, T.CONCAT, T.PIPE_FROM)

/** Whether a token is an operator between two operands, or `?`. */
export function isOperator(kind: number): boolean {
  return POWER[kind] > 0
}

/** An operation, or a single operand with its arguments. */
export function operation(p: Lexer): Expr {
  return atLeast(p, PIPES)
}

/** Operators that bind at least as tightly as `least`, and their operands. */
function atLeast(p: Lexer, least: number): Expr {
  const { start } = p
  let left = prefixed(p)
  for (;;) {
    const op = p.kind
    const power = POWER[op]
    if (power < least || power === 0) return left
    if (power === ATTRIBUTE) {
      p.next()
      const path = attrpath(p)
      left = { kind: "hasAttr", subject: left, path, start, end: p.lastEnd }
    } else left = binary(p, left, start)
    if (POWER[p.kind] === power) checkChain(p, op, power)
  }
}

function binary(p: Lexer, left: Expr, start: number): Binary {
  const { kind } = p
  const opRange = { start: p.start, end: p.end }
  p.next()
  const right = atLeast(p, RIGHT_ASSOCIATIVE[kind] === 1 ? POWER[kind] : POWER[kind] + 1)
  if (kind === T.PIPE_FROM && right.kind === "binary" && right.op === "|>") mixedPipes(p)
  return { kind: "binary", op: operatorText(kind), opRange, left, right, start, end: p.lastEnd }
}

/** Reports operators that may not follow each other on one level: `a == b == c`, `a |> b <| c`. `a ? b ? c` may. */
function checkChain(p: Lexer, op: number, power: number): void {
  if (power === EQUALITY || power === COMPARISON)
    p.report(
      "syntax-error",
      `found a second '${p.slice(p.start, p.end)}', wanted parentheses around the first operation`,
    )
  else if (power === PIPES && p.kind !== op) mixedPipes(p)
}

function mixedPipes(p: Lexer): void {
  p.report("syntax-error", "found '|>' and '<|' together, wanted parentheses around one of them")
}

function operatorText(kind: number): BinaryOp {
  switch (kind) {
    case T.CONCAT:
      return "++"
    case T.PLUS:
      return "+"
    case T.UPDATE:
      return "//"
    case T.EQUAL:
      return "=="
    case T.NOT_EQUAL:
      return "!="
    case T.AND:
      return "&&"
    case T.OR:
      return "||"
    case T.IMPLIES:
      return "->"
    case T.LESS:
      return "<"
    case T.AT_MOST:
      return "<="
    case T.GREATER:
      return ">"
    case T.AT_LEAST:
      return ">="
    case T.MINUS:
      return "-"
    case T.STAR:
      return "*"
    case T.SLASH:
      return "/"
    case T.PIPE_INTO:
      return "|>"
    default:
      return "<|"
  }
}

function prefixed(p: Lexer): Expr {
  const { start, kind } = p
  if (kind !== T.BANG && kind !== T.MINUS) return application(p)
  p.next()
  const operand = atLeast(p, kind === T.BANG ? NEGATION : SIGN)
  return { kind: "unary", op: kind === T.BANG ? "!" : "-", operand, start, end: p.lastEnd }
}
