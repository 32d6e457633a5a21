// The files of this machine, as evaluation sees them. Reads are remembered until `forget`: one evaluation asks for the same files
// and folders again and again (reading by-name folders was 5 % of `hello`), and has to see a single state of them.

import { closeSync, lstatSync, openSync, readdirSync, readFileSync, readlinkSync, readSync } from "node:fs"
import type { FileKind } from "../eval/index.js"
import { type AskedPaths, ChangeCounter, type FileStat, type Files } from "../fleet/index.js"
import type { KeptFolders } from "./kept-folders.js"

const RACY_MS = 2000

/** Bytes that Nix reads at once; a message tells. */
const READ_AT_ONCE = 65_536

/** What is kept of a path. Node's own answer takes 700 bytes, and a fleet asks for 100,000 paths. */
interface Entry extends FileStat {
  readonly kind: FileKind
  readonly isExecutable: boolean
  /** When anything about it changed, in milliseconds. */
  readonly touched: number
  readonly device: number
  readonly node: number
}

/** Read access to the files of this machine. Paths are byte strings. */
export class Disk implements Files {
  private readonly changes = new ChangeCounter()
  private readonly entries = new Map<string, Entry | undefined>()
  private readonly stamps = new Map<string, string>()
  private readonly texts = new Map<string, string>()
  private readonly folders = new Map<string, ReadonlyMap<string, FileKind>>()
  /** Paths that something remembered lies below, or once did. */
  private readonly above = new Set<string>()

  /** @param kept the entries of folders that earlier runs have listed */
  constructor(private readonly kept?: KeptFolders) {}

  /** The bytes of a file, one per character. @throws Error with Nix's wording */
  readFile(path: string): string {
    let text = this.texts.get(path)
    if (text === undefined) {
      // Before it is read, so that a change while it is read is one since.
      this.entry(path)
      text = describeFailure(`opening file '${path}'`, path, () => readFileSync(native(path), "latin1"))
      // Nix reads as much as the file system says there is, which is nothing for the files of /proc.
      if (this.entry(path)?.size === 0) text = ""
      this.texts.set(path, text)
    }
    return text
  }

  /** The bytes of a file, not remembered. @throws as `readFile` */
  readBytes(path: string): Uint8Array {
    return describeFailure(`opening file '${path}'`, path, () => readFileSync(native(path)))
  }

  /** Up to `length` bytes of a file from `start` on. @throws as `readFile` */
  readSlice(path: string, start: number, length: number): Uint8Array {
    return describeFailure(`opening file '${path}'`, path, () => {
      const file = openSync(native(path), "r")
      try {
        const bytes = new Uint8Array(length)
        return bytes.subarray(0, readSync(file, bytes, 0, length, start))
      } finally {
        closeSync(file)
      }
    })
  }

  kindOf(path: string): FileKind | undefined {
    return this.entry(path)?.kind
  }

  isExecutable(path: string): boolean {
    return this.entry(path)?.isExecutable === true
  }

  readDir(path: string): ReadonlyMap<string, FileKind> {
    let entries = this.folders.get(path)
    if (entries === undefined) {
      const stamp = this.stampOfEntry(path, "directory")
      const known = stamp === undefined ? undefined : this.kept?.entries(path, stamp)
      entries = known ?? listFolder(path)
      if (known === undefined && stamp !== undefined) this.kept?.keep(path, stamp, entries)
      this.folders.set(path, entries)
      this.noteAbove(path)
    }
    return entries
  }

  readLink(path: string): string {
    return describeFailure(`reading symbolic link '${path}'`, path, () =>
      readlinkSync(native(path), "latin1"),
    )
  }

  /** Size and time of change of what is at the path; undefined when there is nothing. */
  stat(path: string): FileStat | undefined {
    return this.entry(path)
  }

  stampOf(path: string): string | undefined {
    return this.stampOfEntry(path, "regular")
  }

  /** Forgets a path that has changed, everything below it, and the folders above it; without a path, forgets everything. */
  forget(path?: string): void {
    this.changes.add(path)
    const maps = [this.entries, this.stamps, this.texts, this.folders]
    if (path === undefined) {
      for (const map of maps) map.clear()
      this.above.clear()
      return
    }
    const hasMore = this.above.has(path)
    for (const map of maps) {
      map.delete(path)
      if (hasMore) for (const key of [...map.keys()]) if (key.startsWith(`${path}/`)) map.delete(key)
    }
    for (let end = path.lastIndexOf("/"); end >= 0; end = path.lastIndexOf("/", end - 1)) {
      const folder = path.slice(0, end) || "/"
      this.folders.delete(folder)
      this.entries.delete(folder)
      this.stamps.delete(folder)
      if (end === 0) break
    }
  }

