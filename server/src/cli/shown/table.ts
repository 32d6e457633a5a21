// Aligned tables: a line of headings, a line a row, two spaces between columns, nothing else.

import type { Style } from "./style.js"

export interface TableSettings {
  readonly style: Style
  /** Columns of the terminal; the last column of a table is cut to fit. */
  readonly width: number
}

/** Several words make a cell that shows as many of them as fit. */
export type Cell = string | readonly string[]

const GAP = "  "
/** The last column is never narrower, even if the line gets too long. */
const narrowest = 10

/** The table with a newline after every row; empty when there are no rows. Columns in which every cell is empty are left out. */
export function table(
  headings: readonly string[],
  rows: readonly (readonly Cell[])[],
  { style, width }: TableSettings,
): string {
  if (rows.length === 0) return ""
  const columns = headings.map((_, i) => i).filter(i => rows.some(row => row[i].length > 0))
  const lines = [headings, ...rows].map(row => columns.map(i => row[i]))
  const widths = columns.map((_, i) => Math.max(...lines.map(line => whole(line[i]).length)))
  const before = widths.slice(0, -1).reduce((sum, columnWidth) => sum + columnWidth + GAP.length, 0)
  const rest = Math.max(narrowest, width - before)
  const texts = lines.map(line => {
    const cells = line.map((cell, i) =>
      i < line.length - 1 ? whole(cell).padEnd(widths[i]) : fitted(cell, rest),
    )
    return cells.join(GAP).trimEnd()
  })
  return texts.map((text, i) => `${i === 0 ? style.bold(text) : text}\n`).join("")
}

function whole(cell: Cell): string {
  return typeof cell === "string" ? cell : cell.join(" ")
}

function fitted(cell: Cell, width: number): string {
  return typeof cell === "string" ? cut(cell, width) : listed(cell, width)
}

/** A text that fits into so many columns. */
export function cut(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, width - 1)}…`
}

/** Words as many as fit, the first in any case, then how many more there are. */
export function listed(words: readonly string[], width: number): string {
  for (let shown = words.length; 1 < shown; shown--) {
    const more = shown === words.length ? [] : [`+${words.length - shown}`]
    const text = [...words.slice(0, shown), ...more].join(" ")
    if (text.length <= width) return text
  }
  return words.length < 2 ? words.join("") : `${words[0]} +${words.length - 1}`
}
