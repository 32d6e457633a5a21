// Where a JSON or TOML file of the fleet is wrong that evaluation reads. Nix names a line and a column, and not the file: a builtin
// is given a text. So the files that were read are searched for that text.

import type { EvalError } from "../../eval/index.js"
import type { SourceRange } from "../model.js"
import type { ErrorSurroundings } from "./error-place.js"

/** The place in the document that an error is about; undefined for any other error, and if no file of the fleet has its text. */
export function placeOfDocument(
  { document, message }: EvalError,
  { readFiles }: ErrorSurroundings,
): SourceRange | undefined {
  const read = document === undefined ? undefined : readFiles().find(({ text }) => text === document)
  if (read === undefined) return undefined
  const [line = 1, column = 1] = /\bline (\d+), column (\d+)/.exec(message)?.slice(1).map(Number) ?? []
  const start = { line, column: Math.max(1, column) }
  return { file: read.path, range: { start, end: { line, column: start.column + 1 } } }
}
