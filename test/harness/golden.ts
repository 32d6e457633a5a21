// Goldens: expected output that is too long for the source of a test is in a file beside it. `UPDATE=1 npm test` writes these files
// again; read the diff.

import assert from "node:assert/strict"
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { dirname } from "node:path"

/** Fails unless the file at `path` contains `actual`. With UPDATE=1, writes it. */
export function golden(path: string, actual: string): void {
  if (process.env.UPDATE === "1") {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, actual)
    return
  }
  assert.ok(existsSync(path), `no golden ${path}; UPDATE=1 writes it`)
  assert.equal(actual, readFileSync(path, "utf8"), `differs from ${path}; UPDATE=1 rewrites it`)
}
