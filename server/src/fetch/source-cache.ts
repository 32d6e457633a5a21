// The cache of sources that Canopy has fetched, for all projects and editors of a person. It is content-addressed: a source has the
// name that it has in the Nix store, so what is found under a name is right.
//
// Several programs may use it at once without locks: a source is made in a folder of its own, and renamed as the last step; whoever
// comes second finds it there and deletes their own. The size is limited: beyond the limit, the least recently used sources are
// deleted, but none that was used within the last day.

import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs"
import { join } from "node:path"

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

export class SourceCache {
  /** When a source's use was last noted by this process. */
  private readonly noted = new Map<string, number>()

  constructor(
    private readonly folder: string,
    private readonly limit: number,
  ) {}

  /** Real path of a source by its name in the store; undefined if it is not here. */
  find(storeName: string): string | undefined {
    const path = join(this.folder, "sources", storeName)
    if (lstatSync(path, { throwIfNoEntry: false }) === undefined) return undefined
    this.noteUse(storeName)
    return path
  }

  /** A new empty folder to make a source in; `keep` or `discard` ends it. */
  workshop(): string {
    const folder = join(this.folder, "unfinished")
    mkdirSync(folder, { recursive: true })
    return mkdtempSync(join(folder, `${process.pid}-`))
  }

  /** Moves a finished source to its name and returns where it is. One that is there already stays. */
  keep(path: string, storeName: string, size: number): string {
    const final = join(this.folder, "sources", storeName)
    mkdirSync(join(this.folder, "sources"), { recursive: true })
    if (!existsSync(final))
      try {
        renameSync(path, final)
      } catch (error) {
        // Somebody else was faster.
        if (!existsSync(final)) throw error
      }
    mkdirSync(join(this.folder, "used"), { recursive: true })
    writeFileSync(this.markOf(storeName), String(size))
    this.trim()
    return final
  }

  discard(workshop: string): void {
    rmSync(workshop, { recursive: true, force: true })
  }

  /** Moves an incomplete download to `file`, and returns what it is a part of. Only one caller gets it. */
  takePart(key: string, file: string): string | undefined {
    const part = join(this.folder, "parts", key)
    if (!existsSync(part) || !existsSync(`${part}.of`)) return undefined
    const validator = readFileSync(`${part}.of`, "utf8")
    try {
      renameSync(part, file)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined
      throw error
    }
    return validator
  }

  leavePart(key: string, file: string, validator: string): void {
    const part = join(this.folder, "parts", key)
    mkdirSync(join(this.folder, "parts"), { recursive: true })
    writeFileSync(`${part}.of`, validator)
    renameSync(file, part)
  }

  /** A small text that was remembered under a name, if it is younger than `maxAgeMs`. */
  recall(name: string, maxAgeMs: number): string | undefined {
    const path = join(this.folder, "remembered", name)
    const stat = statSync(path, { throwIfNoEntry: false })
    return stat === undefined || Date.now() - stat.mtimeMs > maxAgeMs ? undefined : readFileSync(path, "utf8")
  }

  remember(name: string, text: string): void {
    const folder = join(this.folder, "remembered")
    mkdirSync(folder, { recursive: true })
    const unfinished = join(folder, `.${name}.${process.pid}`)
    writeFileSync(unfinished, text)
    renameSync(unfinished, join(folder, name))
  }

  /** Deletes the least recently used sources until the rest is within the limit, and what crashed programs left behind. */
  trim(): void {
    const now = Date.now()
    const unfinished = ["unfinished", "parts"].flatMap(name => entriesOf(join(this.folder, name)))
    for (const { path, used } of unfinished)
      if (now - used > DAY_MS) rmSync(path, { recursive: true, force: true })
    const sources = entriesOf(join(this.folder, "used"))
      .map(mark => ({ ...mark, size: Number(readOr(mark.path, "0")) }))
      .sort((a, b) => a.used - b.used)
    let total = sources.reduce((sum, { size }) => sum + size, 0)
    for (const { name, size, used } of sources) {
      if (total <= this.limit || now - used < DAY_MS) break
      this.remove(name)
      total -= size
    }
  }

  /** Deletes a source. It is moved away first, so that nobody finds half of it. */
  private remove(storeName: string): void {
    const workshop = this.workshop()
    const path = join(this.folder, "sources", storeName)
    if (existsSync(path)) renameSync(path, join(workshop, storeName))
    rmSync(this.markOf(storeName), { force: true })
    this.discard(workshop)
  }

  private noteUse(storeName: string): void {
    const now = Date.now()
    if (now - (this.noted.get(storeName) ?? 0) < HOUR_MS) return
    this.noted.set(storeName, now)
    const mark = this.markOf(storeName)
    if (existsSync(mark)) utimesSync(mark, now / 1000, now / 1000)
  }

  private markOf(storeName: string): string {
    return join(this.folder, "used", storeName)
  }
}

function entriesOf(folder: string): { name: string; path: string; used: number }[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder).flatMap(name => {
    const path = join(folder, name)
    const stat = lstatSync(path, { throwIfNoEntry: false })
    return stat === undefined ? [] : [{ name, path, used: stat.mtimeMs }]
  })
}

function readOr(path: string, otherwise: string): string {
  return existsSync(path) ? readFileSync(path, "utf8") : otherwise
}
