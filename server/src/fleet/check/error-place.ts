// Where in the person's own files an evaluation error can be fixed.
//
// The trace of an error knows where functions were called. But a constant of the wrong type, a missing file, or a definition of an
// unknown option leave no trace in the file where they are written. So the text of the error counts, too: it names options and
// files, and these files are read as a person would read them.

import type { TextRange } from "../../base/index.js"
import { type EvalError, placeOf } from "../../eval/index.js"
import { type Expr, expressionsIn } from "../../syntax/index.js"
import type { ModuleUse } from "../aspects/module-uses.js"
import { beginsWith, sameNames } from "../attr-path.js"
import type { AspectContainer, SourcePlace, SourceRange } from "../model.js"
import { bestPlace } from "../texts/attribute-places.js"
import { type DefinitionSite, findSite } from "../texts/definition-sites.js"
import { onlyPlaceOf } from "../texts/only-place.js"
import { type SourceFile, type SourceFiles, sourceRange } from "../texts/source-files.js"
import { placeOfDocument } from "./document-place.js"
import { isOwnFile, type OwnFiles } from "./error-summary.js"
import { placeOfImports } from "./import-place.js"
import { listElement, placeOfElement } from "./list-element.js"
import { placeInMixedModule } from "./mixed-module.js"
import {
  declaredAgain,
  isImportLoop,
  type ModuleFile,
  missingArgument,
  moduleComplaint,
  obsoleteOption,
  refusedModule,
  type TrailStep,
  trailStep,
} from "./module-complaint.js"
import { overlayCircle } from "./overlay-circle.js"
import { compareRanges } from "./place-order.js"
import { placeOfMissingFile, placeOfQuoted, placeOfSystem } from "./quoted-place.js"
import { importsOfRefused } from "./refused-import.js"

/** A fleet's own files, and the hosts that have them as modules. */
export interface ErrorSurroundings extends OwnFiles {
  /** The file that makes the outputs. */
  readonly entry: string
  /** The file of a module, from the name that the module system has for it. */
  readonly moduleFile: (seen: string) => string
  readonly sources: SourceFiles
  /** Every .nix file of the fleet. */
  readonly files: readonly SourceFile[]
  readonly containers: readonly AspectContainer[]
  readonly uses: ReadonlyMap<string, readonly ModuleUse[]>
  /** The fleet's files that evaluation read, apart from those of Nix. */
  readonly readFiles: () => readonly { readonly path: string; readonly text: string }[]
}

/** The place to fix; undefined if it is not in the person's own files. */
export function placeOfError(error: EvalError, around: ErrorSurroundings): SourceRange | undefined {
  return (
    placesOfComplaint(error, around)[0] ??
    placesOfRefused(error, around)[0] ??
    placeOfDocument(error, around) ??
    placeOfDeclaration(error, around) ??
    placeOfMissingFile(error, around) ??
    placeOfSystem(error, around) ??
    placeOfImports(error, around) ??
    placeBesideOption(error, around) ??
    placeOnTrail(error, around) ??
    placeOfQuoted(error, around)
  )
}

/** All places that set the option that the module system complains about, the likeliest culprit first. */
export function placesOfComplaint(error: EvalError, around: ErrorSurroundings): SourceRange[] {
  const complaint = moduleComplaint(error)
  if (complaint === undefined) return []
  const entry = listElement(error.message)?.entry
  const found = complaint.files.flatMap(from => {
    const place = placeOfOption(complaint.option, from, around, entry)
    return place === undefined ? [] : [place]
  })
  if (found.length === 0 && complaint.files.length > 0) {
    const only = onlyPlaceOf(complaint.option, around.files, around.sources)
    return only === undefined ? [] : [only]
  }
  if (found.length < 2) return found
  // A file that many hosts share works on the others, so the file with the fewest hosts comes first.
  const users = (file: string) => new Set((around.uses.get(file) ?? []).map(({ host }) => host)).size
  return found.sort((a, b) => users(a.file) - users(b.file) || compareRanges(a, b))
}

/** Where an option is set that a warning or an assertion calls obsolete. */
export function placeOfObsolete(message: string, around: ErrorSurroundings): SourceRange | undefined {
  const obsolete = obsoleteOption(message)
  return obsolete?.files.map(from => placeOfOption(obsolete.option, from, around)).find(Boolean)
}

