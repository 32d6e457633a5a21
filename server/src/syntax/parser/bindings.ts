// Bindings, `a.b = 1;` and `inherit`, and the attrsets and attrpaths made of them.
//
// This is where people type, so this is where recovery matters: a binding without its `;`, a half-typed attrpath above a
// good line, a comma from JSON each give one problem and leave the bindings around them intact.

import type { AttrBinding, AttrName, Attrset, Binding, Expr, InheritBinding } from "../ast.js"
import { expression } from "./expression.js"
import type { Lexer } from "./lexer.js"
import {
  beginsLine,
  close,
  cutTrailingName,
  isWanted,
  missing,
  missingAt,
  skipTo,
  unexpected,
} from "./recover.js"
import { quotedString } from "./text.js"
import * as T from "./tokens.js"

/** `{ .. }` or, behind `rec` or `let`, what should be one; `start` is that of the whole. */
export function attrset(p: Lexer, start: number, recursive: boolean): Attrset {
  if (p.kind !== T.BRACE_OPEN) {
    missing(p, "'{'")
    return { kind: "attrset", recursive, bindings: [], start, end: p.lastEnd }
  }
  p.braces++
  p.next()
  const bound = bindings(p, T.BRACE_CLOSE)
  p.braces--
  close(p, T.BRACE_CLOSE, "an attribute name or '}'")
  return { kind: "attrset", recursive, bindings: bound, start, end: p.lastEnd }
}

/** Bindings up to `closing`, which is left as the current token. */
export function bindings(p: Lexer, closing: number): Binding[] {
  const list: Binding[] = []
  p.bindings++
  for (;;) {
    if (T.STARTS_ATTR[p.kind] === 1) list.push(binding(p))
    else if (p.kind === T.INHERIT) list.push(inherit(p))
    else if (p.kind === closing || !skipStrangeBinding(p, closing)) break
  }
  p.bindings--
  return list
}

function binding(p: Lexer): AttrBinding {
  const { start } = p
  const path = attrpath(p)
  let value: Expr
  if (p.kind === T.EQUALS) {
    p.next()
    value = expression(p)
  } else value = valueWithoutEquals(p)
  if (p.kind === T.SEMICOLON) p.next()
  else value = endWithoutSemicolon(p, value)
  return { kind: "binding", path, value, start, end: p.lastEnd }
}

/** The value of a binding whose `=` is missing: what stands on the same line is taken for it. */
function valueWithoutEquals(p: Lexer): Expr {
  missing(p, "'=' or '.'")
  if (p.kind === T.COLON || p.kind === T.EQUAL) p.next()
  else if (beginsLine(p) || T.STARTS_OPERAND[p.kind] === 0) return missingAt(p.lastEnd)
  return expression(p)
}

/** Reports the missing `;` and goes on where the next binding is. Returns the value without what belongs to that. */
function endWithoutSemicolon(p: Lexer, value: Expr): Expr {
  if (p.kind === T.EQUALS) {
    const cut = cutTrailingName(value)
    if (cut !== undefined) {
      const wanted = cut.rest.kind === "missing" ? "an expression" : "';'"
      p.rewind(cut.start, lastCodeBefore(p, cut.start))
      missing(p, wanted)
      return cut.rest
    }
  }
  missing(p, "';'")
  if (p.kind === T.COMMA) p.next()
  else if (p.kind !== T.INHERIT && !(beginsLine(p) && T.STARTS_ATTR[p.kind] === 1)) {
    skipTo(p, T.SEMICOLON)
    if (p.kind === T.SEMICOLON) p.next()
  }
  return value
}

// Comments may stand between; they are rare behind a forgotten semicolon and cost only the exactness of a place.
function lastCodeBefore(p: Lexer, at: number): number {
  while (at > 0 && p.code[at - 1] <= 32) at--
  return at
}

function inherit(p: Lexer): InheritBinding {
  const { start } = p
  p.next()
  let from: Expr | undefined
  if (p.kind === T.PAREN_OPEN) {
    p.parens++
    p.next()
    from = expression(p)
    p.parens--
    close(p, T.PAREN_CLOSE, "')'")
  }
  const names: AttrName[] = []
  while (T.STARTS_ATTR[p.kind] === 1) names.push(attrName(p))
  if (p.kind === T.SEMICOLON) p.next()
  else endInherit(p, names)
  return { kind: "inherit", from, names, start, end: p.lastEnd }
}

function endInherit(p: Lexer, names: AttrName[]): void {
  const last = names.at(-1)
  if (p.kind === T.EQUALS && last !== undefined) {
    names.pop()
    p.rewind(last.start, lastCodeBefore(p, last.start))
    missing(p, "';'")
    return
  }
  missing(p, "an attribute name or ';'")
  if (p.kind === T.INHERIT) return
  skipTo(p, T.SEMICOLON)
  if (p.kind === T.SEMICOLON) p.next()
}

/** `a."b".${c}`. Reports when there is no name; the path is then what there is, at worst empty. */
export function attrpath(p: Lexer): readonly AttrName[] {
  const names: AttrName[] = []
  for (;;) {
    if (T.STARTS_ATTR[p.kind] === 1) names.push(attrName(p))
    else if (p.kind >= T.IF && p.start === p.lastEnd) names.push(keywordName(p))
    else {
      missing(p, "an attribute name")
      return names
    }
    if (p.kind !== T.DOT) return names
    p.next()
  }
}

function attrName(p: Lexer): AttrName {
  const { start, end } = p
  if (p.kind === T.QUOTE) return stringName(p)
  if (p.kind === T.DOLLAR_BRACE) return dynamicName(p)
  p.next()
  return { kind: "static", name: p.slice(start, end), quoted: false, start, end }
}

function stringName(p: Lexer): AttrName {
  const string = quotedString(p)
  const { start, end, parts } = string
  const first = parts[0]
  if (first === undefined) return { kind: "static", name: "", quoted: true, start, end }
  if (parts.length === 1 && first.kind === "text")
    return { kind: "static", name: first.text, quoted: true, start, end }
  return { kind: "dynamic", expr: string, start, end }
}

function dynamicName(p: Lexer): AttrName {
  const { start } = p
  p.braces++
  p.next()
  const expr = expression(p)
  p.braces--
  close(p, T.BRACE_CLOSE, "'}' to close '${'")
  return { kind: "dynamic", expr, start, end: p.lastEnd }
}

/** `x.then`: a keyword where only a name can be. */
function keywordName(p: Lexer): AttrName {
  const { start, end } = p
  const name = p.slice(start, end)
  p.report("syntax-error", `found the keyword '${name}', wanted an attribute name (quotes make it one)`)
  p.next()
  return { kind: "static", name, quoted: false, start, end }
}

/** Reports what is no binding and skips it. Returns false where the bindings must end. */
function skipStrangeBinding(p: Lexer, closing: number): boolean {
  unexpected(p, closing === T.IN ? "an attribute name or 'in'" : "an attribute name or '}'")
  if (p.kind === T.SEMICOLON) {
    p.next()
    return true
  }
  // Behind the bindings of a `let` it is what should follow `in`.
  if (isWanted(p) || (closing === T.IN && p.kind === T.BRACE_OPEN)) return false
  skipStatement(p, closing)
  return true
}

/** Skips to behind the next `;`, or to a line that begins a binding. */
function skipStatement(p: Lexer, closing: number): void {
  p.next()
  while (p.kind !== closing && !isWanted(p)) {
    if (beginsLine(p) && T.STARTS_ATTR[p.kind] === 1) return
    p.next()
  }
  if (p.kind === T.SEMICOLON) p.next()
}
