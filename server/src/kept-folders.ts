// What was in folders, kept on disk between runs: evaluating any package of nixpkgs lists 700 folders with 25,000 names.
//
// A folder is known by what the file system says of it, which changes whenever an entry comes, goes or becomes another. One
// line a folder: path, stamp, and the entries with a letter for their kind, taken apart when somebody asks for it.

import type { FileKind } from "./eval/index.js"

const letters: Readonly<Record<FileKind, string>> = {
  regular: "r",
  directory: "d",
  symlink: "l",
  unknown: "u",
}
const kinds = new Map(Object.entries(letters).map(([kind, letter]) => [letter, kind as FileKind]))

/** More folders than this are not kept: whoever walks a whole disk is not waiting for the next walk. */
const MOST_FOLDERS = 20_000

export class KeptFolders {
  private readonly lines = new Map<string, string>()
  /** Entries of folders that were listed anew. */
  added = 0

  /** @param text what `text()` gave at the end of an earlier run; anything else is ignored line by line */
  constructor(text: string) {
    for (const line of text.split("\n")) {
      const end = line.indexOf("\t")
      if (end > 0) this.lines.set(line.slice(0, end), line)
    }
  }

  /** The entries of a folder in the state that the stamp stands for, if they are known. */
  entries(path: string, stamp: string): ReadonlyMap<string, FileKind> | undefined {
    const [, known, ...names] = this.lines.get(path)?.split("\t") ?? []
    if (known !== stamp) return undefined
    return new Map(names.map(name => [name.slice(1), kinds.get(name[0]) ?? "unknown"]))
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
