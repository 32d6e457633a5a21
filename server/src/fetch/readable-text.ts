// Files of settings, which may be there or not, and may be for somebody else alone.

import { readFileSync } from "node:fs"

const absences: ReadonlySet<string> = new Set(["ENOENT", "ENOTDIR", "EISDIR", "EACCES", "EPERM"])

/** The text of a file; undefined where there is none that this person may read: secrets are often for Nix's daemon alone. */
export function readableText(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8")
  } catch (error) {
    if (absences.has((error as NodeJS.ErrnoException).code ?? "")) return undefined
    throw error
  }
}
