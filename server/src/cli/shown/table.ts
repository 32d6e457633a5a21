// Aligned tables: a line of headings, a line per row, two spaces between columns, nothing else.

import type { Layout } from "./answer.js"

/** A text, or words of which a cell shows as many as fit. */
export type Cell = string | readonly string[]

const GAP = "  "
/** The last column never gets narrower than this, even if the line gets too long. */
const narrowest = 10

/**
 * The table, with a newline after every row; "" when there are no rows. Columns without text are left out, and the last one
 * is cut to fit the width.
 */
export function table(
  headings: readonly string[],
  rows: readonly (readonly Cell[])[],
  { style, width }: Layout,
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

/** The text, cut to fit into `width` columns. */
export function cut(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, width - 1)}…`
}

/** As many words as fit into `width` columns, at least the first, and how many more there are. */
export function listed(words: readonly string[], width: number): string {
  for (let shown = words.length; 1 < shown; shown--) {
    const more = shown === words.length ? [] : [`+${words.length - shown}`]
    const text = [...words.slice(0, shown), ...more].join(" ")
    if (text.length <= width) return text
  }
  return words.length < 2 ? words.join("") : `${words[0]} +${words.length - 1}`
}
