// Places in source as one number. Every file that is evaluated gets a stretch of one number line, so a span needs no
// object, fits the code memory, and finds its file by binary search. 0 is "no position".

import { dirname } from "node:path/posix"
import { type LineColumn, lineColumn, lineStarts } from "../../base/index.js"

export type Span = number

/** What a span points at: offsets count bytes. */
export interface Place extends LineColumn {
  readonly file: string
  /** What messages call the file. */
  readonly shown: string
  readonly offset: number
}

/** A text that spans point into. `file` is a path, or `«string»` for an expression given as text. */
export class SourceText {
  /** Offsets of its lines, once somebody wanted one. */
  starts: number[] | undefined
  /** What messages call the file. The evaluation that runs the text says so; the text itself may outlive it. */
  shown: string
  /** Folder that relative paths in it start from: that of the file, unless whoever runs an expression says another. */
  baseDir: string

  constructor(
    readonly file: string,
    readonly base: Span,
    readonly length: number,
    /** Undefined while only its code is here, which was kept from an earlier time. */
    private loaded: string | undefined,
  ) {
    this.shown = file
    this.baseDir = dirname(file)
  }

  private read: (() => string) | undefined

  get text(): string {
    this.loaded ??= this.read?.() ?? ""
    return this.loaded
  }

  /** Where to get the text from, should anybody want a place in it. */
  readBy(io: { readFile(path: string): string }, path: string): void {
    if (this.loaded === undefined) this.read = () => io.readFile(path)
  }

  /** Whether this is its text; false also where nobody has looked yet. */
  isText(text: string): boolean {
    return this.loaded === text
  }
}

const sources: SourceText[] = []
let nextBase = 1

/** Gives a text its stretch; the span of its offset `n` is `base + n`. */
export function addSource(file: string, text: string): SourceText {
  const source = new SourceText(file, nextBase, text.length, text)
  nextBase += text.length + 1
  sources.push(source)
  return source
}

/** Leaves the stretches before `end` to texts that were here in an earlier time. */
export function leaveStretches(end: Span): void {
  nextBase = end
}

/** Gives a text the stretch that it had in an earlier time. */
export function restoreSource(source: SourceText): void {
  sources.splice(indexOf(source.base) + 1, 0, source)
}

/** Every text so far, and where the next one begins. */
export function allSources(): { readonly sources: readonly SourceText[]; readonly end: Span } {
  return { sources, end: nextBase }
}

/** The text that a span points into; undefined for 0. */
export function sourceOf(span: Span): SourceText | undefined {
  return span <= 0 ? undefined : sources[indexOf(span)]
}

/** Index of the last text that begins at a place or before it; -1 for none. */
function indexOf(place: Span): number {
  let low = -1
  let high = sources.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (sources[middle].base <= place) low = middle
    else high = middle - 1
  }
  return low
}

/** File, line and column of a span; undefined for 0. */
export function placeOf(span: Span): Place | undefined {
  const source = sourceOf(span)
  if (source === undefined) return undefined
  source.starts ??= lineStarts(source.text)
  const offset = span - source.base
  return { file: source.file, shown: source.shown, offset, ...lineColumn(source.starts, offset) }
}

/** A place as messages give it: `FILE:LINE:COLUMN`. */
export function writtenPlace({ shown, line, column }: Place): string {
  return `${shown}:${line}:${column}`
}
