// Decompresses archives, by their first bytes and not by their names: gzip with Node's own zlib; xz, zstd and bzip2 with libraries in
// WebAssembly and JavaScript. Zip archives are not compressed tar archives: see unzip.ts.

import { closeSync, openSync, readSync } from "node:fs"
import { Duplex, Transform } from "node:stream"
import { createGunzip } from "node:zlib"
import { Decompress } from "fzstd"
import { decode } from "seek-bzip"
import { XzReadableStream } from "xz-decompress"
import { FetchError } from "./fetch-error.js"

/**
 * The stream that turns the file into a tar archive; empty if it is not compressed.
 * @param limit the most bytes that may come out, for formats that are decompressed in one go
 */
export function decompressor(file: string, limit: number): NodeJS.ReadWriteStream[] {
  const start = firstBytes(file)
  if (start.startsWith("1f8b")) return [createGunzip()]
  if (start.startsWith("fd377a585a00")) return [xz()]
  if (start.startsWith("28b52ffd")) return [zstd()]
  if (start.startsWith("425a68")) return [bzip2(limit)]
  return []
}

/** Whether a file is a zip archive, empty ones among them. */
export function isZip(file: string): boolean {
  return /^504b(0304|0506)/.test(firstBytes(file))
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

/** The library decompresses bzip2 in one go, at 10 MB/s. Archives in bzip2 are old and small. */
function bzip2(limit: number): NodeJS.ReadWriteStream {
  return Duplex.from(async function* (source: AsyncIterable<Uint8Array>) {
    const compressed: Uint8Array[] = []
    for await (const chunk of source) compressed.push(chunk)
    const out = new ByteChunks(limit)
    decode(Buffer.concat(compressed), out, true)
    yield* out.chunks()
  })
}

const CHUNK = 1 << 20

class ByteChunks {
  private readonly full: Buffer[] = []
  private last = Buffer.alloc(CHUNK)
  private used = 0

  constructor(private readonly limit: number) {}

  writeByte(byte: number): void {
    if (this.used === CHUNK) {
      this.full.push(this.last)
      if (this.full.length * CHUNK > this.limit) throw new FetchError(tooLarge(this.limit))
      this.last = Buffer.alloc(CHUNK)
      this.used = 0
    }
    this.last[this.used++] = byte
  }

  flush(): void {}

  chunks(): Buffer[] {
    return [...this.full, this.last.subarray(0, this.used)]
  }
}

/** The message for an archive with more than `limit` bytes. */
export function tooLarge(limit: number): string {
  return `the archive contains more than ${Math.round(limit / 2 ** 20)} MB`
}

function attempt(act: () => void, done: (error?: Error) => void): void {
  try {
    act()
    done()
  } catch (error) {
    done(error instanceof Error ? error : new Error(String(error)))
  }
}
