// The files of this machine, as evaluation sees them. Reads are remembered until `forget`, since one evaluation asks for
// the same folder and file again and again (reading by-name folders was 5 % of `hello`), and must see one state of them.

import { lstatSync, readdirSync, readFileSync, readlinkSync, type Stats } from "node:fs"
import type { FileKind } from "./eval/index.js"

/** Read access to files, in the terms of `EvalIO`. */
export class Disk {
  private readonly stats = new Map<string, Stats | undefined>()
  private readonly texts = new Map<string, string>()
  private readonly folders = new Map<string, ReadonlyMap<string, FileKind>>()

  /** The bytes of a file, one per character. Throws an Error with Nix's wording. */
  readFile(path: string): string {
    let text = this.texts.get(path)
    if (text === undefined) {
      text = describeFailure(`opening file '${path}'`, () => readFileSync(path, "latin1"))
      this.texts.set(path, text)
    }
    return text
  }

  kindOf(path: string): FileKind | undefined {
    const stat = this.stat(path)
    return stat === undefined ? undefined : kindOfEntry(stat)
  }

  isExecutable(path: string): boolean {
    return ((this.stat(path)?.mode ?? 0) & 0o100) !== 0
  }

  readDir(path: string): ReadonlyMap<string, FileKind> {
    let entries = this.folders.get(path)
    if (entries === undefined) {
      const found = describeFailure(`opening directory '${path}'`, () =>
        readdirSync(path, { withFileTypes: true, encoding: "latin1" as BufferEncoding }),
      )
      entries = new Map(found.map(entry => [entry.name, kindOfEntry(entry)]))
      this.folders.set(path, entries)
    }
    return entries
  }

  readLink(path: string): string {
    return describeFailure(`reading symbolic link '${path}'`, () => readlinkSync(path, "latin1"))
  }

  /** Forgets what was read at a path, which has changed, or all. */
  forget(path?: string): void {
    for (const map of [this.stats, this.texts, this.folders]) {
      if (path === undefined) map.clear()
      else map.delete(path)
    }
    if (path !== undefined) this.folders.delete(path.slice(0, path.lastIndexOf("/")) || "/")
  }

  private stat(path: string): Stats | undefined {
    if (!this.stats.has(path)) this.stats.set(path, lstatSync(path, { throwIfNoEntry: false }))
    return this.stats.get(path)
  }
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
  ENOENT: "No such file or directory",
  EACCES: "Permission denied",
  ENOTDIR: "Not a directory",
  EISDIR: "Is a directory",
  EINVAL: "Invalid argument",
  ELOOP: "Too many levels of symbolic links",
}

function describeFailure<T>(act: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? ""
    throw new Error(`${act}: ${reasons[code] ?? code}`)
  }
}