/** For an option without a value: where its siblings are set, if a single file does that. */
function placeBesideOption(error: EvalError, around: ErrorSurroundings): SourceRange | undefined {
  const above = aboveValueless(error, around)
  return above === undefined ? undefined : onlyPlaceOf(above, around.files, around.sources)
}

/**
 * For an option without a value that the module system itself reads: the path above the option. (What was being evaluated may be
 * anything then, such as a list of packages.) Undefined for any other error, and for an option at the top.
 */
export function aboveValueless(error: EvalError, around: ErrorSurroundings): readonly string[] | undefined {
  const complaint = moduleComplaint(error)
  if (complaint?.code !== "option-without-value" || complaint.option.length < 2) return undefined
  const spans = [error.mark || error.span, ...error.frames.map(({ span }) => span)]
  return spans.some(span => ownPlace(span, around) !== undefined) ? undefined : complaint.option.slice(0, -1)
}

/** Where a module sets an option, something inside it, or the set around it; with `entry` that element of a list. */
function placeOfOption(
  option: readonly string[],
  from: ModuleFile,
  around: ErrorSurroundings,
  entry?: number,
): SourceRange | undefined {
  const file = ownFile(from.file, around)
  if (file === undefined) return undefined
  const sites = around.sources.sitesOf(file, around.containers)
  const inside = sites.filter(({ aspect, path }) => beginsWith(path, option) && sameNames(aspect, from.via))
  const site: DefinitionSite | undefined = inside[0] ?? findSite(sites, option, from.via)[0]
  const wanted = { path: option, via: from.via, near: -1, valueText: "", conditional: false, priority: 100 }
  const place = site ?? bestPlace(around.sources.placesOf(file), wanted, file.text)
  if (place === undefined) return undefined
  const element = entry === undefined || inside.length > 1 ? undefined : placeOfElement(place.value, entry)
  return sourceRange(file, element ?? place.range)
}

/** The fleet's own file at a path as evaluation sees it. */
function ownFile(seen: string, around: ErrorSurroundings): SourceFile | undefined {
  const path = around.moduleFile(seen)
  return isOwnFile(path, around) ? around.sources.get(path) : undefined
}

/** All places of a module that the module system refuses: where it is imported, and in its file what is wrong. */
export function placesOfRefused(error: EvalError, around: ErrorSurroundings): SourceRange[] {
  const refused = refusedModule(error)
  if (refused === undefined) return []
  const inFile = placeInRefused(error, refused, around)
  return [...importsOfRefused(error.message, refused, around), ...(inFile === undefined ? [] : [inFile])]
}

