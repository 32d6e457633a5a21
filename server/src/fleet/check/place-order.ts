// An order of places in files that has nothing to do with the order in which they were found: hosts that come to one mistake by
// different ways are to say the same of it.

import type { LineColumn } from "../../base/index.js"
import type { SourceRange } from "../model.js"

/** Compares by code units, unlike `localeCompare` the same on every machine. */
export function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function comparePlaces(a: LineColumn, b: LineColumn): number {
  return a.line - b.line || a.column - b.column
}

/** By file, then by where they begin. */
export function compareRanges(a: SourceRange, b: SourceRange): number {
  return compareTexts(a.file, b.file) || comparePlaces(a.range.start, b.range.start)
}
