// Writes files of tests to disk.

import { mkdirSync, writeFileSync } from "node:fs"
import { dirname } from "node:path"

/** Writes a file, and makes the folders around it. */
export function writeFile(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}
