// Places, translated. The protocol counts lines and UTF-16 units from 0, Nix counts lines and bytes from 1, and analyses of open
// documents use offsets in UTF-16 units. Only this file knows more than one of these.

import { fileURLToPath, pathToFileURL } from "node:url"
import type { Position, Range } from "vscode-languageserver"
import type { TextDocument } from "vscode-languageserver-textdocument"
import { log, type TextRange } from "../base/index.js"
import type { SourceRange } from "../fleet/index.js"

/** Offsets of a document as a range of the protocol. */
export function toRange(document: TextDocument, range: TextRange): Range {
  return { start: document.positionAt(range.start), end: document.positionAt(range.end) }
}

/** A range of the protocol as offsets of a document. */
export function fromRange(document: TextDocument, range: Range): TextRange {
  return { start: document.offsetAt(range.start), end: document.offsetAt(range.end) }
}

/** Gives a line of a file, to turn bytes into units; undefined when the text is not available. */
export type LineOf = (line: number) => string | undefined

/** Translates a range of evaluation. Column 0 means the whole line. */
export function fromSourceRange({ range }: SourceRange, lineOf: LineOf): Range {
  const start = fromSourcePlace(range.start, lineOf)
  const end = fromSourcePlace(range.end, lineOf)
  if (range.start.column === 0) return wholeLine(start.line, lineOf)
  return before(start, end) ? { start, end } : wordAt(start, lineOf)
}

/** Translates a place of evaluation. */
export function fromSourcePlace(
  place: { readonly line: number; readonly column: number },
  lineOf: LineOf,
): Position {
  const line = Math.max(0, place.line - 1)
  const bytes = Math.max(0, place.column - 1)
  const text = lineOf(line)
  return { line, character: text === undefined ? bytes : unitsOf(text, bytes) }
}

/** How many UTF-16 units the first `bytes` bytes of `text` are. */
function unitsOf(text: string, bytes: number): number {
  let left = bytes
  let units = 0
  for (const character of text) {
    if (left <= 0) break
    left -= Buffer.byteLength(character)
    units += character.length
  }
  return units + Math.max(0, left)
}

/** Absolute path of a `file:` URI, undefined for any other URI and for what names no file of this machine. */
export function pathOf(uri: string): string | undefined {
  if (!uri.startsWith("file:")) return undefined
  try {
    return fileURLToPath(uri)
  } catch (error) {
    log("files", () => `${uri}: ${String(error)}`)
    return undefined
  }
}

/** The `file:` URI of an absolute path. */
export function uriOf(path: string): string {
  return pathToFileURL(path).href
}

function wholeLine(line: number, lineOf: LineOf): Range {
  const text = lineOf(line) ?? ""
  const start = text.length - text.trimStart().length
  return {
    start: { line, character: start },
    end: { line, character: Math.max(start, text.trimEnd().length) },
  }
}

/** The word that starts there: an empty range would show no underline. */
function wordAt(start: Position, lineOf: LineOf): Range {
  const rest = (lineOf(start.line) ?? "").slice(start.character)
  const length = /^[\w'-]+|^./.exec(rest)?.[0].length ?? 1
  return { start, end: { line: start.line, character: start.character + length } }
}

function before(a: Position, b: Position): boolean {
  return a.line < b.line || (a.line === b.line && a.character < b.character)
}
