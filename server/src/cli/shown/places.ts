// Places in files as people read them: relative to the folder of the flake.

import { isAbsolute, relative } from "node:path"
import type { SourcePlace } from "../../fleet/index.js"

/** A file, relative to the flake's folder if it is in or near it, otherwise as it is. */
export function shownPath(file: string, root: string): string {
  if (!isAbsolute(file)) return file
  const path = relative(root, file)
  return path.startsWith("../../../") || path === "" ? file : path
}

/** `file:line:column`, as far as these are known. */
export function shownPlace({ file, line, column }: SourcePlace, root: string): string {
  return [shownPath(file, root), line, column].filter(part => part !== 0).join(":")
}
