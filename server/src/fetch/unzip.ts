// Gives the entries of a zip archive in the form of tar entries, so that both are unpacked, and refused, by the same code.
//
// Executable bits and links are only in archives that were made on Unix, which those of forges are.

import type { Readable } from "node:stream"
import { openPromise, type Entry as ZipEntry, type ZipFile } from "yauzl"
import { bytesOf } from "../eval/index.js"
import type { Entry } from "./unpack.js"

/** Every entry, each with its bytes. */
export async function* zipEntries(file: string, signal: AbortSignal): AsyncGenerator<Entry> {
  // Names are checked where entries are unpacked, for every kind of archive.
  const archive = await openPromise(file, { autoClose: false, strictFileNames: true, lazyEntries: true })
  try {
    for await (const entry of archive.eachEntry()) {
      signal.throwIfAborted()
      yield await asTarEntry(archive, entry)
    }
  } finally {
    archive.close()
  }
}

const UNIX = 3
const KIND_OF_FILE = 0o170000
const LINK = 0o120000

async function asTarEntry(archive: ZipFile, entry: ZipEntry): Promise<Entry> {
  const mode = entry.versionMadeBy >> 8 === UNIX ? entry.externalFileAttributes >>> 16 : 0
  const { fileName, uncompressedSize: size } = entry
  const name = bytesOf(fileName)
  const common = { name, mode, size, mtime: entry.getLastModDate() }
  if (name.endsWith("/")) return entryOf({ ...common, type: "directory" })
  if ((mode & KIND_OF_FILE) !== LINK)
    return entryOf({ ...common, type: "file" }, await archive.openReadStreamPromise(entry))
  const target = await contentOf(await archive.openReadStreamPromise(entry))
  return entryOf({ ...common, type: "symlink", linkname: target.toString("latin1") })
}

function entryOf(header: Partial<Entry["header"]>, content?: Readable): Entry {
  return {
    header: header as Entry["header"],
    resume: () => content?.resume(),
    async *[Symbol.asyncIterator]() {
      if (content !== undefined) yield* content
    },
  }
}

async function contentOf(content: Readable): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of content) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}
