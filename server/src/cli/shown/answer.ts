// How a command prints its answer: as one JSON document with `--json`, otherwise as text for a person at this terminal.

import type { Given } from "../arguments.js"
import type { Terminal } from "../terminal.js"
import { type Style, styleOf } from "./style.js"

/** What text for people is laid out for. */
export interface Layout {
  readonly style: Style
  /** Columns of the terminal: what is longer is cut. */
  readonly width: number
}

/** The layout for what goes to stdout. */
export function layoutOf(terminal: Terminal): Layout {
  return { style: styleOf(terminal), width: terminal.width }
}

/** @param text the answer for people, with a newline after its last line */
export function printAnswer<T>(
  answer: T,
  given: Given<"--json">,
  terminal: Terminal,
  text: (answer: T, layout: Layout) => string,
): void {
  if (given.has("--json")) printJson(answer, terminal)
  else terminal.out(text(answer, layoutOf(terminal)))
}

/** Prints one line of JSON. */
export function printJson(answer: unknown, terminal: Terminal): void {
  terminal.out(`${JSON.stringify(answer)}\n`)
}
