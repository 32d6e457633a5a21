// The two names of a folder that is opened through a symbolic link: the one by which it was opened, and the one without links.
// Evaluation knows a fleet by the second, as Nix does; whoever asks knows its files by the first.

import { bytesOf, textOfBytes, withoutLinks } from "../../eval/index.js"
import type { Files } from "../files.js"

export interface FolderNames {
  /** The folder without links. */
  readonly real: string
  /** Of a path in the folder as it was opened, the one without links; other paths stay. */
  toReal(path: string): string
  toOpened(path: string): string
}

/** @param opened an absolute and canonical folder, as text; or a flake reference, which has one name */
export function folderNames(opened: string, files: Pick<Files, "kindOf" | "readLink">): FolderNames {
  if (!opened.startsWith("/")) return { real: opened, toReal: path => path, toOpened: path => path }
  const real = textOfBytes(withoutLinks(files, bytesOf(opened)))
  const [openedTop, realTop] = withoutCommonEnd(opened, real)
  return { real, toReal: replacing(openedTop, realTop), toOpened: replacing(realTop, openedTop) }
}

/** Below the link both paths go on alike. What lies there beside the folder has two names as well. */
function withoutCommonEnd(a: string, b: string): [string, string] {
  const [upA, upB] = [a, b].map(path => path.slice(0, path.lastIndexOf("/")))
  const isAlike = upA !== "" && upB !== "" && a.slice(upA.length) === b.slice(upB.length)
  return isAlike ? withoutCommonEnd(upA, upB) : [a, b]
}

function replacing(from: string, to: string): (path: string) => string {
  return path => (path === from || path.startsWith(`${from}/`) ? to + path.slice(from.length) : path)
}
