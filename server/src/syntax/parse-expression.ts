// Expressions: recursive descent for what begins with a word, operator precedence for the rest.
//
// Nix's grammar has three levels that matter: an *expression* may be a function, `let`, `with`, `assert` or `if`; an
// *operation* may not, so `1 + if ..` and `f x: y` are errors in Nix (here they parse, with a problem); an *operand* of
// an application or a list element is a selection at most.

import type { AttrName, Binary, BinaryOp, Expr } from "./ast.js"
import type { Lexer } from "./lex.js"
import { attrpath, attrset, bindings } from "./parse-bindings.js"
import { functionWithFormals, functionWithName, startsFormals } from "./parse-function.js"
import { indentedString, path, quotedString } from "./parse-text.js"
import { close, expect, missing, missingAt, skipTo } from "./recover.js"
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

/** A whole expression. Always returns a node; reports when there is none. */
export function expression(p: Lexer): Expr {
  switch (p.kind) {
    case T.BRACE_OPEN:
      if (startsFormals(p)) return functionWithFormals(p, undefined)
      break
    case T.IF:
      return ifExpression(p)
    case T.LET:
      if (p.peek() !== T.BRACE_OPEN) return letExpression(p)
      break
    case T.WITH:
      return withExpression(p)
    case T.ASSERT:
      return assertExpression(p)
  }
  const left = operation(p, PIPES)
  if ((p.kind === T.COLON || p.kind === T.AT) && left.kind === "variable") return functionWithName(p, left)
  return left
}

function ifExpression(p: Lexer): Expr {
  const { start } = p
  p.next()
  const condition = expression(p)
  expect(p, T.THEN, "'then'")
  const consequent = expression(p)
  expect(p, T.ELSE, "'else'")
  const alternative = expression(p)
  return { kind: "if", condition, consequent, alternative, start, end: p.lastEnd }
}

function letExpression(p: Lexer): Expr {
  const { start } = p
  p.next()
  p.lets++
  const bound = bindings(p, T.IN)
  p.lets--
  expect(p, T.IN, "'in'")
  const body = expression(p)
  return { kind: "let", bindings: bound, body, start, end: p.lastEnd }
}

function withExpression(p: Lexer): Expr {
  const { start } = p
  p.next()
  const scope = expression(p)
  expect(p, T.SEMICOLON, "';' after the set of 'with'")
  const body = expression(p)
  return { kind: "with", scope, body, start, end: p.lastEnd }
}

function assertExpression(p: Lexer): Expr {
  const { start } = p
  p.next()
  const condition = expression(p)
  expect(p, T.SEMICOLON, "';' after the condition of 'assert'")
  const body = expression(p)
  return { kind: "assert", condition, body, start, end: p.lastEnd }
}

/** Operators that bind at least as tightly as `least`, and their operands. */
function operation(p: Lexer, least: number): Expr {
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
  const right = operation(p, RIGHT_ASSOCIATIVE[kind] === 1 ? POWER[kind] : POWER[kind] + 1)
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
  const operand = operation(p, kind === T.BANG ? NEGATION : SIGN)
  return { kind: "unary", op: kind === T.BANG ? "!" : "-", operand, start, end: p.lastEnd }
}

function application(p: Lexer): Expr {
  const { start } = p
  let fn = selection(p)
  while (T.STARTS_OPERAND[p.kind] === 1) {
    const arg = selection(p)
    fn = { kind: "apply", fn, arg, start, end: p.lastEnd }
  }
  return fn
}

/** An operand with its `.path`, `.path or fallback`; also `x or`, where Nix takes `or` for an argument. */
function selection(p: Lexer): Expr {
  const { start } = p
  const subject = operand(p)
  if (p.kind === T.DOT) {
    p.next()
    const path = attrpath(p)
    return withFallback(p, subject, path, start)
  }
  if (p.kind !== T.OR_WORD) return subject
  const arg: Expr = { kind: "variable", name: "or", start: p.start, end: p.end }
  p.next()
  return { kind: "apply", fn: subject, arg, start, end: p.lastEnd }
}

function withFallback(p: Lexer, subject: Expr, path: readonly AttrName[], start: number): Expr {
  let fallback: Expr | undefined
  if (p.kind === T.OR_WORD) {
    p.next()
    fallback = selection(p)
  }
  return { kind: "select", subject, path, fallback, start, end: p.lastEnd }
}

function operand(p: Lexer): Expr {
  const { start, end } = p
  switch (p.kind) {
    case T.NAME:
      p.next()
      return { kind: "variable", name: p.slice(start, end), start, end }
    case T.QUOTE:
      return quotedString(p)
    case T.BRACE_OPEN:
      return attrset(p, start, false)
    case T.PAREN_OPEN:
      return parenthesis(p)
    case T.BRACKET_OPEN:
      return list(p)
    case T.INDENTED:
      return indentedString(p)
    case T.INT:
      p.next()
      return { kind: "int", text: p.slice(start, end), start, end }
    case T.PATH:
      return path(p)
    case T.REC:
      p.next()
      return attrset(p, start, true)
    case T.FLOAT:
      p.next()
      return { kind: "float", text: p.slice(start, end), start, end }
    case T.URI:
      p.next()
      return {
        kind: "string",
        style: "uri",
        parts: [{ kind: "text", text: p.slice(start, end), start, end }],
        start,
        end,
      }
    case T.SEARCH_PATH:
      p.next()
      return { kind: "searchPath", text: p.slice(start + 1, end - 1), start, end }
    case T.LET:
      if (p.peek() === T.BRACE_OPEN) return legacyLet(p)
      return wordAsOperand(p)
    case T.IF:
    case T.WITH:
    case T.ASSERT:
      return wordAsOperand(p)
    default:
      missing(p, "an expression")
      return missingAt(p.lastEnd)
  }
}

/** `1 + if ..`: what is meant is clear, so it is parsed, but Nix wants parentheses. */
function wordAsOperand(p: Lexer): Expr {
  const word = p.slice(p.start, p.end)
  p.report(
    "syntax-error",
    `found '${word}' as an operand, wanted parentheses around the '${word}' expression`,
  )
  return expression(p)
}

function legacyLet(p: Lexer): Expr {
  const { start } = p
  p.next()
  const set = attrset(p, start, true)
  return { kind: "legacyLet", bindings: set.bindings, start, end: set.end }
}

function parenthesis(p: Lexer): Expr {
  const { start } = p
  p.parens++
  p.next()
  const inner = expression(p)
  p.parens--
  close(p, T.PAREN_CLOSE, "')'")
  return { kind: "paren", inner, start, end: p.lastEnd }
}

function list(p: Lexer): Expr {
  const { start } = p
  p.brackets++
  p.next()
  const elements: Expr[] = []
  for (;;) {
    if (T.STARTS_OPERAND[p.kind] === 1) elements.push(selection(p))
    else if (p.kind === T.BRACKET_CLOSE || !skipStrangeElement(p)) break
  }
  p.brackets--
  close(p, T.BRACKET_CLOSE, "a list element or ']'")
  return { kind: "list", elements, start, end: p.lastEnd }
}

/** Reports what cannot be in a list and skips the rest of the list. */
function skipStrangeElement(p: Lexer): boolean {
  if (p.kind === T.SEMICOLON || p.kind === T.END) return false
  const hint =
    POWER[p.kind] > 0 || p.kind === T.COLON || p.kind >= T.IF ? " (parentheses make one element)" : ""
  missing(p, `a list element or ']'${hint}`)
  skipTo(p, T.BRACKET_CLOSE)
  return false
}
