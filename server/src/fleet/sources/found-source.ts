// A source that was found: a tree on disk, with the store path and the facts that evaluation sees it by.
//
// Nothing is hashed before somebody asks for the store path.

import { during, EvalError, guillemets } from "../../eval/index.js"
import { type Hash, printHash, StoreError, sourcePath } from "../../store/index.js"
import type { Files } from "../files.js"
import { type FlakeRef, narHashOf } from "../flake/flake-ref.js"
import { printFlakeRef } from "../flake/flake-ref-print.js"
import type { Mount } from "./mounts.js"
import type { SourceFacts } from "./source-info.js"
import type { TreeHash, TreeHashes, TreeOnDisk } from "./tree-hash.js"

export interface FoundSource {
  readonly kind: "found"
  readonly tree: TreeOnDisk
  /** The reference it was found by. */
  readonly ref: FlakeRef
  /** Its store path. The first call hashes the tree unless the hash is known. @throws Error */
  storePath(): string
  facts(): SourceFacts
}

export interface TreeSettings {
  readonly files: Files
  readonly hashes: TreeHashes
  readonly storeDir: string
  /** Whether a source that is edited keeps the store path it had at first, see `OpenSettings.keepNames`. */
  readonly keepNames?: boolean
}

/**
 * The source that `ref` names. Facts in the reference are believed, the others are computed from the tree when needed.
 * @param own the facts that the tree has besides
 */
export function foundSource(
  ref: FlakeRef,
  tree: TreeOnDisk,
  settings: TreeSettings,
  own: (hash: TreeHash) => SourceFacts = () => ({}),
): FoundSource {
  const stated = narHashOf(ref)
  let measured: TreeHash | undefined
  const measure = () => (measured ??= treeHash(ref, tree, settings))
  const hash = (): Hash => stated ?? measure().narHash
  let facts: SourceFacts | undefined
  return {
    kind: "found",
    tree,
    ref,
    storePath: () => sourcePath(storeNameOf(ref), hash(), settings.storeDir),
    facts: () =>
      (facts ??= {
        ...(stated === undefined ? own(measure()) : {}),
        ...statedFacts(ref),
        narHash: printHash(hash(), "sri"),
      }),
  }
}

/** What the source of a reference is called in the store. */
export function storeNameOf({ name }: FlakeRef): string {
  return typeof name === "string" ? name : "source"
}

/** Makes a mount for a source. Messages call a working tree by its folder, and anything fetched by its reference. */
export function mountOf(source: FoundSource): Mount {
  const { tree, ref } = source
  const mount = { ...tree, storePath: source.storePath() }
  if (ref.type === "path") return mount
  const isFetched = ref.type !== "git" || ref.rev !== undefined || ref.ref !== undefined
  return { ...mount, shown: isFetched ? guillemets(printFlakeRef(fetchedRef(source))) : tree.root }
}

/** What is fetched: of a branch of a repository the newest revision, and always the whole source, whatever folder the flake has. */
function fetchedRef({ ref: { dir, ...ref }, facts }: FoundSource): FlakeRef {
  const rev = ref.type === "git" && ref.rev === undefined ? facts().rev : undefined
  return rev === undefined ? ref : { ...ref, rev }
}

/** @throws EvalError for a tree with something in it that no store can hold, such as a socket */
function treeHash(ref: FlakeRef, tree: TreeOnDisk, { files, hashes, keepNames }: TreeSettings): TreeHash {
  try {
    return keepNames ? hashes.kept(files, tree) : hashes.of(files, tree)
  } catch (error) {
    if (!(error instanceof StoreError)) throw error
    const wrong = new EvalError("invalid-value", error.message)
    throw during(wrong, `while fetching the input '${printFlakeRef(ref)}'`, 0)
  }
}

/** Facts that the reference itself holds, as those in flake.lock do. */
function statedFacts(ref: FlakeRef): SourceFacts {
  const { lastModified, rev, revCount } = ref
  return {
    ...(typeof lastModified === "number" ? { lastModified } : {}),
    ...(typeof rev === "string" ? { rev } : {}),
    ...(typeof revCount === "number" ? { revCount: () => revCount } : {}),
    ...(ref.type === "git" ? { submodules: ref.submodules === true } : {}),
  }
}
