// Functions: `x: body`, `{ a, b ? 1, ... }: body` and both joined by `@`.
//
// Whether a `{` opens formals or an attrset is decided by the two tokens behind it; only text that is neither needs more.

import type { Expr, Formal, Formals, Identifier, Variable } from "../ast.js"
import { expression } from "./expression.js"
import type { Lexer } from "./lexer.js"
import { close, expect, isWanted, missing, missingAt, unexpected } from "./recover.js"
import * as T from "./tokens.js"

/** Whether the `{` that is the current token opens formals. */
export function startsFormals(p: Lexer): boolean {
  const mark = p.save()
  p.next()
  const formals = insideFormals(p)
  p.restore(mark)
  return formals
}

function insideFormals(p: Lexer): boolean {
  if (p.kind === T.ELLIPSIS) return true
  if (p.kind === T.NAME) {
    p.next()
    if (p.kind === T.COMMA || p.kind === T.QUESTION) return true
  }
  if (p.kind !== T.BRACE_CLOSE) return false
  p.next()
  return p.kind === T.COLON || p.kind === T.AT
}

/** `{ .. }: body` or `{ .. } @ name: body`; with `param` the part behind its `@`. */
export function functionWithFormals(p: Lexer, param: Identifier | undefined): Expr {
  const start = param === undefined ? p.start : param.start
  const list = formals(p)
  if (p.kind === T.AT) {
    p.next()
    if (p.kind === T.NAME && param === undefined) param = identifier(p)
    else unexpected(p, param === undefined ? "a name after '@'" : "':'")
  }
  return finish(p, param, list, start)
}

/** `name: body` or `name @ { .. }: body`, `name` being read and the current token `:` or `@`. */
export function functionWithName(p: Lexer, name: Variable): Expr {
  const param: Identifier = { name: name.name, start: name.start, end: name.end }
  if (p.kind === T.COLON) return finish(p, param, undefined, name.start)
  p.next()
  if (p.kind === T.BRACE_OPEN) return functionWithFormals(p, param)
  missing(p, "'{' after '@'")
  return finish(p, param, undefined, name.start)
}

function finish(p: Lexer, param: Identifier | undefined, list: Formals | undefined, start: number): Expr {
  expect(p, T.COLON, "':' before the body of the function")
  // Nothing begins with `{` behind the end of a binding, so this is a `;` for a `:`.
  if (p.kind === T.SEMICOLON && p.peek() === T.BRACE_OPEN) p.next()
  const body = p.kind === T.END || !isWanted(p) ? expression(p) : missingBody(p)
  return { kind: "lambda", param, formals: list, body, start, end: p.lastEnd }
}

function missingBody(p: Lexer): Expr {
  missing(p, "the body of the function")
  return missingAt(p.lastEnd)
}

function identifier(p: Lexer): Identifier {
  const { start, end } = p
  p.next()
  return { name: p.slice(start, end), start, end }
}

function formals(p: Lexer): Formals {
  const { start } = p
  const list: Formal[] = []
  p.braces++
  p.next()
  let ellipsis = false
  for (;;) {
    if (p.kind === T.NAME) list.push(formal(p))
    else if (p.kind === T.ELLIPSIS) {
      ellipsis = true
      p.next()
      break
    } else break
    if (p.kind === T.COMMA) p.next()
    else if (p.kind === T.NAME || p.kind === T.ELLIPSIS) missing(p, "','")
    else break
  }
  p.braces--
  close(p, T.BRACE_CLOSE, ellipsis ? "'}' after '...'" : "an argument name or '}'")
  return { formals: list, ellipsis, start, end: p.lastEnd }
}

function formal(p: Lexer): Formal {
  const { start } = p
  const name = identifier(p)
  let fallback: Expr | undefined
  if (p.kind === T.QUESTION) {
    p.next()
    fallback = expression(p)
  }
  return { name, fallback, start, end: p.lastEnd }
}
