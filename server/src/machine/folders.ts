// The folders of this machine's disk, for those who look for flakes in them.

import { readdirSync } from "node:fs"

/** Names of the folders in a folder, without links; empty if it cannot be read. */
export function foldersIn(path: string): string[] {
  try {
    return readdirSync(path, { withFileTypes: true }).flatMap(entry =>
      entry.isDirectory() ? [entry.name] : [],
    )
  } catch {
    // No folder, or not readable: there is nothing to find in it.
    return []
  }
}
