// What is wrong with a fleet, as findings at places in its files.
//
// One cause is one finding: the same message at the same place counts once, with all the hosts that it concerns.

import type { LineColumn } from "../base/index.js"
import { type EvalError, textOfBytes } from "../eval/index.js"
import { errorPlaces } from "./error-summary.js"
import type { Finding, SourcePlace, SourceRange } from "./model.js"
import { type SourceFile, type SourceFiles, sourceRange } from "./source-files.js"

/** Collects findings, joining those that are the same but for the host. */
export class FindingList {
  private readonly byKey = new Map<string, Finding>()

  add(finding: Finding): void {
    const { file, range, code, message } = finding
    const key = [file, range.start.line, range.start.column, code, message].join("\0")
    const known = this.byKey.get(key)
    this.byKey.set(
      key,
      known === undefined ? finding : { ...known, hosts: joined(known.hosts, finding.hosts) },
    )
  }

  /** By file, then by place. */
  sorted(): Finding[] {
    return [...this.byKey.values()].sort(
      (a, b) =>
        compare(a.file, b.file) || comparePlaces(a.range.start, b.range.start) || compare(a.code, b.code),
    )
  }
}

function joined(a: readonly string[], b: readonly string[]): string[] {
  return [...new Set([...a, ...b])]
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function comparePlaces(a: LineColumn, b: LineColumn): number {
  return a.line - b.line || a.column - b.column
}

/** What is needed to say where an evaluation error lies for the person who reads it. */
export interface ErrorSurroundings {
  /** Absolute path of the flake's folder: places in there are what people can mend. */
  readonly root: string
  readonly sources: SourceFiles
  readonly realPath: (seen: string) => string
}

/**
 * An evaluation error as a finding: at the innermost place of its trace that lies in the fleet's own files, else at
 * `fallback`, where the person asked for what failed.
 */
export function errorFinding(
  error: EvalError,
  hosts: readonly string[],
  fallback: SourceRange,
  around: ErrorSurroundings,
): Finding {
  const places = errorPlaces(error, around.realPath)
  const own = places.find(({ file }) => file.startsWith(`${around.root}/`))
  const where = own === undefined ? fallback : tokenAt(around.sources, own)
  const related = places.slice(0, 5).map(place => ({ ...place, message: "while evaluating this" }))
  return {
    ...where,
    severity: "error",
    code: error.code,
    message: textOfBytes(error.message),
    hosts,
    related,
  }
}

/** The word at a place, so that there is something to underline. */
function tokenAt(sources: SourceFiles, place: SourcePlace): SourceRange {
  const file = sources.get(place.file)
  const at = { line: place.line, column: Math.max(1, place.column) }
  const start = file === undefined ? undefined : file.starts[place.line - 1] + at.column - 1
  const word =
    file === undefined || start === undefined
      ? null
      : /^[\w'.-]+|^./.exec(file.text.slice(start, start + 200))
  const length = word === null ? 1 : word[0].length
  return { file: place.file, range: { start: at, end: { line: at.line, column: at.column + length } } }
}

/** The first line of a file: for what concerns all of it. */
export function firstLine(path: string, file: SourceFile | undefined): SourceRange {
  if (file === undefined)
    return { file: path, range: { start: { line: 1, column: 1 }, end: { line: 1, column: 2 } } }
  const end = file.text.indexOf("\n")
  return sourceRange(file, { start: 0, end: end < 0 ? file.text.length : end })
}
