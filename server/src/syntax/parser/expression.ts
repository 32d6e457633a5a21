// Expressions, and what begins with a word: `if`, `let`, `with`, `assert`.
//
// Nix's grammar has three levels that matter: an *expression* may be a function, `let`, `with`, `assert` or `if`; an
// *operation* (operation.ts) may not, so `1 + if ..` and `f x: y` are errors in Nix (here they parse, with a problem); an
// *operand* (operand.ts) of an application or a list element is a selection at most.

import type { Expr } from "../ast.js"
import { bindings } from "./bindings.js"
import { functionWithFormals, functionWithName, startsFormals } from "./function.js"
import type { Lexer } from "./lexer.js"
import { operation } from "./operation.js"
import { expect } from "./recover.js"
import * as T from "./tokens.js"

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
  const left = operation(p)
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
