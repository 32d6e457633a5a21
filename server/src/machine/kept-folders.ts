// Keeps the entries of folders on disk between runs: evaluating any package of nixpkgs lists 700 folders with 25,000 names.
//
// A folder is identified by what the file system says about it, which changes whenever an entry is added, removed or replaced. A
// line per folder has its path, its stamp, and its entries with a letter for their kind. It is parsed when somebody asks for it.

import type { FileKind } from "../eval/index.js"

const letters: Readonly<Record<FileKind, string>> = {
  regular: "r",
  directory: "d",
  symlink: "l",
  unknown: "u",
}
const kinds = new Map(Object.entries(letters).map(([kind, letter]) => [letter, kind as FileKind]))

/** No more folders than this are kept: whoever walks a whole disk is not waiting for the next walk. */
const MOST_FOLDERS = 20_000

export class KeptFolders {
  private readonly lines = new Map<string, string>()
  /** How many entries are new. */
  added = 0

  /** @param text what `text()` gave at the end of an earlier run; anything else is ignored line by line */
  constructor(text: string) {
    for (const line of text.split("\n")) {
      const end = line.indexOf("\t")
      if (end > 0) this.lines.set(line.slice(0, end), line)
    }
  }

  /** The entries of a folder in the state that the stamp identifies, if they are known. */
  entries(path: string, stamp: string): ReadonlyMap<string, FileKind> | undefined {
    const fields = this.lines.get(path)?.split("\t") ?? []
    if (fields[1] !== stamp) return undefined
    const entries = new Map<string, FileKind>()
    for (let i = 2; i < fields.length; i++)
      entries.set(fields[i].slice(1), kinds.get(fields[i][0]) ?? "unknown")
    return entries
  }

  keep(path: string, stamp: string, entries: ReadonlyMap<string, FileKind>): void {
    const fields = [path, stamp, ...Array.from(entries, ([name, kind]) => `${letters[kind]}${name}`)]
    if (this.lines.size >= MOST_FOLDERS || fields.some(field => /[\t\n]/.test(field))) return
    this.lines.set(path, fields.join("\t"))
    this.added += entries.size
  }

  text(): string {
    return `${[...this.lines.values()].join("\n")}\n`
  }
}
