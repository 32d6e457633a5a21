// The code of one file as bytes, kept between runs.
//
// Layout: code, where it learns, its names, the length of each constant, the constants as text. Integers have 4 bytes in the machine's
// own order.

import { NixFloat, NixPath } from "../values/value.js"
import { type CodeExtent, restoreCode, writtenCode } from "./code.js"
import type { Program } from "./program.js"
import { restoreSource, SourceText } from "./span.js"

/** What is known about the code of a file without reading it. */
export interface KeptFile {
  readonly path: string
  /** What the file system said about the file that it was made of. */
  readonly stamp: string
  /** Where the text begins on the line of spans, and its length. */
  readonly base: number
  readonly length: number
  readonly pc: number
  /** Where code and constants began. */
  readonly from: Pick<CodeExtent, "ops" | "constants">
  readonly parts: PartCounts
}

interface PartCounts {
  readonly code: number
  readonly learned: number
  readonly names: number
  readonly constants: number
  /** Bytes of all constants together. */
  readonly text: number
}

/** A file and its bytes. */
export interface WrittenProgram {
  readonly file: KeptFile
  readonly bytes: Uint8Array
}

/** The code of a file that an earlier process made, which is read when it is asked for. */
export class KeptProgram {
  readonly stamp: string

  /** @param read gives the bytes; undefined where they cannot be read */
  constructor(
    private readonly file: KeptFile,
    private readonly read: () => Buffer | undefined,
  ) {
    this.stamp = file.stamp
  }

  /** The code, back in the memory. */
  restore(): Program | undefined {
    const bytes = this.read()
    return bytes && restoreProgram(this.file, bytes)
  }

  written(): WrittenProgram | undefined {
    const bytes = this.read()
    return bytes && { file: this.file, bytes }
  }
}

/** How many bytes the code of a file takes. */
export function sizeOf({ code, learned, names, constants, text }: PartCounts): number {
  return 4 * (code + learned + names + constants) + text
}

/** The code of a file as it was before it ran. */
export function writeProgram(
  path: string,
  { source, pc, stretch, names }: Program,
  stamp: string,
): WrittenProgram {
  const { code, learned, constants } = writtenCode(stretch)
  const texts = constants.map(constantText)
  const text = Buffer.from(texts.join(""), "latin1")
  const numbers = [code, learned, names, Int32Array.from(texts, ({ length }) => length)]
  return {
    file: {
      path,
      stamp,
      base: source.base,
      length: source.length,
      pc,
      from: { ops: stretch.from.ops, constants: stretch.from.constants },
      parts: {
        code: code.length,
        learned: learned.length,
        names: names.length,
        constants: constants.length,
        text: text.length,
      },
    },
    bytes: Buffer.concat([...numbers.map(part => Buffer.from(part.buffer)), text]),
  }
}

/** Puts the code of a file back into the memory, and its text on the line of spans. */
function restoreProgram({ path, base, length, pc, from, parts }: KeptFile, bytes: Buffer): Program {
  const { code, learned, names, constants } = parts
  const numbers = new Int32Array(bytes.buffer, bytes.byteOffset, code + learned + names + constants)
  const lengths = numbers.subarray(code + learned + names)
  const written = {
    code: numbers.subarray(0, code),
    learned: numbers.subarray(code, code + learned),
    constants: constantsOf(bytes.toString("latin1", numbers.byteLength), lengths),
  }
  const source = new SourceText(path, base, length, undefined)
  restoreSource(source)
  return {
    source,
    pc,
    stretch: restoreCode(from, written),
    faults: [],
    names: numbers.slice(code + learned, code + learned + names),
    isKeepable: true,
  }
}

function constantsOf(texts: string, lengths: Int32Array): unknown[] {
  let at = 0
  return Array.from(lengths, length => constantOf(texts.slice(at, (at += length))))
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
