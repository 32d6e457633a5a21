// Places in source as one number. Every file that is evaluated gets a stretch of one number line, so a span needs no
// object, fits the code memory, and finds its file by binary search. 0 is "no position".

import { type LineColumn, lineColumn, lineStarts } from "../base/index.js"

export type Span = number

/** What a span points at: offsets count bytes. */
export interface Place extends LineColumn {
  readonly file: string
  readonly offset: number
}

/** A text that spans point into. `file` is a path, or `«string»` for an expression given as text. */
export interface SourceText {
  readonly file: string
  readonly text: string
  readonly base: Span
  starts: number[] | undefined
}

const sources: SourceText[] = []
let nextBase = 1

/** Gives a text its stretch; the span of its offset `n` is `base + n`. */
export function addSource(file: string, text: string): SourceText {
  const source: SourceText = { file, text, base: nextBase, starts: undefined }
  nextBase += text.length + 1
  sources.push(source)
  return source
}

export function sourceOf(span: Span): SourceText | undefined {
  if (span <= 0) return undefined
  let low = 0
  let high = sources.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (sources[middle].base <= span) low = middle
    else high = middle - 1
  }
  return sources[low]
}

/** File, line and column of a span; undefined for 0. */
export function placeOf(span: Span): Place | undefined {
  const source = sourceOf(span)
  if (source === undefined) return undefined
  source.starts ??= lineStarts(source.text)
  const offset = span - source.base
  return { file: source.file, offset, ...lineColumn(source.starts, offset) }
}
