// Identifies the state of a file tree without reading files, by names, kinds, targets of links, and stamps of the file system. So a
// tree that is copied for each host is hashed only once.

import { sha256Hex } from "../../store/index.js"
import type { EvalIO } from "../io.js"
import type { CopyFilter } from "./store-side.js"

/**
 * The state of what `keep` leaves of the tree at `path`; undefined when it holds something whose state nobody can tell.
 * `keep` is asked as `filterTree` asks it.
 */
export function treeState(io: EvalIO, path: string, keep: CopyFilter): string | undefined {
  const said: string[] = []
  return tellState(io, path, "", keep, said) ? sha256Hex(said.join("\0")) : undefined
}

/** @returns whether all of it could be told */
function tellState(io: EvalIO, path: string, below: string, keep: CopyFilter, said: string[]): boolean {
  const kind = io.kindOf(path)
  if (kind === "directory") {
    said.push("(")
    for (const name of Array.from(io.readDir(path).keys()).sort()) {
      const entry = below === "" ? name : `${below}/${name}`
      const kindOfEntry = io.kindOf(`${path}/${name}`)
      if (kindOfEntry === undefined) return false
      if (!keep(entry, kindOfEntry)) continue
      said.push(name)
      if (!tellState(io, `${path}/${name}`, entry, keep, said)) return false
    }
    said.push(")")
    return true
  }
  const state = kind === "symlink" ? io.readLink(path) : kind === "regular" ? io.stampOf(path) : undefined
  if (state === undefined) return false
  said.push(kind!, state)
  return true
}
