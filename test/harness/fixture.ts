// Test input as one string with files, a cursor and labels, so that a new case needs only text and no code.
//
//   #- /a.nix      starts a file; text before the first such line belongs to /main.nix
//   $0             is where the cursor is
//   # ^^^ label    labels the text above the carets (the `#` may be missing); such a line is no part of the file
//
// `annotate` is the way back: it writes labels under a text, so that a test compares a text with itself.

import type { TextRange } from "../../server/src/base/index.js"

export interface Label extends TextRange {
  readonly text: string
}

export interface FixtureFile {
  readonly path: string
  readonly text: string
  readonly labels: readonly Label[]
  /** Offset of `$0`, if it is in this file. */
  readonly cursor: number | undefined
}

export interface Fixture {
  readonly files: readonly FixtureFile[]
  /** The file with the cursor, otherwise the first one. */
  readonly main: FixtureFile
}

const CURSOR = "$0"

/** Reads a fixture. A newline that begins it, as template strings have it, is no part of it. */
export function fixture(source: string): Fixture {
  const files: FixtureFile[] = []
  let path = "/main.nix"
  let lines: string[] = []
  const finish = () => {
    if (lines.join("").trim() !== "") files.push(fixtureFile(path, lines))
    lines = []
  }
  for (const line of source.replace(/^\n/, "").split("\n")) {
    const header = /^#- (\/\S*)$/.exec(line)
    if (header === null) lines.push(line)
    else {
      finish()
      path = header[1]
    }
  }
  finish()
  const main = files.find(file => file.cursor !== undefined) ?? files[0]
  if (main === undefined) throw new Error("the fixture has no file with text in it")
  return { files, main }
}

/** The text and the cursor of a fixture. */
export function atCursor(source: string): { text: string; cursor: number } {
  const { text, cursor } = fixture(source).main
  if (cursor === undefined) throw new Error("the fixture has no $0")
  return { text, cursor }
}

function fixtureFile(path: string, lines: readonly string[]): FixtureFile {
  const kept: string[] = []
  const labels: Label[] = []
  let lineStart = 0
  let offset = 0
  for (const line of lines) {
    const carets = /^(#?\s*)(\^+)\s*(.*)$/.exec(line)
    if (carets === null) {
      lineStart = offset
      kept.push(line)
      offset += line.replace(CURSOR, "").length + 1
    } else {
      const start = lineStart + carets[1].length
      labels.push({ start, end: start + carets[2].length, text: carets[3] })
    }
  }
  const marked = kept.join("\n")
  const cursor = marked.indexOf(CURSOR)
  return { path, text: marked.replace(CURSOR, ""), labels, cursor: cursor < 0 ? undefined : cursor }
}

/** `text` with each label on a line below what it labels. A label for several lines is below the first one. */
export function annotate(text: string, labels: readonly Label[]): string {
  let offset = 0
  return text
    .split("\n")
    .flatMap(line => {
      const start = offset
      offset += line.length + 1
      const here = labels.filter(label => start <= label.start && label.start < offset)
      return [line, ...here.map(label => marks(label, start, line.length))]
    })
    .join("\n")
}

/** The carets and the text of a label, for the line of so many characters that begins at `start`. */
function marks({ start: from, end, text }: Label, start: number, length: number): string {
  const width = Math.max(1, Math.min(end, start + length) - from)
  const indent = " ".repeat(from - start).replace(/^ /, "#")
  return `${indent}${"^".repeat(width)} ${text}`.trimEnd()
}
