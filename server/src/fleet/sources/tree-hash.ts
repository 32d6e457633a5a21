// Hashes source trees, for their store paths when no lock file has the hash.
//
// Hashing reads every file, so the hash is kept together with what the file system says about each file (path, size, time of change),
// and only a tree that looks different is read again. Hashes are kept in the process, for all fleets opened in it, and between runs
// if the file system can tell the state of every file.

import { createHasher, type FileTree, type Hash, hashNar, parseHash, printHash } from "../../store/index.js"
import type { Files } from "../files.js"
import type { TrackedFiles } from "./tracked-files.js"

/** Files below a folder: all, or those that are tracked. */
export interface TreeOnDisk {
  /** Real path of the folder. */
  readonly root: string
  readonly visible: TrackedFiles | undefined
}

export interface TreeHash {
  readonly narHash: Hash
  /** The latest change of anything in the tree, in seconds since 1970. */
  readonly lastModified: number
}

/** Progress is reported every so many files and folders: every 50 ms or so. */
const ENTRIES_PER_SIGN = 500

/** Hashes from earlier runs, base 16, by digests of the states of trees. */
export interface KnownHashes {
  get(state: string): string | undefined
  keep(state: string, hash: string): void
}

/** Hashes of trees, remembered. */
export class TreeHashes {
  private readonly known = new Map<string, KnownTree>()
  private entries = 0

  /** @param working called now and then, with the root of the tree, while a large tree is hashed */
  constructor(
    private readonly working: (root: string) => void = () => {},
    private readonly earlier?: KnownHashes,
  ) {}

  /** The hash of what is in the tree now. @throws Error when a file cannot be read */
  of(files: Files, tree: TreeOnDisk): TreeHash {
    const key = keyOf(tree)
    const known = this.known.get(key)
    const changes = files.changesBelow(tree.root)
    if (known !== undefined && known.changes === changes && tree.visible === undefined) return known.hash
    const onEntry = () => {
      if (++this.entries % ENTRIES_PER_SIGN === 0) this.working(tree.root)
    }
    const { look, state, lastModified } = lookAt(files, tree, onEntry)
    const narHash =
      known?.look === look
        ? known.hash.narHash
        : this.hashOf(state, () => hashNar(archiveOf(files, tree, "", onEntry), "sha256", tree.root))
    const hash = { narHash, lastModified }
    this.known.set(key, { look, hash, changes })
    return hash
  }

  private hashOf(state: string | undefined, read: () => Hash): Hash {
    const known = state === undefined ? undefined : this.earlier?.get(state)
    if (known !== undefined) return parseHash(known, "sha256")
    const hash = read()
    if (state !== undefined) this.earlier?.keep(state, printHash(hash, "base16"))
    return hash
  }

  /** The hash that the tree had when last asked, whatever has changed since. */
  kept(files: Files, tree: TreeOnDisk): TreeHash {
    return this.known.get(keyOf(tree))?.hash ?? this.of(files, tree)
  }
}

interface KnownTree {
  /** A digest of what can be seen without reading files. */
  readonly look: string
  /** `changesBelow` at that time. */
  readonly changes: number
  readonly hash: TreeHash
}

function keyOf(tree: TreeOnDisk): string {
  return `${tree.visible === undefined ? "all" : "tracked"} ${tree.root}`
}

interface Look {
  readonly look: string
  /** A digest that identifies the state of the tree; undefined if the state of a file cannot be told. */
  readonly state: string | undefined
  readonly lastModified: number
}

/** What can be seen without reading any file. */
function lookAt(files: Files, tree: TreeOnDisk, onEntry: () => void): Look {
  const digest = createHasher("sha256")
  const stamps: (string | undefined)[] = []
  let lastModified = 0
  const visit = (relative: string): void => {
    const path = realPath(tree, relative)
    const kind = files.kindOf(path)
    if (kind === undefined) return
    onEntry()
    const stat = files.stat(path)
    lastModified = Math.max(lastModified, Math.floor((stat?.modified ?? 0) / 1000))
    const content = kind === "directory" ? "" : `${stat?.size} ${stat?.modified} ${files.isExecutable(path)}`
    digest.write(Buffer.from(`${relative}\0${kind} ${content}\0`, "latin1"))
    if (kind !== "directory") stamps.push(kind === "symlink" ? files.readLink(path) : files.stampOf(path))
    if (kind === "directory") for (const name of namesIn(files, tree, relative)) visit(joined(relative, name))
  }
  visit("")
  const look = printHash(digest.finish(), "base16")
  const state = stamps.includes(undefined) ? undefined : digestOf([look, ...stamps].join("\0"))
  return { look, state, lastModified }
}

function digestOf(bytes: string): string {
  const digest = createHasher("sha256")
  digest.write(Buffer.from(bytes, "latin1"))
  return printHash(digest.finish(), "base16")
}

function archiveOf(files: Files, tree: TreeOnDisk, relative: string, onEntry: () => void): FileTree {
  const path = realPath(tree, relative)
  onEntry()
  switch (files.kindOf(path)) {
    case "regular":
      return { kind: "regular", executable: files.isExecutable(path), contents: () => files.readBytes(path) }
    case "symlink":
      return { kind: "symlink", target: files.readLink(path) }
    case "directory":
      return { kind: "directory", entries: () => entriesOf(files, tree, relative, onEntry) }
    case "unknown":
      return { kind: "unknown" }
    case undefined:
      throw new Error(`path '${path}' does not exist`)
  }
}

function* entriesOf(
  files: Files,
  tree: TreeOnDisk,
  relative: string,
  onEntry: () => void,
): Iterable<readonly [string, FileTree]> {
  for (const name of namesIn(files, tree, relative))
    yield [name, archiveOf(files, tree, joined(relative, name), onEntry)]
}

/** Names in a folder of the tree, sorted by their bytes. A tracked file that was deleted is not there. */
function namesIn(files: Files, tree: TreeOnDisk, relative: string): string[] {
  const path = realPath(tree, relative)
  if (tree.visible === undefined) return [...files.readDir(path).keys()].sort()
  const tracked = [...(tree.visible.namesIn(relative) ?? [])]
  return tracked.filter(name => files.kindOf(`${path}/${name}`) !== undefined).sort()
}

function realPath({ root }: TreeOnDisk, relative: string): string {
  return relative === "" ? root : `${root}/${relative}`
}

function joined(folder: string, name: string): string {
  return folder === "" ? name : `${folder}/${name}`
}
