// The file system as this layer sees it. Entry points pass in the real one (server/src/machine/disk.ts); in an editor the texts of
// open documents lie on top, so that unsaved changes count.
//
// Paths and contents are byte strings, one character per byte, as everywhere below. `bytesOf` converts text of editors and
// command lines to them.

import { bytesOf, type FileKind } from "../eval/index.js"

export interface FileStat {
  /** In bytes. */
  readonly size: number
  /** When it was last changed, in milliseconds since 1970, as precisely as the file system tells. */
  readonly modified: number
}

export interface Files {
  /** The bytes of a file, one per character. May be remembered. @throws Error whose message is the reason */
  readFile(path: string): string
  /** The same, never remembered: for what is read once, to hash it. */
  readBytes(path: string): Uint8Array
  /** Up to `length` bytes of a file from `start` on, never remembered. */
  readSlice(path: string, start: number, length: number): Uint8Array
  /** What is at the path, not following a last symlink; undefined when there is nothing. */
  kindOf(path: string): FileKind | undefined
  isExecutable(path: string): boolean
  /** Names and kinds of a folder's entries, in no particular order. Throws when it cannot be read. */
  readDir(path: string): ReadonlyMap<string, FileKind>
  readLink(path: string): string
  /** Of the path itself, not of what a symlink points at. */
  stat(path: string): FileStat | undefined
  /** A text that differs for every state of a file; undefined when the states cannot be told apart. */
  stampOf(path: string): string | undefined
  /** Forgets what was remembered of one path, or of all. */
  forget(path?: string): void
  /** A number that grows whenever something below a folder may have changed. */
  changesBelow(folder: string): number
  /** What is remembered below a folder. */
  askedBelow(folder: string): AskedPaths
  /** Paths below a folder at which something else is now than is remembered. */
  changedBelow(folder: string): readonly string[]
}

/** What somebody asked for and may be remembered. Paths are byte strings. */
export interface AskedPaths {
  /** Files that were read, and paths where nothing was. */
  readonly files: readonly string[]
  /** Folders that hold something that was asked for. */
  readonly folders: readonly string[]
  /** Folders that were listed. */
  readonly listed: readonly string[]
}

/** Counts changes by folder. */
export class ChangeCounter {
  private readonly folders = new Map<string, number>()
  private everywhere = 0

  /** Counts a change of a path, and so of all folders around it; without a path, of everything. */
  add(path?: string): void {
    if (path === undefined) this.everywhere++
    else
      for (let end = path.length; end > 0; end = path.lastIndexOf("/", end - 1)) {
        const folder = path.slice(0, end)
        this.folders.set(folder, (this.folders.get(folder) ?? 0) + 1)
      }
  }

  below(folder: string): number {
    return (this.folders.get(folder) ?? 0) + this.everywhere
  }
}

/** A file system with unsaved texts on top. */
export class OverlaidFiles implements Files {
  private readonly texts = new Map<string, { readonly bytes: string; readonly modified: number }>()
  private readonly changes = new ChangeCounter()
  private lastChange = 0

  constructor(private readonly below: Files) {}

  /**
   * Sets the unsaved text of a file, which then counts instead of the stored one; undefined goes back to that.
   * @param path absolute, as a byte string
   * @param text as editors have it, in UTF-16
   */
  setText(path: string, text: string | undefined): void {
    this.changes.add(path)
    if (text === undefined) this.texts.delete(path)
    else {
      // Two changes within a millisecond must differ, since times tell caches what changed.
      this.lastChange = Math.max(Date.now(), this.lastChange + 0.001)
      this.texts.set(path, { bytes: bytesOf(text), modified: this.lastChange })
    }
  }

  /** Whether any file has unsaved text. */
  get hasUnsaved(): boolean {
    return this.texts.size > 0
  }

  readFile(path: string): string {
    return this.texts.get(path)?.bytes ?? this.below.readFile(path)
  }

  readBytes(path: string): Uint8Array {
    const text = this.texts.get(path)
    return text === undefined ? this.below.readBytes(path) : Buffer.from(text.bytes, "latin1")
  }

  readSlice(path: string, start: number, length: number): Uint8Array {
    return this.texts.has(path)
      ? this.readBytes(path).subarray(start, start + length)
      : this.below.readSlice(path, start, length)
  }

  kindOf(path: string): FileKind | undefined {
    return this.texts.has(path) ? "regular" : this.below.kindOf(path)
  }

  isExecutable(path: string): boolean {
    return this.below.isExecutable(path)
  }

  readDir(path: string): ReadonlyMap<string, FileKind> {
    const entries = this.below.readDir(path)
    const unsaved = [...this.texts.keys()].filter(file => isInFolder(file, path))
    if (unsaved.length === 0) return entries
    return new Map([...entries, ...unsaved.map(file => [file.slice(path.length + 1), "regular"] as const)])
  }

  readLink(path: string): string {
    return this.below.readLink(path)
  }

  stat(path: string): FileStat | undefined {
    const text = this.texts.get(path)
    if (text === undefined) return this.below.stat(path)
    return { size: text.bytes.length, modified: text.modified }
  }

  stampOf(path: string): string | undefined {
    return this.texts.has(path) ? undefined : this.below.stampOf(path)
  }

  forget(path?: string): void {
    this.below.forget(path)
  }

  changesBelow(folder: string): number {
    return this.changes.below(folder) + this.below.changesBelow(folder)
  }

  askedBelow(folder: string): AskedPaths {
    return this.below.askedBelow(folder)
  }

  changedBelow(folder: string): readonly string[] {
    return this.below.changedBelow(folder)
  }
}

function isInFolder(file: string, folder: string): boolean {
  return file.startsWith(`${folder}/`) && !file.includes("/", folder.length + 1)
}
