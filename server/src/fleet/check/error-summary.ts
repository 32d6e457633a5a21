// An evaluation error in words for the person whose files are evaluated: no store paths, no terminal colours, no page-long
// advice, and the options it came by where the message alone says nothing.

import { BuildNeeded, type EvalError, placeOf, textOfBytes } from "../../eval/index.js"
import { joinAttrPath } from "../aspects/aspect-path.js"
import type { SourcePlace } from "../model.js"
import { isImportLoop, trailStep } from "./module-complaint.js"

/** What tells the person's own files from others. */
export interface OwnFiles {
  /** Absolute path of the flake's folder: places in there are what people can mend. */
  readonly root: string
  /** From a path as evaluation sees it to the file on disk. */
  readonly realPath: (seen: string) => string
}

const MAX_LINES = 12

/** The message of an error, as a person should read it. */
export function errorMessage(error: EvalError, own: OwnFiles): string {
  if (error instanceof BuildNeeded) return `needs a build of '${textOfBytes(error.derivationName)}'`
  return wholeParagraphs(readableText(error.message, own)) + reasonForLoop(error)
}

/** The message, with the place in the person's own files behind it. */
export function errorSummary(error: EvalError, own: OwnFiles, place: SourcePlace | undefined): string {
  const message = errorMessage(error, own)
  return place === undefined
    ? message
    : `${message} (at ${shortPath(place.file, own)}:${place.line}:${place.column})`
}

/** Every place that an error's trace names, innermost first. */
export function errorPlaces(error: EvalError, realPath: (seen: string) => string): SourcePlace[] {
  return [error.span, ...error.frames.map(({ span }) => span)].flatMap(span => {
    const place = placeOf(span)
    return place === undefined || place.file.startsWith("«")
      ? []
      : [{ file: realPath(place.file), line: place.line, column: place.column }]
  })
}

// A source in the store: `/nix/store/`, 32 characters of base 32 and a name.
const storeSource = /(?:\/[\w.+-]+)+\/[0-9a-df-np-sv-z]{32}-[\w.+?=-]+/g
const colours = new RegExp(`${String.fromCharCode(27)}\\[[\\d;]*m`, "g")

/** A byte string as text, with the paths of files where they lie on disk: from the flake's folder on for its own. */
export function readableText(bytes: string, own: OwnFiles): string {
  const real = bytes.replace(storeSource, path => own.realPath(path)).replace(colours, "")
  return textOfBytes(real.replaceAll(`${own.root}/`, ""))
}

/** Whether a file on disk is the person's to mend. */
export function isOwnFile(file: string, { root }: OwnFiles): boolean {
  return file.startsWith(`${root}/`)
}

function shortPath(file: string, own: OwnFiles): string {
  return textOfBytes(isOwnFile(file, own) ? file.slice(own.root.length + 1) : file)
}

/** As many paragraphs as a person reads; lists of remedies (`a) ..`) are not among them. */
function wholeParagraphs(text: string): string {
  const [first, ...rest] = text.trim().split(/\n\s*\n/)
  const kept = first.split("\n")
  if (kept.length > MAX_LINES) return [...kept.slice(0, MAX_LINES), "..."].join("\n")
  for (const paragraph of rest) {
    const lines = paragraph.split("\n")
    if (/^\s*a\) /.test(paragraph) || kept.length + lines.length > MAX_LINES) break
    kept.push(...lines)
  }
  return kept.join("\n")
}

/** An infinite recursion has no place of its own: it is told by the options that lead round. */
function reasonForLoop(error: EvalError): string {
  if (error.code !== "infinite-recursion") return ""
  if (isImportLoop(error)) return ": 'imports' depends on 'config', which is made of what is imported"
  const options = loopOptions(error)
  return options.length === 0 ? "" : ` by way of ${options.map(name => `'${name}'`).join(", ")}`
}

/** Options that were being evaluated when evaluation came back to one of them, innermost first. */
export function loopOptions(error: EvalError): string[] {
  const names = error.frames.flatMap(({ message }) => {
    const step = trailStep(message)
    return step?.kind === "option" ? [joinAttrPath(step.option)] : []
  })
  return [...new Set(names)]
}
