// The Nix archive: the one serialisation of a file tree, whose hash names what is copied to the store.
//
// Where the tree comes from is the caller's business: a `FileTree` opens directories and files when the archive reaches
// them, so that a filter can drop a subtree before anything in it is read, and nothing is held longer than it is written.

import { StoreError } from "./error.js"
import { createHasher, type Hash, type HashAlgorithm } from "./hash.js"

export type FileTree = RegularFile | Directory | Symlink | UnknownFile

export interface RegularFile {
  readonly kind: "regular"
  readonly executable: boolean
  /** Called once, when the archive reaches the file. */
  contents(): Uint8Array
}

export interface Directory {
  readonly kind: "directory"
  /** Names (byte strings) with their trees, sorted by name bytewise. Called once. */
  entries(): Iterable<readonly [name: string, tree: FileTree]>
}

export interface Symlink {
  readonly kind: "symlink"
  /** A byte string, as the link holds it. */
  readonly target: string
}

/** A socket, a device: a filter may drop it, an archive cannot hold it. */
export interface UnknownFile {
  readonly kind: "unknown"
}

/** Takes the bytes of an archive. A piece is only valid during the call. */
export interface ByteSink {
  write(bytes: Uint8Array): void
}

/**
 * `tree` without what `keep` refuses. `keep` gets the path below the root, without a leading slash, and is asked right
 * before the archive would write the entry: after everything that sorts before it, and never about the root.
 */
export function filterTree(
  tree: FileTree,
  keep: (path: string, kind: FileTree["kind"]) => boolean,
  path = "",
): FileTree {
  if (tree.kind !== "directory") return tree
  return {
    kind: "directory",
    *entries() {
      for (const [name, entry] of tree.entries()) {
        const entryPath = joinPath(path, name)
        if (keep(entryPath, entry.kind)) yield [name, filterTree(entry, keep, entryPath)]
      }
    },
  }
}

/**
 * Writes the archive of `tree`.
 * @param path where the tree is, for messages
 * @throws StoreError for a file that an archive cannot hold or entries out of order
 */
export function writeNar(tree: FileTree, sink: ByteSink, path = ""): void {
  const writer = new NarWriter(sink)
  writer.text("nix-archive-1")
  writeNode(writer, tree, path)
  writer.flush()
}

/** The hash of the archive of `tree`, which is at `path`: what `nix hash path` prints. @throws StoreError */
export function hashNar(tree: FileTree, algorithm: HashAlgorithm = "sha256", path = ""): Hash {
  const hasher = createHasher(algorithm)
  writeNar(tree, hasher, path)
  return hasher.finish()
}

function writeNode(writer: NarWriter, tree: FileTree, path: string): void {
  if (tree.kind === "unknown") throw new StoreError(`file '${path}' has an unsupported type`)
  writer.text("(")
  writer.text("type")
  writer.text(tree.kind)
  if (tree.kind === "regular") writeRegular(writer, tree)
  else if (tree.kind === "directory") writeDirectory(writer, tree, path)
  else {
    writer.text("target")
    writer.text(tree.target)
  }
  writer.text(")")
}

function writeRegular(writer: NarWriter, file: RegularFile): void {
  if (file.executable) {
    writer.text("executable")
    writer.text("")
  }
  writer.text("contents")
  writer.bytes(file.contents())
}

function writeDirectory(writer: NarWriter, directory: Directory, path: string): void {
  let previous: string | undefined
  for (const [name, entry] of directory.entries()) {
    const entryPath = joinPath(path, name)
    if (previous !== undefined && name <= previous)
      throw new StoreError(`entry '${entryPath}' of a directory does not sort after '${previous}'`)
    previous = name
    writer.text("entry")
    writer.text("(")
    writer.text("name")
    writer.text(name)
    writer.text("node")
    writeNode(writer, entry, entryPath)
    writer.text(")")
  }
}

function joinPath(path: string, name: string): string {
  return path === "" || path === "/" ? path + name : `${path}/${name}`
}

// Collects the many short strings of an archive, so that the sink sees few large pieces.
//
// Invariant: `used` bytes of `buffer` are not yet in the sink. A string is its length in 8 bytes, little endian, its
// bytes, and zeros up to a multiple of 8.
class NarWriter {
  private readonly buffer = Buffer.alloc(64 * 1024)
  private used = 0

  constructor(private readonly sink: ByteSink) {}

  text(text: string): void {
    if (text.length > 4096) {
      this.bytes(Buffer.from(text, "latin1"))
      return
    }
    this.length(text.length, text.length + 8)
    this.used += this.buffer.write(text, this.used, "latin1")
    this.pad(text.length)
  }

  bytes(bytes: Uint8Array): void {
    const isSmall = bytes.length <= 16 * 1024
    this.length(bytes.length, isSmall ? bytes.length + 8 : 0)
    if (isSmall) {
      this.buffer.set(bytes, this.used)
      this.used += bytes.length
    } else {
      this.flush()
      this.sink.write(bytes)
    }
    this.pad(bytes.length)
  }

  flush(): void {
    if (this.used > 0) this.sink.write(this.buffer.subarray(0, this.used))
    this.used = 0
  }

  // Writes `length` and sees to it that `room` bytes fit behind it.
  private length(length: number, room: number): void {
    if (this.used + 8 + room > this.buffer.length) this.flush()
    this.buffer.writeUInt32LE(length % 0x1_0000_0000, this.used)
    this.buffer.writeUInt32LE(Math.floor(length / 0x1_0000_0000), this.used + 4)
    this.used += 8
  }

  private pad(length: number): void {
    const padding = (8 - (length % 8)) % 8
    this.buffer.fill(0, this.used, this.used + padding)
    this.used += padding
  }
}
