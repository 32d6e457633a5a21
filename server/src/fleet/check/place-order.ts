// An order of places in files that does not depend on the order in which they were found, so that hosts that come across the same
// mistake in different ways report it in the same way.

import type { LineColumn } from "../../base/index.js"
import type { SourceRange } from "../model.js"

/** Compares by code units, unlike `localeCompare` the same on every machine. */
export function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function comparePlaces(a: LineColumn, b: LineColumn): number {
  return a.line - b.line || a.column - b.column
}

/** Compares by file, then by start. */
export function compareRanges(a: SourceRange, b: SourceRange): number {
  return compareTexts(a.file, b.file) || comparePlaces(a.range.start, b.range.start)
}
