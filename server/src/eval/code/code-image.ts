// The program memory as bytes, kept between runs: a NixOS system then starts without reading, parsing or encoding any file that has
// not changed.
//
// Everything in it is a number that means the same again, because what a process begins with (builtins, the names that
// Canopy itself uses) is the same in every process of one build: the memory is written from there on, and restored only into
// a process that has not gone on from there. Names are restored at once, the code of a file when it is first asked for:
// `hello` needs a tenth of what a NixOS system left here.
//
// Layout: the length of the header in 16 bytes, a line of JSON (`Header`), then the parts: where names begin, the table of symbols,
// names, and the code of each file (kept-program.ts). Each part begins at a multiple of 4 bytes.

import { allNames, nameOf, restoreNames, symbolTable } from "../values/symbol.js"
import { type CodeExtent, codeExtent, leaveRoom, ops } from "./code.js"
import { type KeptFile, KeptProgram, sizeOf, writeProgram } from "./kept-program.js"
import type { CodeCache } from "./program.js"
import { allSources, leaveStretches } from "./span.js"

interface Header {
  readonly build: string
  readonly extent: CodeExtent
  readonly sourceEnd: number
  /** Bytes of the starts of names, of the table, and of names. */
  readonly names: readonly [number, number, number]
  readonly files: readonly KeptFile[]
}

/** The bytes of an image. They stay the same while they are read. */
export interface ImageBytes {
  readonly size: number
  /** So many bytes from a place on, at an address that is a multiple of 4; undefined where they cannot be read. */
  read(at: number, count: number): Buffer | undefined
}

/** What every process of this build begins with. */
interface Beginning {
  readonly extent: CodeExtent
  readonly names: number
}

/** Bytes of the length of the header. */
const PREFIX = 16

// Taken when the bundle has loaded, before anything of a user's program was read; see `isUntouched`.
let beginning: Beginning | undefined

/** Says that everything that Canopy itself puts into the memory is there. Called once, when the bundle has loaded. */
export function markBeginning(): void {
  beginning = { extent: codeExtent(), names: allNames().length }
}

function isUntouched(start: Beginning): boolean {
  return codeExtent().ops === start.extent.ops && allSources().sources.length === 0
}

/** The memory, with the files of `cache`, as bytes. `build` tells programs whose beginnings may differ. */
export function writeCodeImage(build: string, cache: CodeCache): Uint8Array[] {
  const kept = Array.from(cache.kept.values(), program => program.written())
  const used = Array.from(cache.keepable(), ({ path, program, stamp }) => writeProgram(path, program, stamp))
  const files = [...kept.filter(file => file !== undefined), ...used]
  const names = allNames()
  const parts = [bytesOf(startsOf(names)), bytesOf(symbolTable()), Buffer.from(names.join(""), "latin1")]
  const header: Header = {
    build,
    extent: codeExtent(),
    sourceEnd: allSources().end,
    names: [parts[0].length, parts[1].length, parts[2].length],
    files: files.map(({ file }) => file),
  }
  const head = Buffer.from(`${JSON.stringify(header)}\n`, "utf8")
  const prefix = Buffer.from(`${String(head.length).padEnd(PREFIX - 1)}\n`)
  return [prefix, ...[head, ...parts, ...files.map(({ bytes }) => bytes)].map(padded)]
}

/**
 * Restores a memory that `writeCodeImage` wrote. Returns whether it could: not for the bytes of another build, for bytes
 * that are damaged, nor in a process that has already read programs.
 */
export function restoreCodeImage(build: string, image: ImageBytes, code: CodeCache): boolean {
  const start = beginning
  const length = Number(image.read(0, PREFIX)?.toString("latin1"))
  const header = Number.isInteger(length) ? headerOf(image.read(PREFIX, length)) : undefined
  if (start === undefined || header?.build !== build || !isUntouched(start)) return false
  // Edited files leave their old code's room behind. When that is half of all there is, it is time to begin anew.
  if (2 * header.extent.ops > ops.length) return false
  const places = placesOf(header, aligned(PREFIX + length))
  if (places.end !== image.size) return false
  const [starts, table, names] = header.names.map((size, i) => image.read(places.names[i], size))
  if (starts === undefined || table === undefined || names === undefined) return false
  const joined = names.toString("latin1")
  if (!beginsAlike(joined, integers(starts), start)) return false
  restoreNames(joined, integers(starts), integers(table))
  leaveRoom(header.extent)
  leaveStretches(header.sourceEnd)
  header.files.forEach((file, i) => {
    const read = () => image.read(places.files[i], sizeOf(file.parts))
    code.kept.set(file.path, new KeptProgram(file, read))
  })
  return true
}

function headerOf(line: Buffer | undefined): Header | undefined {
  if (line === undefined) return undefined
  try {
    return JSON.parse(line.toString("utf8")) as Header
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

/** Where the parts are, the first of which is at `first`. */
function placesOf({ names, files }: Header, first: number) {
  let end = first
  const place = (size: number): number => {
    const at = end
    end = aligned(at + size)
    return at
  }
  return { names: names.map(place), files: files.map(file => place(sizeOf(file.parts))), end }
}

/** Whether the names that every process begins with are the first of the kept ones. */
function beginsAlike(joined: string, starts: Int32Array, start: Beginning): boolean {
  if (allNames().length !== start.names) return false
  for (let symbol = 0; symbol < start.names; symbol++)
    if (nameOf(symbol) !== joined.slice(starts[symbol], starts[symbol + 1])) return false
  return true
}

/** Where each of some texts begins once they are joined, and where the last one ends. */
function startsOf(texts: readonly string[]): Int32Array {
  const starts = new Int32Array(texts.length + 1)
  for (let i = 0; i < texts.length; i++) starts[i + 1] = starts[i] + texts[i].length
  return starts
}

function bytesOf(numbers: Int32Array): Buffer {
  return Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength)
}

function integers(part: Buffer): Int32Array {
  return new Int32Array(part.buffer, part.byteOffset, part.length / 4)
}

function aligned(size: number): number {
  return (size + 3) & ~3
}

function padded(part: Uint8Array): Uint8Array {
  return part.length % 4 === 0 ? part : Buffer.concat([part, Buffer.alloc(4 - (part.length % 4))])
}
