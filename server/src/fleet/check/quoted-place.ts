// Where a text or a path is written that a message quotes.
//
// A constant leaves no trace in the file where it is written, so a missing file or a wrong name may only be found by its text.

import type { EvalError } from "../../eval/index.js"
import { type Expr, plainText } from "../../syntax/index.js"
import type { SourceRange } from "../model.js"
import { sourceRange } from "../texts/source-files.js"
import { findExpr, findPathTo } from "../texts/tree-search.js"
import type { ErrorSurroundings } from "./error-place.js"

/** For a missing file: where its path is written, or the text that was taken for a path. */
export function placeOfMissingFile(error: EvalError, around: ErrorSurroundings): SourceRange | undefined {
  if (error.code === "invalid-path")
    return placeOfText(/^string '(.+?)' doesn't/.exec(error.message)?.[1], around)
  if (error.code !== "file-not-found") return undefined
  const missing = missingFile(error.message, around)
  if (missing === undefined) return undefined
  for (const file of around.files) {
    const range = findPathTo(file, missing)
    if (range !== undefined) return sourceRange(file, range)
  }
  return onlyPlace(around, expr => endsPath(expr, missing))
}

/** What nixpkgs' lib.systems says of a system, or of a part of one, that it does not know. */
const unknownSystem =
  /^(?:lib\.systems: )?Unknown (?:system|kernel|CPU type|vendor|ABI): (\S+)$|^system string '(.+?)' /

/** For a system that does not exist: where it is written. Whoever needs the packages of that system fails. */
export function placeOfSystem({ message }: EvalError, around: ErrorSurroundings): SourceRange | undefined {
  const [, part, whole] = unknownSystem.exec(message) ?? []
  const unknown = part ?? whole
  if (unknown === undefined) return undefined
  const isIt = (text = "") => text === unknown || (text.includes("-") && text.split("-").includes(unknown))
  return onlyPlace(around, expr => expr.kind === "string" && isIt(plainText(expr)))
}

/** For an error in an input that quotes a text: where that is written, if it is in a single file. */
export function placeOfQuoted(
  { message, span, frames }: EvalError,
  around: ErrorSurroundings,
): SourceRange | undefined {
  // No code asked: what it quotes is a name in a path that a person asked about.
  if (span === 0 && frames.length === 0) return undefined
  const quoted = Array.from(message.matchAll(/['`"]([^\s'`"]+)['`"]/g), ([, text]) => text)
  return quoted.map(text => placeOfText(text, around)).find(Boolean)
}

/** Whether a text ends as a path does after what it computes: `"${inputs.x}/modules/y.nix"`. */
function endsPath(expr: Expr, path: string): boolean {
  if (expr.kind !== "string" || expr.parts[0]?.kind !== "interpolation") return false
  const last = expr.parts.at(-1)
  return last?.kind === "text" && last.text.startsWith("/") && path.endsWith(last.text)
}

/** The path on disk of a file that a message says is missing. Nix names a file of a repository by its path in there. */
function missingFile(message: string, around: ErrorSurroundings): string | undefined {
  const [, tracked, root] =
    /^Path '(.+)' (?:does not exist in Git|in the) repository "(.+?)"/.exec(message) ?? []
  if (tracked !== undefined) return `${root}/${tracked}`
  const seen = /(?:path|file|directory) '(.+?)'/.exec(message)?.[1]
  return seen === undefined ? undefined : around.realPath(seen)
}

/** Where a text is written, if that is a single place in the fleet's files. */
function placeOfText(text: string | undefined, around: ErrorSurroundings): SourceRange | undefined {
  return text === undefined
    ? undefined
    : onlyPlace(around, expr => expr.kind === "string" && plainText(expr) === text)
}

/** Where something is written, if that is in a single one of the fleet's files. */
function onlyPlace(around: ErrorSurroundings, isWanted: (expr: Expr) => boolean): SourceRange | undefined {
  const found = around.files.flatMap(file => {
    const range = findExpr(file.tree, isWanted)
    return range === undefined ? [] : [sourceRange(file, range)]
  })
  return found.length === 1 ? found[0] : undefined
}
