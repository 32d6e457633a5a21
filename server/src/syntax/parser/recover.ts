// What the parser does where the text is not Nix: says so once, at the right place, and finds a place to go on.
//
// The rules that keep one mistake one problem:
//   - a problem counts only when a few tokens made sense since the one before (`Lexer.report`), so that a construct that
//     cannot be closed may complain freely;
//   - what is missing is reported behind the last good token when the next one is on another line and fine there, because
//     that is where the person has to type;
//   - skipping stops at a token that an enclosing construct waits for.

import type { TextRange } from "../../base/index.js"
import type { Expr } from "../ast.js"
import type { Lexer } from "./lexer.js"
import * as T from "./tokens.js"

/** Reports that `wanted` is not there. Nothing is consumed. */
export function missing(p: Lexer, wanted: string): void {
  complain(p, wanted, placeOfMissing(p))
}

/** Reports that the current token cannot stand where it is. */
export function unexpected(p: Lexer, wanted: string): void {
  complain(p, wanted, { start: p.start, end: p.end })
}

function complain(p: Lexer, wanted: string, range: TextRange): void {
  const marker = conflictMarker(p)
  if (marker === undefined) p.report("syntax-error", `found ${describe(p)}, wanted ${wanted}`, range)
  else p.report("syntax-error", "found a mark of a merge conflict that is not resolved", marker)
}

/** The mark that git puts on a line of its own around each side of a conflict, if the current token begins one. */
function conflictMarker(p: Lexer): TextRange | undefined {
  const { start } = p
  const isWhole = /^([<=>|])\1{6}(?!\S)/.test(p.slice(start, start + 8))
  return isWhole && (start === 0 || p.source[start - 1] === "\n") ? { start, end: start + 7 } : undefined
}

function placeOfMissing(p: Lexer): TextRange {
  const newline = p.source.indexOf("\n", p.lastEnd)
  const onSameLine = p.kind !== T.END && (newline < 0 || newline >= p.start)
  const isInnocent = isWanted(p) || T.STARTS_ATTR[p.kind] === 1 || p.kind === T.INHERIT
  if (onSameLine || !isInnocent || p.lastEnd === 0) return { start: p.start, end: p.end }
  return { start: p.lastEnd - 1, end: p.lastEnd }
}

function describe(p: Lexer): string {
  switch (p.kind) {
    case T.END:
      return "the end of the file"
    case T.QUOTE:
    case T.INDENTED:
      return "a string"
    case T.NAME:
    case T.INT:
    case T.FLOAT:
    case T.PATH:
    case T.URI:
    case T.SEARCH_PATH: {
      const text = p.slice(p.start, p.end)
      return text.length <= 40 ? `'${text}'` : `'${text.slice(0, 40)}…'`
    }
    default:
      return `'${p.slice(p.start, p.end)}'`
  }
}

/** Consumes `kind`; if something else is there, says so and skips to it unless an enclosing construct ends first. */
export function close(p: Lexer, kind: number, wanted: string): void {
  if (p.kind !== kind) {
    missing(p, wanted)
    skipTo(p, kind)
  }
  if (p.kind === kind) p.next()
}

/** Consumes `kind`; if something else is there, says so and goes on as if it had been there. */
export function expect(p: Lexer, kind: number, wanted: string): void {
  if (p.kind === kind) p.next()
  else missing(p, wanted)
}

/** Skips balanced text up to `kind` or something that an enclosing construct waits for. */
export function skipTo(p: Lexer, kind: number): void {
  while (p.kind !== kind && !isWanted(p)) skipOne(p)
  p.forgetTaken()
}

/** Whether an enclosing construct waits for the current token. */
export function isWanted(p: Lexer): boolean {
  switch (p.kind) {
    case T.END:
      return true
    case T.SEMICOLON:
      return p.bindings > 0
    case T.PAREN_CLOSE:
      return p.parens > 0
    case T.BRACKET_CLOSE:
      return p.brackets > 0
    case T.BRACE_CLOSE:
      return p.braces > 0
    case T.IN:
      return p.lets > 0
    default:
      return false
  }
}

/** Skips a token, or a whole string or bracket when one opens. */
function skipOne(p: Lexer): void {
  const { kind } = p
  if (kind === T.QUOTE || kind === T.INDENTED) skipString(p, kind === T.QUOTE ? '"' : "''")
  else p.next()
  const closing = closingOf(kind)
  if (closing === T.END) return
  while (p.kind !== T.END && p.kind !== closing) skipOne(p)
  if (p.kind !== T.END) p.next()
}

function closingOf(kind: number): number {
  switch (kind) {
    case T.PAREN_OPEN:
      return T.PAREN_CLOSE
    case T.BRACKET_OPEN:
      return T.BRACKET_CLOSE
    case T.BRACE_OPEN:
    case T.DOLLAR_BRACE:
      return T.BRACE_CLOSE
    default:
      return T.END
  }
}

// Interpolations are not looked into: this is text that is thrown away.
function skipString(p: Lexer, quotes: string): void {
  let at = p.end
  for (;;) {
    const found = p.source.indexOf(quotes, at)
    at = found < 0 ? p.length : found + quotes.length
    const escaped = quotes === '"' ? p.source[found - 1] === "\\" : /['$\\]/.test(p.source[at])
    if (found < 0 || !escaped) break
  }
  p.rewind(at, at)
}

/** Whether the current token begins a line. */
export function beginsLine(p: Lexer): boolean {
  const newline = p.source.indexOf("\n", p.lastEnd)
  return newline >= 0 && newline < p.start
}

/** An expression cut in two: `rest` is what came before, and the text from `start` on is to be read again. */
export interface Cut {
  readonly rest: Expr
  readonly start: number
}

/**
 * Undoes that the name of the next binding was taken for the end of this one's value: in `a = f x` newline `b = 1;` the
 * parser sees the argument `b` before it sees the `=`. Returns undefined when `value` does not end in such a name.
 */
export function cutTrailingName(value: Expr): Cut | undefined {
  switch (value.kind) {
    case "apply":
      return isName(value.arg) ? { rest: value.fn, start: value.arg.start } : undefined
    case "variable":
      return { rest: missingAt(value.start), start: value.start }
    case "select": {
      const last = value.path.at(-1)
      if (value.fallback !== undefined || last === undefined) return undefined
      if (value.path.length === 1 && value.subject.kind === "variable")
        return { rest: missingAt(value.start), start: value.start }
      return undefined
    }
    case "binary":
      return cutInside(value.right, right => ({ ...value, right, end: right.end }))
    case "unary":
      return cutInside(value.operand, operand => ({ ...value, operand, end: operand.end }))
    case "lambda":
    case "let":
    case "with":
    case "assert":
      return cutInside(value.body, body => ({ ...value, body, end: body.end }))
    case "if":
      return cutInside(value.alternative, alternative => ({ ...value, alternative, end: alternative.end }))
    default:
      return undefined
  }
}

function cutInside(last: Expr, rebuild: (last: Expr) => Expr): Cut | undefined {
  const cut = cutTrailingName(last)
  return cut && { rest: rebuild(cut.rest), start: cut.start }
}

/** What an attrpath looks like when it is read as an expression. */
function isName(expr: Expr): boolean {
  switch (expr.kind) {
    case "variable":
      return true
    case "string":
      return expr.style === "quoted"
    case "select":
      return expr.subject.kind === "variable" && expr.fallback === undefined
    default:
      return false
  }
}

/** The expression that is not there. */
export function missingAt(offset: number): Expr {
  return { kind: "missing", start: offset, end: offset }
}
