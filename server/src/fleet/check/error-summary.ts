// An evaluation error as a message for the person whose files are evaluated: no store paths, no terminal colours, no long advice,
// and the options that led to it if the message alone says nothing.

import { BuildNeeded, type EvalError, placeOf, textOfBytes } from "../../eval/index.js"
import { joinAttrPath } from "../attr-path.js"
import type { SourcePlace } from "../model.js"
import { listElement } from "./list-element.js"
import { isImportLoop, missingArgument, trailStep } from "./module-complaint.js"

/** Tells the person's own files from others. */
export interface OwnFiles {
  /** Absolute path of the flake's folder: people can fix what is in there. */
  readonly root: string
  /** From a path as evaluation sees it to the file on disk. */
  readonly realPath: (seen: string) => string
}

const MAX_LINES = 12

/** The message of an error, for people. */
export function errorMessage(error: EvalError, own: OwnFiles): string {
  if (error instanceof BuildNeeded) return `needs a build of '${textOfBytes(error.derivationName)}'`
  const message = readableText(error.message, own).replace(/^Module `(:anon-\d+)+'/, "A module")
  return wholeParagraphs(message) + reasonForLoop(error)
}

/** What to do about an error, in a line below its message. */
export function adviceOn(error: EvalError): string {
  const argument = missingArgument(error)
  const advice = argument === undefined ? (adviceOnElement(error) ?? error.hint) : howToGive(argument.name)
  return advice === undefined ? "" : `\n${textOfBytes(advice)}`
}

function adviceOnElement({ message }: EvalError): string | undefined {
  return listElement(message)?.isFunction
    ? "It lacks an argument; in a list, a call needs parentheses: `(f x)'"
    : undefined
}

/** How modules get an argument that the module system does not give them. */
function howToGive(argument: string): string {
  if (argument === "pkgs")
    return "Modules of hosts are given 'pkgs', and so is 'perSystem'; a module of the flake is not"
  return `Modules are not given '${argument}': it takes \`_module.args.${argument}', or \`specialArgs' if 'imports' depend on it`
}

/** The message, followed by the place in the person's own files. */
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

/** A byte string as text, in which store paths are replaced by paths on disk; those in the flake's folder are relative to it. */
export function readableText(bytes: string, own: OwnFiles): string {
  const real = bytes.replace(storeSource, path => own.realPath(path)).replace(colours, "")
  return textOfBytes(real.replaceAll(`${own.root}/`, ""))
}

/** Whether a file on disk is one that the person can fix. */
export function isOwnFile(file: string, { root }: OwnFiles): boolean {
  return file.startsWith(`${root}/`)
}

/** A path on disk as people read it, relative to the flake's folder if it is in there. */
export function shortPath(file: string, own: OwnFiles): string {
  return textOfBytes(isOwnFile(file, own) ? file.slice(own.root.length + 1) : file)
}

/** The first paragraphs, as many as people read, without lists of remedies (`a) ..`). */
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

/** For an infinite recursion, the options that form the circle: it has no other place. */
function reasonForLoop(error: EvalError): string {
  if (error.code !== "infinite-recursion") return ""
  if (isImportLoop(error)) return ": 'imports' depends on 'config', which is made of what is imported"
  const options = optionsOnWay(error)
  return options.length === 0 ? "" : ` by way of ${options.map(name => `'${name}'`).join(", ")}`
}

/** The options that were being evaluated, innermost first: for an infinite recursion those of its circle. */
export function optionsOnWay(error: EvalError): string[] {
  const names = error.frames.flatMap(({ message }) => {
    const step = trailStep(message)
    return step?.kind === "option" ? [joinAttrPath(step.option)] : []
  })
  return [...new Set(names)]
}
