// Goldens: expected output that is too long for a test's source lives in a file beside the test. `UPDATE=1 npm test`
// writes the files again; whoever does it reads the diff.

import assert from "node:assert/strict"
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { dirname } from "node:path"

/** Fails unless the file at `path` holds `actual`. With UPDATE=1 makes it so. */
export function golden(path: string, actual: string): void {
  if (process.env.UPDATE === "1") {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, actual)
    return
  }
  assert.ok(existsSync(path), `no golden ${path}; UPDATE=1 writes it`)
  assert.equal(actual, readFileSync(path, "utf8"), `differs from ${path}; UPDATE=1 rewrites it`)
}
