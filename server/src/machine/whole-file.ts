// Files that are there whole or not at all: written under another name and put in place by a rename, so that several programs
// and threads may do so at once.

import { closeSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from "node:fs"
import { dirname } from "node:path"
import { threadId } from "node:worker_threads"

/** Puts a file in place that holds the parts, one after the other. Only its owner may read it. @throws what the system says */
export function writeWhole(file: string, parts: readonly Uint8Array[]): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const temporary = `${file}.${process.pid}-${threadId}`
  try {
    writeParts(temporary, parts)
    renameSync(temporary, file)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  }
}

function writeParts(file: string, parts: readonly Uint8Array[]): void {
  const handle = openSync(file, "w", 0o600)
  try {
    for (const part of parts) for (let at = 0; at < part.length; ) at += writeSync(handle, part, at)
  } finally {
    closeSync(handle)
  }
}
