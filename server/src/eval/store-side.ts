// What an evaluation has put into the store, as far as names go: nothing is written, only computed and remembered.

import {
  contentPath,
  type FileTree,
  hashBytes,
  hashNar,
  type ModuloHash,
  sourcePath,
} from "../store/index.js"
import type { EvalIO } from "./io.js"
import { baseName } from "./path.js"

/** A derivation that was instantiated. */
export interface KnownDerivation {
  readonly modulo: ModuloHash
  readonly outputs: readonly string[]
  /** What `drvPath` with its whole closure refers to directly. */
  readonly inputDrvs: ReadonlyMap<string, Iterable<string>>
  readonly inputSrcs: ReadonlySet<string>
}

export class StoreSide {
  /** By drvPath. */
  readonly derivations = new Map<string, KnownDerivation>()
  /** Contents of `toFile` and of written derivations, by store path, for `readFile` of them. */
  readonly texts = new Map<string, string>()
  /** Copied paths, by store path, with where they were copied from. */
  readonly sources = new Map<string, string>()
  private readonly copies = new Map<string, string>()

  constructor(private readonly io: EvalIO) {}

  /** The store path that a file or folder gets when it is copied under its own name. */
  copy(path: string): string {
    const known = this.copies.get(path)
    if (known !== undefined) return known
    const copied = this.add(baseName(path), path, this.tree(path))
    this.copies.set(path, copied)
    return copied
  }

  /** The store path of a tree under a name, remembering that it came from `path`. */
  add(name: string, path: string, tree: FileTree): string {
    const storePath = sourcePath(name, hashNar(tree), this.io.storeDir)
    this.sources.set(storePath, path)
    return storePath
  }

  /** The store path of one file that is hashed by its bytes alone. */
  addFlat(name: string, path: string): string {
    const storePath = contentPath(
      name,
      "flat",
      hashBytes("sha256", this.io.readBytes(path)),
      undefined,
      this.io.storeDir,
    )
    this.sources.set(storePath, path)
    return storePath
  }

  /** The tree at a path, read when the archive comes to it. */
  tree(path: string): FileTree {
    const io = this.io
    switch (io.kindOf(path)) {
      case "regular":
        return {
          kind: "regular",
          executable: io.isExecutable(path),
          contents: () => io.readBytes(path),
        }
      case "symlink":
        return { kind: "symlink", target: io.readLink(path) }
      case "directory":
        return { kind: "directory", entries: () => this.entries(path) }
      case "unknown":
        return { kind: "unknown" }
      case undefined:
        // Whoever reads files knows why: it may be there, and nobody may see it.
        io.readFile(path)
        throw new Error(`path '${path}' does not exist`)
    }
  }

  private *entries(path: string): Iterable<readonly [string, FileTree]> {
    for (const name of Array.from(this.io.readDir(path).keys()).sort())
      yield [name, this.tree(`${path}/${name}`)]
  }
}
