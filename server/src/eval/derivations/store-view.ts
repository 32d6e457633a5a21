// The world together with what the evaluation has put into the store.
//
// Canopy writes nothing, so a store path that the program has just made is not on disk. Reading it (`import` of a `toFile`, `readDir`
// of a filtered source) is redirected to where its content is, which may again be a path in the store.

import { isInStore, StoreError, splitStorePath } from "../../store/index.js"
import { orInvalidValue } from "../errors/error.js"
import { type EvalIO, type FileKind, isPure } from "../io.js"
import type { StoreSide } from "./store-side.js"

/** What is at a path in the store: a text, what is at another path, or nothing since a filter dropped it. */
export type StoreContent =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "elsewhere"; readonly path: string; readonly keeps: (name: string) => boolean }
  | { readonly kind: "nothing" }

/** `io`, with the contents of `store` before those on disk. */
export function withStoreContents(io: EvalIO, store: StoreSide): EvalIO {
  const view: EvalIO = {
    ...io,
    readFile(path) {
      const found = store.contentAt(path)
      if (found === undefined) return io.readFile(path)
      return found.kind === "text" ? found.text : view.readFile(there(found, path))
    },
    readBytes(path) {
      const found = store.contentAt(path)
      if (found === undefined) return io.readBytes(path)
      return found.kind === "text" ? Buffer.from(found.text, "latin1") : view.readBytes(there(found, path))
    },
    kindOf(path) {
      const found = store.contentAt(path)
      if (found === undefined) return kindOnDisk(io, path)
      if (found.kind === "text") return "regular"
      return found.kind === "elsewhere" ? view.kindOf(found.path) : undefined
    },
    stampOf: path => (store.contentAt(path) === undefined ? io.stampOf(path) : undefined),
    isExecutable(path) {
      const found = store.contentAt(path)
      if (found === undefined) return io.isExecutable(path)
      return found.kind !== "text" && view.isExecutable(elsewhere(found, path))
    },
    readDir(path) {
      const found = store.contentAt(path)
      if (found === undefined) return io.readDir(path)
      if (view.kindOf(path) === "regular") throw new Error(`cannot read directory "${path}": Not a directory`)
      const entries = view.readDir(there(found, path))
      return found.kind === "elsewhere" ? filtered(entries, found.keeps) : entries
    },
    readLink(path) {
      const found = store.contentAt(path)
      return found === undefined ? io.readLink(path) : view.readLink(elsewhere(found, path))
    },
  }
  /** Errors about missing files name them as the program does. */
  function there(found: StoreContent, path: string): string {
    const place = elsewhere(found, path)
    if (view.kindOf(place) === undefined) throw new Error(`path '${path}' does not exist`)
    return place
  }
  return view
}

/**
 * Nix asks its store for what is not on disk, and the store takes only names that may be there. In pure evaluation, such a path
 * is forbidden before.
 */
function kindOnDisk(io: EvalIO, path: string): FileKind | undefined {
  const kind = io.kindOf(path)
  if (kind === undefined && isInStore(path, io.storeDir) && !isPure(io))
    orInvalidValue(StoreError, () => splitStorePath(path, io.storeDir))
  return kind
}

function elsewhere(found: StoreContent, path: string): string {
  if (found.kind === "elsewhere") return found.path
  throw new Error(found.kind === "text" ? `'${path}' is not a directory` : `path '${path}' does not exist`)
}

function filtered(
  entries: ReadonlyMap<string, FileKind>,
  keeps: (name: string) => boolean,
): ReadonlyMap<string, FileKind> {
  return new Map(Array.from(entries).filter(([name]) => keeps(name)))
}
