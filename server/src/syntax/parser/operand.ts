// Operands: names, literals, brackets of all kinds, and what is selected from them.

import type { AttrName, Expr } from "../ast.js"
import { attrpath, attrset } from "./bindings.js"
import { expression } from "./expression.js"
import type { Lexer } from "./lexer.js"
import { isOperator } from "./operation.js"
import { close, missing, missingAt, skipTo } from "./recover.js"
import { indentedString, path, quotedString } from "./text.js"
import * as T from "./tokens.js"

/** An operand with the arguments that it is called with. */
export function application(p: Lexer): Expr {
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
  while (T.STARTS_OPERAND[p.kind] === 1) elements.push(selection(p))
  if (p.kind !== T.BRACKET_CLOSE) skipStrangeElement(p)
  p.brackets--
  close(p, T.BRACKET_CLOSE, "a list element or ']'")
  return { kind: "list", elements, start, end: p.lastEnd }
}

/** Reports what cannot be in a list and skips the rest of the list, unless the list has no end. */
function skipStrangeElement(p: Lexer): void {
  if (p.kind === T.SEMICOLON || p.kind === T.END) return
  const hint =
    isOperator(p.kind) || p.kind === T.COLON || p.kind >= T.IF ? " (parentheses make one element)" : ""
  missing(p, `a list element or ']'${hint}`)
  skipTo(p, T.BRACKET_CLOSE)
}
