// Collects what is wrong with a fleet, as findings at places in its files.
//
// One cause is one finding: the same message at the same place is listed once, with all hosts that it concerns. What is wrong with an
// aspect of homes is the same in the home of every user.

import type { EvalError } from "../../eval/index.js"
import { withoutUser } from "../frameworks/home-manager.js"
import type { Finding, SourceRange } from "../model.js"
import { type SourceFile, sourceRange } from "../texts/source-files.js"
import { type ErrorSurroundings, placeOfError, placesOfComplaint, placesOfRefused } from "./error-place.js"
import { adviceOn, errorMessage, errorPlaces, isOwnFile } from "./error-summary.js"
import { fixOfError } from "./finding-fix.js"
import { codeOf } from "./module-complaint.js"
import { overlayCircle } from "./overlay-circle.js"
import { compareRanges, compareTexts } from "./place-order.js"

/** Codes of a mistake in one name or definition. The aspect that it came through, and names like it, depend on the host. */
const saidInOneLine: ReadonlySet<string> = new Set([
  "unknown-option",
  "wrong-type",
  "missing-attribute",
  "unexpected-argument",
])

/** Collects findings, and joins those that differ only in their hosts. */
export class FindingList {
  private readonly byKey = new Map<string, Finding>()

  add(finding: Finding): void {
    const { file, range, code, message } = finding
    const said = saidInOneLine.has(code) ? message.split("\n", 1)[0] : inAnyOrder(message)
    const key = [file, range.start.line, range.start.column, code, withoutUser(said)].join("\0")
    const known = this.byKey.get(key)
    if (code === "undefined-variable") this.removeArgument(finding)
    this.byKey.set(key, known === undefined ? finding : joined(known, finding))
  }

  /** Removes that a call does not take an argument, if what is passed on is not defined: `f { inherit input; }`. */
  private removeArgument({ file: path, message: undefinedVariable }: Finding): void {
    const words = undefinedVariable.replace(/^undefined variable /, "called with unexpected argument ")
    for (const [key, { file, code, message }] of this.byKey)
      if (file === path && code === "unexpected-argument" && message.endsWith(words)) this.byKey.delete(key)
  }

  addAll(findings: readonly Finding[]): void {
    for (const finding of findings) this.add(finding)
  }

  /** Whether an error in another file, or one that has a fix, says it for all of these hosts, in words that begin the same. */
  blamesOther(path: string, hosts: readonly string[], words: string): boolean {
    const says = ({ severity, file, fix, message, hosts: concerned }: Finding) =>
      severity === "error" &&
      (file !== path || fix !== undefined) &&
      message.startsWith(words) &&
      hosts.every(host => concerned.includes(host))
    return [...this.byKey.values()].some(says)
  }

  /** Adds a finding, and removes findings in its file that begin with certain words and say less. */
  addInsteadOf(words: string, finding: Finding): void {
    for (const [key, { file, message }] of this.byKey)
      if (file === finding.file && message.startsWith(words)) this.byKey.delete(key)
    this.add(finding)
  }

  /** Removes the errors in a file that does not parse: what else is said of it may only follow from that. */
  removeErrorsIn(path: string): void {
    for (const [key, { file, severity }] of this.byKey)
      if (file === path && severity === "error") this.byKey.delete(key)
  }

  /** Whether the fix of some finding is to tell git about a file, or about a folder that it is in. */
  tracks(path: string): boolean {
    return [...this.byKey.values()].some(
      ({ fix }) => fix?.kind === "track" && (path === fix.path || path.startsWith(`${fix.path}/`)),
    )
  }

  /** Whether some output is misspelled that is to be one of these. */
  misses(outputs: readonly string[]): boolean {
    const isMeant = ({ code, fix }: Finding) =>
      code === "unknown-output" && fix?.kind === "rename" && fix.to.some(name => outputs.includes(name))
    return [...this.byKey.values()].some(isMeant)
  }

