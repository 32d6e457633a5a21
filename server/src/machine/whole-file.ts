// Writes files that are either complete or absent: under another name, then renamed into place, so that several programs and
// threads may write at once.

import { closeSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from "node:fs"
import { dirname } from "node:path"
import { threadId } from "node:worker_threads"

/** Writes the parts to a file, one after the other. Only its owner may read it. @throws errors of the file system */
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