/** In a file that is not a module: its value, or the attribute that the message names. */
function placeInRefused(
  error: EvalError,
  refused: ModuleFile,
  around: ErrorSurroundings,
): SourceRange | undefined {
  const unsupported = /unsupported attribute `(.+?)'/.exec(error.message)?.[1]
  if (unsupported !== undefined && isWithoutName(refused))
    return placeInMixedModule(unsupported, around.files, around.sources)
  const file = ownFile(refused.file, around)
  if (file === undefined) return undefined
  const name = unsupported ?? "_class"
  const named = around.sources.placesOf(file).find(({ names }) => names.at(-1) === name)
  return sourceRange(file, named?.range ?? firstWord(file))
}

/** Whether a module is one that the module system counts instead of naming it: `:anon-1:anon-2`. */
function isWithoutName({ file }: ModuleFile): boolean {
  return file.startsWith(":anon-")
}

/** For an option that is declared twice: one of the declarations, by an aspect or a module in one as well. */
function placeOfDeclaration(error: EvalError, around: ErrorSurroundings): SourceRange | undefined {
  const again = declaredAgain(error)
  if (again === undefined) return undefined
  for (const from of again.files) {
    const file = ownFile(from.file, around)
    if (file === undefined) continue
    const declared = ["options", ...again.option]
    const places = around.sources
      .placesOf(file)
      .filter(({ names }) => sameNames(names.slice(-declared.length), declared))
    const place = places.find(({ names }) => sameNames(names, [...from.via, ...declared])) ?? places[0]
    if (place !== undefined) return sourceRange(file, place.range)
  }
  return undefined
}

function firstWord({ tree, text }: SourceFile): TextRange {
  const word = /^[\w'.-]+|^./.exec(text.slice(tree.start))?.[0] ?? ""
  return { start: tree.start, end: tree.start + word.length }
}

/** The innermost step of a trace that is in the fleet's own files, by its place or by what it names. */
function placeOnTrail(error: EvalError, around: ErrorSurroundings): SourceRange | undefined {
  const circle = error.code === "infinite-recursion" ? placeInOverlay(error, around) : undefined
  if (circle !== undefined) return circle
  const own = placeOfMissingArgument(error, around) ?? ownPlace(error.mark || error.span, around)
  if (own !== undefined) return own
  for (const [i, { span, message }] of error.frames.entries()) {
    if (error.code === "infinite-recursion" && isDetour(message)) continue
    const found = ownPlace(span, around) ?? placeOfStep(trailStep(message), error, i, around)
    if (found !== undefined) return found
  }
  return error.frames.map(({ span }) => ownPlace(span, around)).find(Boolean)
}

/** The step at which an overlay makes a package of itself. */
function placeInOverlay({ span, frames }: EvalError, around: ErrorSurroundings): SourceRange | undefined {
  return [span, ...frames.map(frame => frame.span)]
    .map(at => ownPlace(at, around))
    .find(place => {
      const file = place && around.sources.get(place.file)
      return place && file && overlayCircle(file, place) !== undefined
    })
}

/** An infinite recursion is fixed at a definition, not at the operand or argument through which it continues. */
function isDetour(message: string): boolean {
  return (
    message === "while evaluating a branch condition" ||
    message === "from call site" ||
    message.startsWith("in the ")
  )
}

function ownPlace(span: number, around: ErrorSurroundings): SourceRange | undefined {
  const place = placeOf(span)
  if (place === undefined) return undefined
  const file = around.realPath(place.file)
  return isOwnFile(file, around) ? tokenAt(around.sources, { ...place, file }) : undefined
}

function placeOfStep(
  step: TrailStep | undefined,
  error: EvalError,
  at: number,
  around: ErrorSurroundings,
): SourceRange | undefined {
  if (step?.kind === "argument") return placeOfArgument(step, error, around)
  if (step?.kind !== "definitions") return undefined
  for (const { message } of error.frames.slice(at)) {
    const outer = trailStep(message)
    if (outer?.kind === "option") return placeOfOption(outer.option, step.from, around)
  }
  return undefined
}

/** For an argument that modules do not get: where a module asks for it. It fails wherever it is used. */
function placeOfMissingArgument(error: EvalError, around: ErrorSurroundings): SourceRange | undefined {
  const argument = missingArgument(error)
  return argument === undefined ? undefined : placeOfArgument(argument, error, around)
}

/** Where a module asks for an argument, or where it imports by an argument if that is what makes a circle. */
function placeOfArgument(
  { name, of }: Extract<TrailStep, { kind: "argument" }>,
  error: EvalError,
  around: ErrorSurroundings,
): SourceRange | undefined {
  const file = ownFile(of.file, around)
  if (file === undefined) return undefined
  const imports = isImportLoop(error)
    ? around.sources.placesOf(file).find(({ names }) => names.at(-1) === "imports")?.range
    : undefined
  const range = imports ?? formalNamed(file.tree, name)
  return range === undefined ? undefined : sourceRange(file, range)
}

function formalNamed(tree: Expr, name: string): TextRange | undefined {
  for (const expr of expressionsIn(tree)) {
    const formals = expr.kind === "lambda" ? (expr.formals?.formals ?? []) : []
    const formal = formals.find(formal => formal.name.name === name)
    if (formal !== undefined) return formal.name
  }
  return undefined
}

/** A text, a name in `${}`, a word, an operator, or else one character. */
const token = /^"(?:[^"\\\n]|\\.)*"|^\$\{[^{}\n]*\}|^[\w'.-]+|^[+/*<>=!&|]+|^./

/** The token at a place, to have something to underline. */
export function tokenAt(sources: SourceFiles, place: SourcePlace): SourceRange {
  const file = sources.get(place.file)
  const at = { line: place.line, column: Math.max(1, place.column) }
  const start = file === undefined ? undefined : file.starts[place.line - 1] + at.column - 1
  const found =
    file === undefined || start === undefined ? null : token.exec(file.text.slice(start, start + 200))
  const length = found === null ? 1 : found[0].length
  return { file: place.file, range: { start: at, end: { line: at.line, column: at.column + length } } }
}