  /** All findings, by file and then by place. */
  sorted(): Finding[] {
    return [...this.byKey.values()].sort((a, b) => compareRanges(a, b) || compareTexts(a.code, b.code))
  }
}

/** The lines of a message, sorted: hosts that import files in another order list their definitions in another order. */
function inAnyOrder(message: string): string {
  return message.split("\n").sort(compareTexts).join("\n")
}

function joined(a: Finding, b: Finding): Finding {
  const severity = b.severity === "error" ? b.severity : a.severity
  const ofOneUser = inAnyOrder(a.message) === inAnyOrder(b.message)
  const message = ofOneUser ? a.message : withoutUser(a.message)
  return { ...a, severity, message, hosts: [...new Set([...a.hosts, ...b.hosts])] }
}

/** How many other places a finding names. */
export const MAX_RELATED = 5

/**
 * An evaluation error as a finding: where the fleet's own files can be fixed, or else at `fallback`, where the person asked for
 * what failed.
 */
export function errorFinding(
  error: EvalError,
  hosts: readonly string[],
  fallback: SourceRange,
  around: ErrorSurroundings,
): Finding {
  const known = placeOfError(error, around)
  const where = known ?? fallback
  const file = around.sources.get(where.file)
  const circle = error.code === "infinite-recursion" && file ? overlayCircle(file, where) : undefined
  const message =
    circle === undefined ? errorMessage(error, around) + adviceOn(error) : `${error.message}: ${circle.why}`
  return {
    ...where,
    severity: "error",
    code: codeOf(error),
    message,
    hosts,
    related: relatedPlaces(error, where, known === undefined, around).slice(0, MAX_RELATED),
    ...(circle === undefined ? fixOfError(error) : { fix: circle.fix }),
  }
}

/** A finding about an option that does not exist where it is set, and where it belongs in place of names like it. */
export function belongsTo(where: string, finding: Finding): Finding {
  const { fix: _, ...kept } = finding
  return { ...kept, message: `${finding.message.replace(/\nDid you mean .*$/, "")}\n${where}` }
}

/** What is said of the other places of an error, by its code. */
const wordsForOther: Readonly<Record<string, string>> = {
  "import-circle": "this is part of the circle, too",
  "module-class": "the module is named here, too",
}

/**
 * Related places: other definitions of the option, or the way through the fleet's own files, or, if none of these says what failed,
 * the place in an input where evaluation did.
 */
function relatedPlaces(
  error: EvalError,
  where: SourceRange,
  isPlaceless: boolean,
  around: ErrorSurroundings,
): Finding["related"] {
  const others = [...placesOfComplaint(error, around), ...placesOfRefused(error, around)].map(
    ({ file, range }) => ({
      file,
      ...range.start,
      message: wordsForOther[codeOf(error)] ?? "the option is set here too",
    }),
  )
  const trace = errorPlaces(error, around.realPath)
  const own = trace.filter(({ file }) => isOwnFile(file, around))
  const last = isPlaceless ? trace.slice(0, 1) : []
  const way =
    own.length > 0
      ? own.map(place => ({ ...place, message: "while evaluating this" }))
      : last.map(place => ({ ...place, message: "it fails here, in a file of an input" }))
  const found = others.length > 0 ? others : way
  const key = ({ file, line, column }: Finding["related"][number]) => `${file}:${line}:${column}`
  const seen = new Set([key({ file: where.file, ...where.range.start, message: "" })])
  return found.filter(place => !seen.has(key(place)) && seen.add(key(place)))
}

/** Of a line that may be a whole file. */
const MAX_UNDERLINED = 200

/** The first line of a file, for findings about the whole file. */
export function firstLine(path: string, file: SourceFile | undefined): SourceRange {
  if (file === undefined)
    return { file: path, range: { start: { line: 1, column: 1 }, end: { line: 1, column: 2 } } }
  const end = file.text.indexOf("\n")
  return sourceRange(file, { start: 0, end: Math.min(end < 0 ? file.text.length : end, MAX_UNDERLINED) })
}
