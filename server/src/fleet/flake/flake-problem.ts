// Problems of a flake's own files. While a flake is being read, problems have offsets in its texts; people are shown lines and
// columns.

import { lineColumn, lineStarts, type Problem } from "../../base/index.js"
import { addSource, EvalError } from "../../eval/index.js"
import type { SourceRange } from "../model.js"

/** A problem in flake.nix or flake.lock. */
export interface FileProblem extends Problem {
  /** Real path. */
  readonly file: string
}

/** The same with lines and columns, both from 1. */
export interface FlakeProblem extends SourceRange {
  readonly severity: "error" | "warning" | "information"
  readonly code: string
  readonly message: string
}

/** The problem with lines and columns. `textOf` gives the text of a file, or undefined if there is none. */
export function flakeProblem(
  { file, range, severity, code, message }: FileProblem,
  textOf: (file: string) => string | undefined,
): FlakeProblem {
  const text = textOf(file) ?? ""
  const starts = lineStarts(text)
  const at = (offset: number) => lineColumn(starts, Math.min(offset, text.length))
  return {
    file,
    range: { start: at(range.start), end: at(range.end) },
    severity: severity === "hint" ? "information" : severity,
    code,
    message,
  }
}

/** Compares in reading order: flake.nix before flake.lock, each from its beginning. */
export function byPlace(a: FlakeProblem, b: FlakeProblem): number {
  if (a.file !== b.file) return a.file < b.file ? 1 : -1
  return a.range.start.line - b.range.start.line || a.range.start.column - b.range.start.column
}

/** The failure of whoever wants the value of a file that is no flake. */
export function noFlake(
  { path, text }: { path: string; text: string },
  { message, range }: Problem,
): EvalError {
  return new EvalError("invalid-value", `${path}: ${message}`, addSource(path, text).base + range.start)
}
