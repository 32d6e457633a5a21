// The texts on this machine's disk, for the main thread. Whatever cannot be read is as if it were not there: a path that leads
// through a file, which a folder can become at any time, would else make every question about files below it fail.

import { readFileSync, statSync } from "node:fs"
import { log } from "../base/index.js"

/** Whether there is a file at an absolute path. */
export function isFile(path: string): boolean {
  return unlessUnreadable(path, () => statSync(path, { throwIfNoEntry: false })?.isFile()) ?? false
}

/** The text of a file; undefined when it cannot be read. */
export function readText(path: string): string | undefined {
  return isFile(path) ? unlessUnreadable(path, () => readFileSync(path, "utf8")) : undefined
}

function unlessUnreadable<T>(path: string, read: () => T): T | undefined {
  try {
    return read()
  } catch (error) {
    log("files", () => `${path}: ${String(error)}`)
    return undefined
  }
}