  changesBelow(folder: string): number {
    return this.changes.below(folder)
  }

  askedBelow(folder: string): AskedPaths {
    const below = (paths: Iterable<string>) => [...paths].filter(path => path.startsWith(`${folder}/`))
    const missing = below(this.entries.keys()).filter(path => this.entries.get(path) === undefined)
    return {
      files: [...below(this.texts.keys()), ...missing],
      folders: below(this.above),
      listed: below(this.folders.keys()),
    }
  }

  changedBelow(folder: string): readonly string[] {
    const below = [...this.entries].filter(([path]) => path.startsWith(`${folder}/`))
    return below.flatMap(([path, before]) => (this.isSame(path, before, entryAt(path)) ? [] : [path]))
  }

  private isSame(path: string, before: Entry | undefined, now: Entry | undefined): boolean {
    if (before === undefined || now === undefined) return before === now
    if (before.kind !== now.kind) return false
    // The time of a folder says whether something came or went, which matters where it was listed.
    if (now.kind === "directory" && !this.folders.has(path)) return true
    return before.node === now.node && before.size === now.size && before.touched === now.touched
  }

  private stampOfEntry(path: string, kind: FileKind): string | undefined {
    const entry = this.entry(path)
    // What changed a moment ago may change again within one tick of the file system's clock.
    if (entry?.kind !== kind) return undefined
    const known = this.stamps.get(path)
    if (known !== undefined) return known
    if (Date.now() - entry.touched < RACY_MS) return undefined
    const stamp = `${entry.device}:${entry.node}:${entry.size}:${entry.modified}:${entry.touched}`
    this.stamps.set(path, stamp)
    return stamp
  }

  private entry(path: string): Entry | undefined {
    let entry = this.entries.get(path)
    if (entry === undefined && !this.entries.has(path)) {
      entry = entryAt(path)
      this.entries.set(path, entry)
      this.noteAbove(path)
    }
    return entry
  }

  private noteAbove(path: string): void {
    for (let end = path.lastIndexOf("/"); end > 0; end = path.lastIndexOf("/", end - 1)) {
      const folder = path.slice(0, end)
      if (this.above.has(folder)) return
      this.above.add(folder)
    }
  }
}

function listFolder(path: string): ReadonlyMap<string, FileKind> {
  const found = describeFailure(`cannot read directory "${path}"`, path, () =>
    readdirSync(native(path), { withFileTypes: true, encoding: "latin1" as BufferEncoding }),
  )
  return new Map(found.map(entry => [entry.name, kindOfEntry(entry)]))
}

/** What is at a path. A path that leads through a file has nothing at its end, like one that does not exist. */
function entryAt(path: string): Entry | undefined {
  try {
    const stat = lstatSync(native(path), { throwIfNoEntry: false })
    if (stat === undefined) return undefined
    return {
      kind: kindOfEntry(stat),
      isExecutable: (stat.mode & 0o100) !== 0,
      size: stat.size,
      modified: stat.mtimeMs,
      touched: stat.ctimeMs,
      device: stat.dev,
      node: stat.ino,
    }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code === "ENOTDIR" || code === "ELOOP" || code === "ENAMETOOLONG" || code === "EACCES")
      return undefined
    throw error
  }
}

/** A byte string as Node's functions take it: beyond ASCII as a Buffer, since Node would encode the characters. */
function native(path: string): string | Buffer {
  return /[\x80-\xff]/.test(path) ? Buffer.from(path, "latin1") : path
}

function kindOfEntry(entry: {
  isFile(): boolean
  isDirectory(): boolean
  isSymbolicLink(): boolean
}): FileKind {
  if (entry.isFile()) return "regular"
  if (entry.isDirectory()) return "directory"
  return entry.isSymbolicLink() ? "symlink" : "unknown"
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: "Permission denied",
  ENOTDIR: "Not a directory",
  EINVAL: "Invalid argument",
  ELOOP: "Too many levels of symbolic links",
}

function describeFailure<T>(act: string, path: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException
    if (code === "EISDIR")
      throw new Error(`read of ${Math.min(entryAt(path)?.size ?? 0, READ_AT_ONCE)} bytes: Is a directory`)
    if (code === "ENAMETOOLONG") throw new Error(`getting status of "${path}": File name too long`)
    // A path through a file is missing, but a file where a folder was expected is there.
    const isMissing = code === "ENOENT" || (code === "ENOTDIR" && entryAt(path) === undefined)
    if (isMissing) throw new Error(`path '${path}' does not exist`)
    throw new Error(`${act}: ${reasons[code] ?? code}`)
  }
}
