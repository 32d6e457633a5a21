// What the text of a string means: escapes, and the indentation that '' .. '' strips. Both parsers cook with this module,
// so they cannot differ in it.
//
// A parser delivers *runs*: everything between a delimiter and the next, as written, a run never being split. The rules
// are those of Nix's lexer and of its indentation pass, including what looks like an accident there:
//   - each token is a part of its own: `'''`, `''$`, `''\x`, some single `$` and `'`, and the text between. A string of several parts
//     is put together when somebody asks for it, and shown as that (`("a" + "$")`);
//   - `''\x` ends the leading spaces of its line when indentation is measured, but a newline
//     written as `''\n` does start a line when indentation is removed;
//   - tabs and carriage returns are content; only spaces are indentation;
//   - a last line of spaces is dropped, unless an escape or an interpolation stands between it and its newline.

import type { TextRange } from "../base/index.js"
import type { InterpolationPart, StrPart } from "./ast.js"

/** Source text of a string between two delimiters (quotes, `${`, `}`), as written. */
export interface RawText extends TextRange {
  readonly kind: "text"
  readonly text: string
}

export type RawPart = RawText | InterpolationPart

/** The meaning of a run of a `".."` string: `\n`, `\r`, `\t`, `\c`; a raw CR or CRLF is a newline. */
export function unescapeQuoted(raw: string): string {
  if (!/[\\\r]/.test(raw)) return raw
  return raw.replace(/\\([\s\S])|\r\n?/g, (_, escaped: string | undefined) =>
    escaped === undefined ? "\n" : escapedCharacter(escaped),
  )
}

/** What Nix says of a text with a NUL in it, which no string of Nix can hold. Bytes, as are those of `text`. */
export function nulMessage(text: string): string {
  const shown = text.replaceAll("\0", NUL_SYMBOL)
  return `input string '${shown}' cannot be represented as Nix string because it contains null bytes`
}

/** The parts of a `".."` string. Text that comes out empty is left out. */
export function cookQuoted(parts: readonly RawPart[]): StrPart[] {
  const cooked: StrPart[] = []
  for (const part of parts) {
    if (part.kind === "text") pushText(cooked, part, unescapeQuoted(part.text))
    else cooked.push(part)
  }
  return cooked
}

/**
 * The parts of a `''..''` string, `parts` being everything between the opening and the closing quotes. The spaces and
 * the newline right after the opening quotes, which Nix ignores, are expected in the first run.
 */
export function cookIndented(parts: readonly RawPart[]): StrPart[] {
  const runs = parts.map((part, index) =>
    part.kind === "text" ? piecesOf(part.text, index === 0) : undefined,
  )
  const indentation = commonIndentation(runs)
  const line: Line = { atStart: true, spaces: 0 }
  const cooked: StrPart[] = []
  parts.forEach((part, index) => {
    if (part.kind === "text") {
      const pieces = runs[index]!
      const texts = pieces.map(piece => strip(piece.text, indentation, line))
      if (index === parts.length - 1) dropBlankLastLine(texts)
      for (const [i, { start, end }] of pieces.entries())
        pushText(cooked, { start: part.start + start, end: part.start + end }, texts[i])
    } else {
      line.atStart = false
      line.spaces = 0
      cooked.push(part)
    }
  })
  return cooked
}

/** The picture of a NUL, U+2400. */
const NUL_SYMBOL = "\xe2\x90\x80"

/** Text that Nix's lexer delivers in one go, and where it is in its run. */
interface Piece extends TextRange {
  readonly text: string
  /** Came from `''\c`. */
  readonly escaped: boolean
}

/** Where a pass over the lines of a string stands: still in leading spaces, and how many of them it has seen. */
interface Line {
  atStart: boolean
  spaces: number
}

function pushText(parts: StrPart[], source: TextRange, text: string): void {
  if (text !== "") parts.push({ kind: "text", text, start: source.start, end: source.end })
}

function escapedCharacter(character: string): string {
  switch (character) {
    case "n":
      return "\n"
    case "r":
      return "\r"
    case "t":
      return "\t"
    default:
      return character
  }
}

function piecesOf(raw: string, first: boolean): Piece[] {
  const from = first ? (/^ *\n/.exec(raw)?.[0].length ?? 0) : 0
  const run = raw.slice(from)
  if (run === "") return []
  if (!MAY_BE_SEVERAL.test(run)) return [{ text: run, escaped: false, start: 0, end: raw.length }]
  return Array.from(run.matchAll(PIECE), ({ 0: written, 1: escaped, index }): Piece => {
    const text = escaped === undefined ? meaningOf(written) : escapedCharacter(escaped)
    // The range of the first piece includes the line that was dropped.
    const start = index === 0 ? 0 : from + index
    return { text, escaped: escaped !== undefined, start, end: from + index + written.length }
  })
}

/** Finds every run of several pieces, and few others. Nearly all runs are one piece. */
const MAY_BE_SEVERAL = /['$](?:['$]|$)/

const PIECE = /(?:[^$']+|\$[^{']|'[^'$])+|''(?:['$]|\\([\s\S]))|[$']/g

function meaningOf(written: string): string {
  if (written === "'''") return "''"
  return written === "''$" ? "$" : written
}

/** The smallest indentation of a line with content; an interpolation or an escape is content. */
function commonIndentation(runs: readonly (readonly Piece[] | undefined)[]): number {
  const line: Line = { atStart: true, spaces: 0 }
  let least = Number.POSITIVE_INFINITY
  const content = () => {
    if (line.atStart && line.spaces < least) least = line.spaces
    line.atStart = false
  }
  for (const pieces of runs) {
    if (pieces === undefined) content()
    else
      for (const piece of pieces) {
        if (piece.escaped) content()
        else measure(piece.text, line, content)
      }
  }
  return least
}

function measure(text: string, line: Line, content: () => void): void {
  let at = 0
  while (at < text.length) {
    if (line.atStart) {
      const end = skipSpaces(text, at)
      line.spaces += end - at
      at = end
      if (at === text.length) return
      if (text[at] !== "\n") content()
    }
    const newline = text.indexOf("\n", at)
    if (newline < 0) return
    at = newline + 1
    line.atStart = true
    line.spaces = 0
  }
}

function strip(text: string, indentation: number, line: Line): string {
  let out = ""
  let at = 0
  while (at < text.length) {
    const from = at
    let dropped = 0
    if (line.atStart) {
      const end = skipSpaces(text, at)
      dropped = Math.min(Math.max(indentation - line.spaces, 0), end - at)
      line.spaces += end - at
      at = end
      if (at === text.length) return out + text.slice(from + dropped)
      line.atStart = text[at] === "\n"
      line.spaces = 0
    }
    const newline = text.indexOf("\n", at)
    if (newline < 0) return out + text.slice(from + dropped)
    out += text.slice(from + dropped, newline + 1)
    at = newline + 1
    line.atStart = true
  }
  return out
}

function dropBlankLastLine(pieces: string[]): void {
  const last = pieces.length - 1
  if (last < 0) return
  pieces[last] = pieces[last].replace(/\n *$/, "\n")
}

function skipSpaces(text: string, at: number): number {
  while (at < text.length && text.charCodeAt(at) === 32) at++
  return at
}
