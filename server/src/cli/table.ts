// Aligned tables: a line of headings, a line a row, two spaces between columns, nothing else.

import type { Style } from "./style.js"

export interface TableSettings {
  readonly style: Style
  /** Columns of the terminal; the last column of the table is cut to fit. */
  readonly width: number
}

const GAP = "  "

/** The table with a newline after every row; empty when there are no rows. Columns in which every cell is empty are left out. */
export function table(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  { style, width }: TableSettings,
): string {
  if (rows.length === 0) return ""
  const columns = headings.map((_, i) => i).filter(i => rows.some(row => row[i] !== ""))
  const pick = (row: readonly string[]) => columns.map(i => row[i])
  const lines = [pick(headings), ...rows.map(pick)]
  const widths = columns.map((_, i) => Math.max(...lines.map(line => line[i].length)))
  const before = widths.slice(0, -1).reduce((sum, width) => sum + width + GAP.length, 0)
  const last = Math.max(10, width - before)
  const text = (line: readonly string[]) =>
    line
      .map((cell, i) => (i === line.length - 1 ? cut(cell, last) : cell.padEnd(widths[i])))
      .join(GAP)
      .trimEnd()
  const [first, ...rest] = lines.map(text)
  return [style.bold(first), ...rest].map(line => `${line}\n`).join("")
}

/** A text that fits into so many columns. */
export function cut(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, width - 1)}…`
}

/** Words as a person lists them, as many as fit, then how many more there are. */
export function listed(words: readonly string[], width: number): string {
  let text = ""
  for (const [i, word] of words.entries()) {
    const next = text === "" ? word : `${text} ${word}`
    const rest = words.length - i - 1
    if (rest > 0 && next.length + ` +${rest}`.length > width) return i === 0 ? word : `${text} +${rest + 1}`
    text = next
  }
  return text
}
