// Places in a text. An offset counts the units of the string that was parsed (UTF-16 code units in an open document,
// bytes in a file that is evaluated), and only the edge of the program turns offsets into lines and columns.

/** Half-open: `start` is the first unit inside, `end` the first one after. */
export interface TextRange {
  readonly start: number
  readonly end: number
}

/** The range of something that has one, without its other fields. */
export function rangeOf({ start, end }: TextRange): TextRange {
  return { start, end }
}

/** A place as people read it: both count from 1; the column counts the units of the text. */
export interface LineColumn {
  readonly line: number
  readonly column: number
}

/** Offsets at which each line of `text` starts. A line ends with `\n`, `\r\n` or, as to Nix and to editors, a `\r` alone. */
export function lineStarts(text: string): number[] {
  const starts = [0]
  if (text.includes("\r")) {
    for (const { 0: end, index } of text.matchAll(/\r\n?|\n/g)) starts.push(index + end.length)
    return starts
  }
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1)
  return starts
}

/** Line and column of `offset`, given the line starts of its text. */
export function lineColumn(starts: readonly number[], offset: number): LineColumn {
  let low = 0
  let high = starts.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (starts[middle] <= offset) low = middle
    else high = middle - 1
  }
  return { line: low + 1, column: offset - starts[low] + 1 }
}

/** Whether `offset` lies in `range` or at its very end, where a cursor still touches it. */
export function touches(range: TextRange, offset: number): boolean {
  return range.start <= offset && offset <= range.end
}
