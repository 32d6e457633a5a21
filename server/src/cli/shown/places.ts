// How places in files are written for people: from the folder of the flake where they lie in it.

import { isAbsolute, relative } from "node:path"
import type { SourcePlace } from "../../fleet/index.js"

/** A file, from the flake's folder if it is in or beside it, otherwise as it is. */
export function shownPath(file: string, root: string): string {
  if (!isAbsolute(file)) return file
  const path = relative(root, file)
  return path.startsWith("../../../") || path === "" ? file : path
}

/** `file:line:column`, as far as they are known. */
export function shownPlace({ file, line, column }: SourcePlace, root: string): string {
  return [shownPath(file, root), line, column].filter(part => part !== 0).join(":")
}
