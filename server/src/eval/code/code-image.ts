// The whole program memory as bytes, kept between runs: a NixOS system then starts without reading, parsing or encoding any file that
// has not changed.
//
// Everything in it is a number that means the same again, because what a process begins with (builtins, the names that
// Canopy itself uses) is the same in every process of one build: the memory is written from there on, and restored only into
// a process that has not gone on from there. Texts of constants are cut out of one long text when they are wanted.
//
// Layout: a line of JSON (`Header`), then the parts, each at a multiple of 4 bytes: code, where it learns, where names begin,
// the table of symbols, where constants begin, names, constants. Integers have the machine's own byte order.

import { allNames, nameOf, restoreNames, symbolTable } from "../values/symbol.js"
import { NixFloat, NixPath } from "../values/value.js"
import { type CodeExtent, codeExtent, constantAt, restoreCode, writtenCode } from "./code.js"
import type { CodeCache } from "./program.js"
import { allSources, restoreSources, SourceText } from "./span.js"

interface Header {
  readonly build: string
  readonly extent: CodeExtent
  readonly sourceEnd: number
  /** Bytes of each part, in order. */
  readonly parts: readonly number[]
  readonly files: readonly KeptFile[]
}

type KeptFile = readonly [path: string, stamp: string, base: number, length: number, pc: number]

/** What every process of this build begins with. */
interface Beginning {
  readonly extent: CodeExtent
  readonly names: number
}

// Taken when this module is loaded, before anything of a user's program was read; see `isUntouched`.
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
  const start = beginning
  if (start === undefined) throw new Error("the beginning of the program memory was never marked")
  const extent = codeExtent()
  const { code, learned } = writtenCode(start.extent.ops)
  const names = allNames()
  const texts = Array.from({ length: extent.constants - start.extent.constants }, (_, i) =>
    constantText(constantAt(start.extent.constants + i)),
  )
  const parts = [
    bytesOf(code),
    bytesOf(learned),
    bytesOf(startsOf(names)),
    bytesOf(symbolTable()),
    bytesOf(startsOf(texts)),
    Buffer.from(names.join(""), "latin1"),
    Buffer.from(texts.join(""), "latin1"),
  ]
  const header: Header = {
    build,
    extent,
    sourceEnd: allSources().end,
    parts: parts.map(part => part.length),
    files: Array.from(cache.keepable(), ({ path, stamp, program: { source, pc } }) => [
      path,
      stamp,
      source.base,
      source.length,
      pc,
    ]),
  }
  const head = Buffer.from(`${JSON.stringify(header)}\n`, "utf8")
  return [padded(head), ...parts.map(padded)]
}

/**
 * Restores a memory that `writeCodeImage` wrote. Returns whether it could: not for the bytes of another build, for bytes
 * that are damaged, nor in a process that has already read programs.
 */
export function restoreCodeImage(build: string, image: Buffer, code: CodeCache): boolean {
  const start = beginning
  const header = headerOf(image)
  if (start === undefined || header === undefined || header.build !== build || !isUntouched(start))
    return false
  const [codePart, learned, nameStarts, symbols, textStarts, names, texts] = partsOf(image, header)
  if (texts === undefined || codePart.length !== 4 * (header.extent.ops - start.extent.ops)) return false
  const joined = names.toString("latin1")
  if (!beginsAlike(joined, integers(nameStarts), start)) return false
  restoreNames(joined, integers(nameStarts), integers(symbols).slice())
  const written = { code: integers(codePart), learned: integers(learned) }
  restoreCode(written, header.extent, constantReader(texts.toString("latin1"), integers(textStarts), start))
  restoreFiles(header, code)
  return true
}

function headerOf(image: Buffer): Header | undefined {
  const end = image.indexOf("\n")
  if (end < 0) return undefined
  try {
    return JSON.parse(image.toString("utf8", 0, end)) as Header
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

function partsOf(image: Buffer, { parts }: Header): Buffer[] {
  let at = aligned(image.indexOf("\n") + 1)
  const found: Buffer[] = []
  for (const size of parts) {
    if (at + size > image.length) return []
    found.push(image.subarray(at, at + size))
    at = aligned(at + size)
  }
  return found
}

/** Whether the names that every process begins with are the first of the kept ones. */
function beginsAlike(joined: string, starts: Int32Array, start: Beginning): boolean {
  if (allNames().length !== start.names) return false
  for (let symbol = 0; symbol < start.names; symbol++)
    if (nameOf(symbol) !== joined.slice(starts[symbol], starts[symbol + 1])) return false
  return true
}

function restoreFiles({ files, sourceEnd }: Header, code: CodeCache): void {
  const sources: SourceText[] = []
  for (const [path, stamp, base, length, pc] of files) {
    const source = new SourceText(path, base, length, undefined)
    sources.push(source)
    code.restore(path, { source, pc, faults: [], isKeepable: true }, stamp)
  }
  restoreSources(
    sources.sort((a, b) => a.base - b.base),
    sourceEnd,
  )
}

// A constant is written as a letter for its kind and its text.
function constantText(value: unknown): string {
  if (typeof value === "string") return `s${value}`
  if (value instanceof NixPath) return `p${value.path}`
  if (value instanceof NixFloat) return `f${value.value}`
  return `i${value}`
}

function constantOf(text: string): unknown {
  const rest = text.slice(1)
  switch (text[0]) {
    case "s":
      return rest
    case "p":
      return new NixPath(rest)
    case "f":
      return new NixFloat(Number(rest))
    default:
      return Number.isSafeInteger(Number(rest)) ? Number(rest) : BigInt(rest)
  }
}

function constantReader(
  joined: string,
  starts: Int32Array,
  { extent }: Beginning,
): (index: number) => unknown {
  return index => {
    const at = index - extent.constants
    return constantOf(joined.slice(starts[at], starts[at + 1]))
  }
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

function padded(part: Buffer): Buffer {
  return part.length % 4 === 0 ? part : Buffer.concat([part, Buffer.alloc(4 - (part.length % 4))])
}
