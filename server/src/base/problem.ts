// Something wrong in user input, as data: nothing below the editor layer throws for it.

import type { TextRange } from "./text.js"

export type Severity = "error" | "warning" | "information" | "hint"

export interface Problem {
  readonly range: TextRange
  readonly severity: Severity
  /** Stable, kebab-case; the table of codes is in CONTRIBUTING.md. */
  readonly code: string
  /** Starts lower case, no full stop, Nix names in single quotes: what was found, what was wanted. */
  readonly message: string
}
