// The store as one evaluation sees it. Nothing is written: what a program puts there is computed and remembered.

import {
  contentPath,
  type DerivationOutput,
  type DynamicInputs,
  type FileTree,
  filterTree,
  hashBytes,
  hashNar,
  isInStore,
  knownOutputPath,
  type ModuloHash,
  StoreMemory,
} from "../../store/index.js"
import { copyName, withCoreFiles } from "../core-files.js"
import type { EvalIO } from "../io.js"
import { canonicalPath } from "../path.js"
import type { StoreObject } from "./builds.js"
import { withoutLinks } from "./links.js"
import { type StoreContent, withStoreContents } from "./store-view.js"
import { treeState } from "./tree-state.js"

/** A derivation that was instantiated. */
export interface KnownDerivation {
  readonly modulo: ModuloHash
  readonly outputs: ReadonlyMap<string, DerivationOutput>
  /** What `drvPath` with its whole closure refers to directly. */
  readonly inputDrvs: ReadonlyMap<string, Iterable<string>>
  readonly dynamicInputs?: DynamicInputs
  readonly inputSrcs: ReadonlySet<string>
  /** The text of its .drv file, printed when somebody reads or builds it: few are. */
  readonly text: () => string
}

/** Says whether an entry belongs into a copy; `path` is below the copied folder. */
export type CopyFilter = (path: string, kind: FileTree["kind"]) => boolean

/** Where a copy came from. */
interface CopiedSource {
  readonly path: string
  /** What a filter has left of it, by path below it; without a filter, everything. */
  readonly kept?: ReadonlySet<string>
}

export class StoreSide {
  /** By drvPath. */
  readonly derivations = new Map<string, KnownDerivation>()
  /** Contents of what `toFile` has made, by store path. */
  readonly texts = new Map<string, string>()
  /** What files made by `toFile` and copies of them refer to. */
  readonly references = new Map<string, readonly string[]>()
  /** Copies that are hashed by their bytes alone. */
  private readonly flat = new Set<string>()
  private readonly sources = new Map<string, CopiedSource>()
  private readonly copies = new Map<string, string>()

  /** The world with the contents of this store. */
  readonly io: EvalIO

  /** @param memory what earlier evaluations have computed */
  constructor(
    io: EvalIO,
    readonly memory = new StoreMemory(),
  ) {
    this.io = withStoreContents(withCoreFiles(io), this)
  }

  /** The store path that a file or folder gets when it is copied under its own name. */
  copy(path: string): string {
    const known = this.copies.get(path)
    if (known !== undefined) return known
    const copied = this.add(copyName(path), canonicalPath(path))
    this.copies.set(path, copied)
    return copied
  }

  /** The store path of a copy under a name, of what `filter` leaves of it. What it refers to is known of few. */
  add(name: string, path: string, filter?: CopyFilter, references: readonly string[] = []): string {
    const kept = new Set<string>()
    const keep = filter === undefined ? () => true : askedOnce(filter, kept)
    const hash = () => hashNar(filterTree(this.tree(path), keep), "sha256", path)
    const state = treeState(this.io, path, keep)
    const refers = { others: references, self: false }
    const known = state === undefined ? hash() : this.memory.hashOfTree(state, hash)
    const storePath = contentPath(name, "nar", known, refers, this.io.storeDir)
    if (references.length > 0) this.references.set(storePath, references)
    this.remember(storePath, filter === undefined ? { path } : { path, kept })
    return storePath
  }

  /** What a path below the store holds, if this evaluation has put it there. */
  contentAt(path: string): StoreContent | undefined {
    if (!isInStore(path, this.io.storeDir)) return undefined
    const slash = path.indexOf("/", this.io.storeDir.length + 1)
    const storePath = slash < 0 ? path : path.slice(0, slash)
    const below = slash < 0 ? "" : path.slice(slash + 1)
    const text = this.texts.get(storePath) ?? this.derivations.get(storePath)?.text()
    if (text !== undefined) return below === "" ? { kind: "text", text } : { kind: "nothing" }
    const source = this.sources.get(storePath)
    return source === undefined ? undefined : sourceContent(source, below)
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
    this.remember(storePath, { path })
    this.flat.add(storePath)
    return storePath
  }

  /** A copy of what is itself a copy may get the first one's path again; then it is there already, and leads elsewhere. */
  private remember(storePath: string, source: CopiedSource): void {
    const { storeDir } = this.io
    let at = source.path
    while (isInStore(at, storeDir)) {
      const slash = at.indexOf("/", storeDir.length + 1)
      const root = slash < 0 ? at : at.slice(0, slash)
      if (root === storePath) return
      const next = this.sources.get(root)
      if (next === undefined) break
      at = next.path + (slash < 0 ? "" : at.slice(slash))
    }
    this.sources.set(storePath, source)
  }

  /** What something in the store refers to, as far as it was put there by this evaluation. */
  referencesOf(path: string): readonly string[] {
    const derivation = this.derivations.get(path)
    if (derivation === undefined) return this.references.get(path) ?? []
    const { inputSrcs, inputDrvs, dynamicInputs } = derivation
    return [...inputSrcs, ...inputDrvs.keys(), ...(dynamicInputs?.keys() ?? [])]
  }

  /** The path of an output of a derivation, where that is known before it is built. */
  outPath(drvPath: string, output: string): string | undefined {
    const how = this.derivations.get(drvPath)?.outputs.get(output)
    return how === undefined ? undefined : knownOutputPath(how)
  }

  /** What a build of a derivation needs in the store, each thing after what it refers to. */
  closure(drvPath: string): readonly StoreObject[] {
    const found: StoreObject[] = []
    const seen = new Set<string>()
    const visit = (path: string): void => {
      if (seen.has(path)) return
      seen.add(path)
      const object = this.object(path)
      if (object.kind === "text") for (const reference of object.references) visit(reference)
      found.push(object)
    }
    visit(drvPath)
    return found
  }

  private object(path: string): StoreObject {
    const name = path.slice(this.io.storeDir.length + "/".length + 33)
    const derivation = this.derivations.get(path)
    const text = derivation?.text() ?? this.texts.get(path)
    if (text !== undefined) return { kind: "text", path, name, text, references: this.referencesOf(path) }
    if (this.io.kindOf(path) === undefined) return { kind: "unknown", path }
    return { kind: "tree", path, name, tree: this.tree(path), method: this.flat.has(path) ? "flat" : "nar" }
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
        io.readFile(withoutLinks(io, path))
        throw new Error(`path '${path}' does not exist`)
    }
  }

  private *entries(path: string): Iterable<readonly [string, FileTree]> {
    for (const name of Array.from(this.io.readDir(path).keys()).sort())
      yield [name, this.tree(`${path}/${name}`)]
  }
}

/** Asks `filter` of each path once. What it keeps goes into `kept`. */
function askedOnce(filter: CopyFilter, kept: Set<string>): CopyFilter {
  const asked = new Set<string>()
  return (path, kind) => {
    if (!asked.has(path)) {
      asked.add(path)
      if (filter(path, kind)) kept.add(path)
    }
    return kept.has(path)
  }
}

function sourceContent({ path, kept }: CopiedSource, below: string): StoreContent {
  if (below === "") return { kind: "elsewhere", path, keeps: name => kept?.has(name) ?? true }
  if (kept?.has(below) === false) return { kind: "nothing" }
  return { kind: "elsewhere", path: `${path}/${below}`, keeps: name => kept?.has(`${below}/${name}`) ?? true }
}
