// Strings and paths: the parts of the language where blanks count. The parser reads their characters itself, from behind
// the opening quotes, and comes back to the scanner for every `${`; what the characters mean is string-text.ts.

import type { TextRange } from "../../base/index.js"
import type { Expr, InterpolationPart, Str, StrPart } from "../ast.js"
import { cookIndented, cookQuoted, type RawPart } from "../string-text.js"
import { expression } from "./expression.js"
import type { Lexer } from "./lexer.js"
import { close } from "./recover.js"
import * as T from "./tokens.js"

/** A `".."` string, the current token being its opening quote. */
export function quotedString(p: Lexer): Str {
  const { code, start } = p
  let at = p.end
  let from = at
  let plain = true
  let parts: RawPart[] | undefined
  for (;;) {
    const c = code[at]
    if (c === T.QUOTE) break
    if (c === T.DOLLAR) {
      const following = code[at + 1]
      if (following === T.BRACE_OPEN) {
        parts ??= []
        pushRun(p, parts, from, at)
        parts.push(interpolation(p, at))
        from = at = p.end
      } else at += following === T.DOLLAR ? 2 : 1
    } else if (c === T.BACKSLASH) {
      plain = false
      at += 2
    } else if (c === 13) {
      plain = false
      at++
    } else if (c === 0) {
      if (at >= p.length) return unclosed(p, start, parts ?? [], from, "quoted")
      forbidNul(p, at++)
    } else at++
    if (at > p.length) at = p.length
  }
  const cooked = finishQuoted(p, parts, from, at, plain)
  endText(p, at + 1)
  return { kind: "string", style: "quoted", parts: cooked, start, end: at + 1 }
}

function finishQuoted(
  p: Lexer,
  parts: RawPart[] | undefined,
  from: number,
  at: number,
  plain: boolean,
): readonly StrPart[] {
  if (parts === undefined) {
    if (at === from) return []
    if (plain) return [{ kind: "text", text: p.slice(from, at), start: from, end: at }]
    parts = []
  }
  pushRun(p, parts, from, at)
  return plain ? parts : cookQuoted(parts)
}

/** A `''..''` string, the current token being its opening quotes. */
export function indentedString(p: Lexer): Str {
  const { code, start } = p
  const parts: RawPart[] = []
  let at = p.end
  let from = at
  for (;;) {
    const c = code[at]
    if (c === T.APOSTROPHE && code[at + 1] === T.APOSTROPHE) {
      const third = code[at + 2]
      if (third === T.DOLLAR || third === T.APOSTROPHE) at += 3
      else if (third === T.BACKSLASH) at += 4
      else break
    } else if (c === T.DOLLAR) {
      const following = code[at + 1]
      if (following === T.BRACE_OPEN) {
        pushRun(p, parts, from, at)
        parts.push(interpolation(p, at))
        from = at = p.end
      } else at += following === T.DOLLAR ? 2 : 1
    } else if (c === 0) {
      if (at >= p.length) return unclosed(p, start, parts, from, "indented")
      forbidNul(p, at++)
    } else at++
    if (at > p.length) at = p.length
  }
  pushRun(p, parts, from, at)
  endText(p, at + 2)
  return { kind: "string", style: "indented", parts: cookIndented(parts), start, end: at + 2 }
}

/** A path, the current token being its first text. */
export function path(p: Lexer): Expr {
  const { code, start } = p
  const parts: StrPart[] = []
  let from = start
  let at = p.end
  while (code[at] === T.DOLLAR && code[at + 1] === T.BRACE_OPEN) {
    pushRun(p, parts, from, at)
    parts.push(interpolation(p, at))
    from = p.end
    at = p.pathTextEnd(from)
  }
  pushRun(p, parts, from, at)
  if (parts[0].kind === "text") forbidDoubledSlash(p, parts[0], parts.length > 1 ? 1 : 0)
  if (code[at - 1] === T.SLASH)
    p.report("trailing-slash", "path ends in '/', wanted a name behind it", { start: at - 1, end: at })
  endText(p, at)
  return { kind: "path", parts, start, end: at }
}

/**
 * Nix's lexer cuts the first text of a path at a doubled slash, and its grammar takes two such pieces only where a `${` follows.
 * @param allowed how many doubled slashes the text may have
 */
function forbidDoubledSlash(p: Lexer, { start, end }: TextRange, allowed: number): void {
  if (p.code[end - 1] === T.SLASH && allowed === 0) return
  // Cut out first: a search that goes on to the end of a file, once for each of its 6,000 paths, takes longer than the file.
  const path = p.source.slice(start, end)
  let doubled = path.indexOf("//")
  for (let i = 0; i < allowed && doubled >= 0; i++) doubled = path.indexOf("//", doubled + 1)
  if (doubled < 0) return
  const range = { start: start + doubled, end: start + doubled + 2 }
  p.report("syntax-error", "found '//' in a path, wanted one '/' (or blanks around the operator)", range)
}

/** `${ expr }` at `start`. Leaves `p.end` right behind it, the text there unread. */
function interpolation(p: Lexer, start: number): InterpolationPart {
  p.end = start + 2
  p.next()
  const expr = expression(p)
  if (p.kind !== T.BRACE_CLOSE) {
    p.braces++
    closeInterpolation(p)
    p.braces--
  }
  return { kind: "interpolation", expr, start, end: p.end }
}

// Only the place right behind the brace may be read as text, so the token after it must not be scanned.
function closeInterpolation(p: Lexer): void {
  const before = p.save()
  close(p, T.BRACE_CLOSE, "'}' to close '${'")
  if (p.lastEnd > before.end && p.code[p.lastEnd - 1] === T.BRACE_CLOSE) p.end = p.lastEnd
  else {
    p.restore(before)
    p.end = before.lastEnd
  }
}

function forbidNul(p: Lexer, at: number): void {
  p.report("unexpected-character", "found a NUL in a string, where Nix allows none", {
    start: at,
    end: at + 1,
  })
}

function pushRun(p: Lexer, parts: RawPart[], from: number, at: number): void {
  if (at > from) parts.push({ kind: "text", text: p.slice(from, at), start: from, end: at })
}

function endText(p: Lexer, at: number): void {
  p.end = at
  p.next()
}

function unclosed(
  p: Lexer,
  start: number,
  parts: RawPart[],
  from: number,
  style: "quoted" | "indented",
): Str {
  const quotes = style === "quoted" ? '"' : "''"
  p.reportUnclosed("unclosed-string", `string is not closed, wanted ${quotes}`, start, start + quotes.length)
  pushRun(p, parts, from, p.length)
  endText(p, p.length)
  const cooked = style === "quoted" ? cookQuoted(parts) : cookIndented(parts)
  return { kind: "string", style, parts: cooked, start, end: p.length }
}
