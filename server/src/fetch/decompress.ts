// What an archive is compressed with, told by its first bytes and not by its name, and how to undo it: gzip with Node's own
// zlib, xz and zstd with libraries in WebAssembly and JavaScript. What is left (bzip2, zip) is said to be unsupported.

import { closeSync, openSync, readSync } from "node:fs"
import { Duplex, Transform } from "node:stream"
import { createGunzip } from "node:zlib"
import { Decompress } from "fzstd"
import { XzReadableStream } from "xz-decompress"
import { FetchError } from "./fetch-settings.js"

/** The streams, none or one, that turn the file into a tar archive. @throws FetchError for a compression not known here */
export function decompressor(file: string): NodeJS.ReadWriteStream[] {
  const start = firstBytes(file)
  if (start.startsWith("1f8b")) return [createGunzip()]
  if (start.startsWith("fd377a585a00")) return [xz()]
  if (start.startsWith("28b52ffd")) return [zstd()]
  if (start.startsWith("425a68")) throw new FetchError("archives compressed with bzip2 are not supported")
  if (start.startsWith("504b0304")) throw new FetchError("zip archives are not supported")
  return []
}

function firstBytes(path: string): string {
  const file = openSync(path, "r")
  try {
    const bytes = Buffer.alloc(6)
    return bytes.toString("hex", 0, readSync(file, bytes, 0, 6, 0))
  } finally {
    closeSync(file)
  }
}

function xz(): NodeJS.ReadWriteStream {
  return Duplex.from(async function* (source: AsyncIterable<Uint8Array>) {
    const iterator = source[Symbol.asyncIterator]()
    const compressed = new ReadableStream<Uint8Array>({
      async pull(controller) {
        const { done, value } = await iterator.next()
        if (done) controller.close()
        else controller.enqueue(value)
      },
    })
    yield* new XzReadableStream(compressed)
  })
}

function zstd(): NodeJS.ReadWriteStream {
  const stream: Transform = new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      attempt(() => decompress.push(chunk), done)
    },
    flush(done) {
      attempt(() => decompress.push(new Uint8Array(0), true), done)
    },
  })
  const decompress = new Decompress(bytes => stream.push(bytes))
  return stream
}

function attempt(act: () => void, done: (error?: Error) => void): void {
  try {
    act()
    done()
  } catch (error) {
    done(error instanceof Error ? error : new Error(String(error)))
  }
}
