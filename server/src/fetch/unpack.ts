// Unpacks an archive into a folder, safely. Nothing is written outside of the folder, whatever the archive says: names and links that
// lead out are refused, and nothing is written through a link. Only files, folders and links are made, and of their permissions only
// the executable bit is kept, as in Nix. Names are byte strings, since not all of them are UTF-8.

import {
  createReadStream,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs"
import { join } from "node:path"
import { pipeline } from "node:stream/promises"
import { extract, type Header } from "tar-stream"
import { messageOf } from "../base/index.js"
import { textOfBytes } from "../eval/index.js"
import { decompressor, isZip, tooLarge } from "./decompress.js"
import { diskFailure, FetchError } from "./fetch-error.js"
import type { FetchSettings } from "./fetch-settings.js"
import { leadsOut } from "./links.js"
import { namesIn, tarSettings } from "./tar-names.js"
import { zipEntries } from "./unzip.js"

export interface Unpacked {
  /** The tree: the single folder at the top of the archive, or else all of it. */
  readonly root: string
  /** Total size in bytes. */
  readonly size: number
  /** The latest time of change of anything in it, in seconds since 1970. */
  readonly lastModified: number
}

/** An archive with more entries is refused. */
const ENTRY_LIMIT = 2_000_000

/** Unpacks an archive, tar (compressed or not) or zip, into an empty folder. @throws FetchError */
export async function unpack(
  file: string,
  folder: string,
  { unpackLimit }: Pick<FetchSettings, "unpackLimit">,
  signal: AbortSignal,
): Promise<Unpacked> {
  const unpacker = new Unpacker(folder, unpackLimit)
  if (isZip(file)) {
    await unpacker.takeAll(zipEntries(file, signal)).catch(error => {
      signal.throwIfAborted()
      throw asFetchError(error)
    })
    return unpacker.finish()
  }
  const archive = extract(tarSettings)
  // Comes before the file is opened: it refuses what cannot be unpacked.
  const streams = decompressor(file, 2 * unpackLimit)
  const reading = pipeline([createReadStream(file), ...streams, archive], { signal })
  // The first failure is reported; the other stream then only says that it was stopped.
  const [read, taken] = await Promise.allSettled([reading, unpacker.takeAll(archive)])
  signal.throwIfAborted()
  for (const outcome of [taken, read]) if (outcome.status === "rejected") throw asFetchError(outcome.reason)
  return unpacker.finish()
}

function asFetchError(error: unknown): FetchError {
  if (error instanceof FetchError) return error
  return diskFailure(error) ?? new FetchError(`the archive is broken: ${messageOf(error)}`)
}

/** As the library for tar gives it, with names in bytes: its content has to be read or skipped before the next one comes. */
export interface Entry extends AsyncIterable<unknown> {
  readonly header: Header
  resume(): unknown
}

type Kind = "folder" | "file" | "link"

class Unpacker {
  private readonly kinds = new Map<string, Kind>([["", "folder"]])
  private readonly links = new Map<string, string>()
  private size = 0
  private lastModified = 0

  constructor(
    private readonly folder: string,
    private readonly limit: number,
  ) {}

  async takeAll(archive: AsyncIterable<Entry>): Promise<void> {
    for await (const entry of archive) await this.take(entry)
  }

  finish(): Unpacked {
    if (this.kinds.size === 1) throw new FetchError("the archive is empty")
    const top = readdirSync(this.folder, "latin1")
    const root = top.length === 1 && this.kinds.get(top[0]) === "folder" ? top[0] : ""
    for (const link of this.links.keys())
      if (leadsOut(link, root, this.links))
        throw new FetchError(
          `the archive contains the link '${textOfBytes(link)}', which leads out of it to '${textOfBytes(this.links.get(link) ?? "")}'`,
        )
    return { root: join(this.folder, textOfBytes(root)), size: this.size, lastModified: this.lastModified }
  }

  private async take(entry: Entry): Promise<void> {
    const { header } = entry
    const { name, target, isSparse } = namesIn(header)
    const path = this.pathOf(name)
    this.lastModified = Math.max(this.lastModified, Math.floor((header.mtime?.getTime() ?? 0) / 1000))
    if (this.kinds.size > ENTRY_LIMIT) throw new FetchError("the archive contains too many files")
    if (isSparse)
      throw new FetchError(
        `the archive contains '${textOfBytes(path)}' as a sparse file, which Canopy cannot unpack`,
      )
    switch (header.type) {
      case "directory":
        this.makeFolder(path)
        break
      case "file":
      case "contiguous-file":
        await this.writeFile(path, entry, ((header.mode ?? 0) & 0o100) !== 0)
        break
      case "symlink":
        this.makeLink(path, target)
        break
      case "link":
        this.copyFile(path, this.pathOf(target))
        break
      default:
        throw new FetchError(
          `the archive contains '${textOfBytes(path)}', a ${header.type ?? "file of an unknown kind"}, which a source cannot contain`,
        )
    }
    entry.resume()
  }

  /** An entry's path, without `.` and slashes at its ends. */
  private pathOf(name: string): string {
    const parts = name.split("/").filter(part => part !== "" && part !== ".")
    if (name.startsWith("/") || parts.includes("..") || name.includes("\0"))
      throw new FetchError(`the archive contains '${textOfBytes(name)}', which leads out of it`)
    return parts.join("/")
  }

  private placeOf(path: string): Buffer {
    return Buffer.concat([Buffer.from(`${this.folder}/`), Buffer.from(path, "latin1")])
  }

  private makeFolder(path: string): void {
    if (this.kinds.get(path) === "folder") return
    this.claim(path, "folder")
    mkdirSync(this.placeOf(path))
  }

  /** Takes a name, in folders that are made as needed and are folders indeed. A file that comes again replaces the first, as in Nix. */
  private claim(path: string, kind: Kind): void {
    const slash = path.lastIndexOf("/")
    if (kind === "file" && this.kinds.get(path) === "file") return rmSync(this.placeOf(path))
    if (path === "" || this.kinds.has(path))
      throw new FetchError(`the archive contains '${path === "" ? "." : textOfBytes(path)}' more than once`)
    const folder = path.slice(0, Math.max(slash, 0))
    const around = this.kinds.get(folder)
    if (around === undefined) this.makeFolder(folder)
    else if (around !== "folder")
      throw new FetchError(
        `the archive contains '${textOfBytes(path)}', but '${textOfBytes(folder)}' is a ${around} in it`,
      )
    this.kinds.set(path, kind)
  }

  private async writeFile(path: string, entry: Entry, isExecutable: boolean): Promise<void> {
    this.count(entry.header.size ?? 0)
    this.claim(path, "file")
    const chunks: Uint8Array[] = []
    for await (const chunk of entry) chunks.push(chunk as Uint8Array)
    writeFileSync(this.placeOf(path), Buffer.concat(chunks), {
      mode: isExecutable ? 0o755 : 0o644,
      flag: "wx",
    })
  }

  private copyFile(path: string, from: string): void {
    if (this.kinds.get(path) === "file") return
    const target = this.links.get(from)
    if (target !== undefined) return this.makeLink(path, target)
    if (this.kinds.get(from) !== "file")
      throw new FetchError(
        `the archive contains '${textOfBytes(path)}', which is to be the same file as '${textOfBytes(from)}', which is not in it`,
      )
    const { mode, size } = statSync(this.placeOf(from))
    this.count(size)
    this.claim(path, "file")
    writeFileSync(this.placeOf(path), readFileSync(this.placeOf(from)), { mode, flag: "wx" })
  }

  private makeLink(path: string, target: string): void {
    this.claim(path, "link")
    this.links.set(path, target)
    symlinkSync(Buffer.from(target, "latin1"), this.placeOf(path))
  }

  private count(bytes: number): void {
    this.size += bytes
    if (this.size > this.limit) throw new FetchError(tooLarge(this.limit))
  }
}
