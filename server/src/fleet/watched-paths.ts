// The paths that the answers about a fleet depend on and that no pattern can name: what modules read besides Nix, and folders, since
// an editor that is told to watch files is not told when the folder around them is renamed or deleted.

import { textOfBytes } from "../eval/index.js"
import type { Files } from "./files.js"

/** Absolute paths to watch. */
export interface WatchedPaths {
  /** Files that may change, come or go. */
  readonly files: readonly string[]
  /** Folders that may come or go. */
  readonly folders: readonly string[]
  /** Folders in which anything may come or go. */
  readonly listed: readonly string[]
}

// An editor compares each change with every path. A folder that goes takes the deeper ones along, so those are left out first.
const MOST = 500

/**
 * What was read below the root of a fleet's source, apart from Nix files and from git's own.
 * @param imported files whose code may be known from earlier, so that nobody reads them
 * @param named gives the name of a path by which the editor knows it
 */
export function watchedPaths(
  files: Files,
  sourceRoot: string,
  imported: Iterable<string>,
  named: (path: string) => string,
): WatchedPaths {
  const asked = files.askedBelow(sourceRoot)
  const own = [...imported].filter(path => path.startsWith(`${sourceRoot}/`))
  const shown = (paths: Iterable<string>) =>
    topmost([...paths].filter(path => !isOfGit(path, sourceRoot))).map(path => named(textOfBytes(path)))
  return {
    files: shown(new Set([...asked.files, ...own].filter(path => !path.endsWith(".nix")))),
    folders: shown(asked.folders),
    listed: shown(asked.listed),
  }
}

/** Absolute paths below the root of a fleet's source that are no longer as they were when they were read. */
export function changedPaths(files: Files, sourceRoot: string): readonly string[] {
  const changed = files.changedBelow(sourceRoot)
  return changed.filter(path => !isOfGit(path, sourceRoot)).map(textOfBytes)
}

function isOfGit(path: string, sourceRoot: string): boolean {
  return path === `${sourceRoot}/.git` || path.startsWith(`${sourceRoot}/.git/`)
}

/** In order, so that the same paths are the same list. */
function topmost(paths: readonly string[]): readonly string[] {
  const depth = (path: string) => path.split("/").length
  return paths.toSorted((a, b) => depth(a) - depth(b) || (a < b ? -1 : 1)).slice(0, MOST)
}
