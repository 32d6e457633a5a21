// Findings of evaluation, kept in place while the person types.
//
// A check takes longer than a keystroke, so findings are often older than the text they are shown in. Edits move them, and the
// next check replaces them. A finding whose own text is edited is dropped, because the edit may have fixed it.

import type { Position, Range, TextDocumentContentChangeEvent } from "vscode-languageserver"
import type { Finding } from "../fleet/index.js"

/** A finding with the range it has by now. */
export interface PlacedFinding {
  readonly finding: Finding
  readonly range: Range
}

// Up to so many hosts are named; the others are only counted.
const MAX_NAMED = 6

/** The message with its hosts added to the first line, which is all that the Problems view shows. */
export function messageWithHosts({ message, hosts }: Pick<Finding, "message" | "hosts">): string {
  if (hosts.length === 0) return message
  const named = hosts.length <= MAX_NAMED ? hosts : hosts.slice(0, MAX_NAMED - 1)
  const rest = named.length === hosts.length ? [] : [`${hosts.length - named.length} more`]
  const [first, ...others] = message.split("\n")
  // A line that leads to the next one is named at the end of what it says: "is of no such type (alpha). Definition values:".
  const [, said, announced = ""] = /^(.*?)(\. [A-Z].*?|:)?\s*$/.exec(others.length > 0 ? first : "") ?? []
  return [`${said || first} (${[...named, ...rest].join(", ")})${announced}`, ...others].join("\n")
}

/** Moves findings by one edit. An edit without a range replaces the whole text, and all findings go. */
export function moved(
  findings: readonly PlacedFinding[],
  change: TextDocumentContentChangeEvent,
): PlacedFinding[] {
  if (!("range" in change)) return []
  return findings.flatMap(placed => {
    const range = movedRange(placed.range, change.range, change.text)
    return range === undefined ? [] : [{ finding: placed.finding, range }]
  })
}

/**
 * The findings in a file while a check goes on: what it has found on the hosts that are checked, and what was known before of the
 * others, or of no host in particular.
 */
export function amidCheck(
  before: readonly PlacedFinding[],
  found: readonly PlacedFinding[],
  checked: ReadonlySet<string>,
): PlacedFinding[] {
  const left = before.flatMap((placed): PlacedFinding[] => {
    const hosts = placed.finding.hosts.filter(host => !checked.has(host))
    const isGone = hosts.length === 0 && placed.finding.hosts.length > 0
    return isGone ? [] : [{ ...placed, finding: { ...placed.finding, hosts } }]
  })
  const isSame = ({ finding: a }: PlacedFinding, { finding: b }: PlacedFinding) =>
    a.code === b.code && a.message === b.message
  const more = (placed: PlacedFinding) =>
    left.filter(other => isSame(placed, other)).flatMap(({ finding }) => finding.hosts)
  return [
    ...found.map(placed => {
      const hosts = [...new Set([...placed.finding.hosts, ...more(placed)])]
      return { ...placed, finding: { ...placed.finding, hosts } }
    }),
    ...left.filter(other => !found.some(placed => isSame(placed, other))),
  ]
}

function movedRange(range: Range, edit: Range, text: string): Range | undefined {
  if (compare(range.end, edit.start) < 0) return range
  if (compare(edit.end, range.start) <= 0) {
    return { start: movedPosition(range.start, edit, text), end: movedPosition(range.end, edit, text) }
  }
  return compare(range.end, edit.start) === 0 ? range : undefined
}

/** `position` is at or after the end of the edit. */
function movedPosition(position: Position, edit: Range, text: string): Position {
  const lines = text.split(/\r\n?|\n/)
  const last = lines[lines.length - 1].length
  const line = position.line + lines.length - 1 - (edit.end.line - edit.start.line)
  if (position.line !== edit.end.line) return { line, character: position.character }
  const origin = lines.length === 1 ? edit.start.character + last : last
  return { line, character: position.character - edit.end.character + origin }
}

function compare(a: Position, b: Position): number {
  return a.line - b.line || a.character - b.character
}
