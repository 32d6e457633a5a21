// The files of fixtures: in memory below one folder, and on the disk everywhere else.

import { type AskedPaths, ChangeCounter, type FileStat, type Files } from "../../server/src/fleet/index.js"
import { Disk } from "../../server/src/machine/disk.js"

type FileKind = NonNullable<ReturnType<Files["kindOf"]>>

// One for all fixtures: inputs do not change while tests run.
const disk = new Disk()

/** Files in memory below one folder, the disk everywhere else. */
export class MemoryFiles implements Files {
  private readonly texts = new Map<string, { readonly text: string; readonly modified: number }>()
  private readonly changes = new ChangeCounter()
  private clock = 1_700_000_000_000

  constructor(private readonly root: string) {}

  /** Writes a file, or deletes it if `text` is undefined, without telling anybody. */
  write(path: string, text: string | undefined): void {
    this.clock += 1000
    if (text === undefined) this.texts.delete(path)
    else this.texts.set(path, { text: Buffer.from(text).toString("latin1"), modified: this.clock })
  }

  readFile(path: string): string {
    if (!this.isMine(path)) return disk.readFile(path)
    const file = this.texts.get(path)
    if (file === undefined) throw new Error(`opening file '${path}': No such file or directory`)
    return file.text
  }

  readBytes(path: string): Uint8Array {
    return this.isMine(path) ? Buffer.from(this.readFile(path), "latin1") : disk.readBytes(path)
  }

  readSlice(path: string, start: number, length: number): Uint8Array {
    return this.isMine(path)
      ? this.readBytes(path).subarray(start, start + length)
      : disk.readSlice(path, start, length)
  }

  kindOf(path: string): FileKind | undefined {
    if (!this.isMine(path)) return disk.kindOf(path)
    if (this.texts.has(path)) return "regular"
    return [...this.texts.keys()].some(file => file.startsWith(`${path}/`)) ? "directory" : undefined
  }

  stampOf(path: string): string | undefined {
    return this.isMine(path) ? undefined : disk.stampOf(path)
  }

  isExecutable(path: string): boolean {
    return !this.isMine(path) && disk.isExecutable(path)
  }

  readDir(path: string): ReadonlyMap<string, FileKind> {
    if (!this.isMine(path)) return disk.readDir(path)
    const entries = new Map<string, FileKind>()
    for (const file of this.texts.keys()) {
      if (!file.startsWith(`${path}/`)) continue
      const [name, ...rest] = file.slice(path.length + 1).split("/")
      entries.set(name, rest.length === 0 ? "regular" : "directory")
    }
    return entries
  }

  readLink(path: string): string {
    return disk.readLink(path)
  }

  stat(path: string): FileStat | undefined {
    const file = this.texts.get(path)
    if (file !== undefined) return { size: file.text.length, modified: file.modified }
    return this.isMine(path) ? undefined : disk.stat(path)
  }

  forget(path?: string): void {
    this.changes.add(path)
  }

  changesBelow(folder: string): number {
    return this.changes.below(folder)
  }

  askedBelow(folder: string): AskedPaths {
    const asked = disk.askedBelow(folder)
    const own = [...this.texts.keys()].filter(path => path.startsWith(`${folder}/`))
    return { ...asked, files: [...asked.files, ...own] }
  }

  changedBelow(folder: string): readonly string[] {
    return disk.changedBelow(folder)
  }

  private isMine(path: string): boolean {
    return path === this.root || path.startsWith(`${this.root}/`)
  }
}
