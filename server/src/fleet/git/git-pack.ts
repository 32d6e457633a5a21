// A pack: the file in which git keeps many objects, compressed, and often as differences from one another.
//
// Format: git documentation, gitformat-pack (packs and their index, version 2). Only commits are ever asked for, so the packs of a
// large repository cost a few small reads each.

import { inflateSync } from "node:zlib"
import type { Files } from "../files.js"

const OFFSET_DELTA = 6
const REFERENCE_DELTA = 7

/** More than a compressed commit takes; a longer one is read again in full. */
const FIRST_READ = 4096

/** One pack with its index. */
export class GitPack {
  private index: Buffer | undefined

  constructor(
    private readonly files: Files,
    /** Path without `.pack` and `.idx`. */
    private readonly path: string,
  ) {}

  /**
   * The content of an object; undefined if the pack does not have it. Throws an Error for an index that cannot be read.
   * @param other looks up objects anywhere in the repository: one that is stored as a difference names its base by id
   */
  object(id: string, other: (id: string) => Buffer | undefined): Buffer | undefined {
    const offset = this.offsetOf(Buffer.from(id, "hex"))
    return offset === undefined ? undefined : this.at(offset, id.length / 2, other)
  }

  /** Looks an id up: 256 counts by first byte, then the sorted ids, their checksums and their offsets. */
  private offsetOf(id: Buffer): number | undefined {
    const index = (this.index ??= toBuffer(this.files.readBytes(`${this.path}.idx`)))
    if (index.readUInt32BE(0) !== 0xff744f63) throw new Error(`${this.path}.idx is of an unknown version`)
    const counts = 8
    const total = index.readUInt32BE(counts + 255 * 4)
    const ids = counts + 256 * 4
    let low = id[0] === 0 ? 0 : index.readUInt32BE(counts + (id[0] - 1) * 4)
    let high = index.readUInt32BE(counts + id[0] * 4)
    while (low < high) {
      const middle = (low + high) >> 1
      const order = index.compare(id, 0, id.length, ids + middle * id.length, ids + (middle + 1) * id.length)
      if (order === 0) return this.offsetAt(index, ids + total * (id.length + 4), total, middle)
      if (order < 0) low = middle + 1
      else high = middle
    }
    return undefined
  }

  private offsetAt(index: Buffer, offsets: number, total: number, position: number): number {
    const offset = index.readUInt32BE(offsets + position * 4)
    if (offset < 0x80000000) return offset
    return Number(index.readBigUInt64BE(offsets + total * 4 + (offset - 0x80000000) * 8))
  }

  private at(
    offset: number,
    idLength: number,
    other: (id: string) => Buffer | undefined,
  ): Buffer | undefined {
    const { kind, size, data } = this.entry(offset)
    if (kind === OFFSET_DELTA) {
      const [distance, used] = readDistance(data)
      const base = this.at(offset - distance, idLength, other)
      return base === undefined ? undefined : applyDelta(base, this.inflate(offset, data, used, size))
    }
    if (kind === REFERENCE_DELTA) {
      const base = other(data.toString("hex", 0, idLength))
      return base === undefined ? undefined : applyDelta(base, this.inflate(offset, data, idLength, size))
    }
    return this.inflate(offset, data, 0, size)
  }

  /** Kind and size of an entry: 3 and 4 bits in the first byte, 7 more in each that follows. */
  private entry(offset: number): { kind: number; size: number; data: Buffer } {
    const bytes = toBuffer(this.files.readSlice(`${this.path}.pack`, offset, FIRST_READ))
    const kind = (bytes[0] >> 4) & 7
    let size = bytes[0] & 15
    let at = 0
    for (let shift = 4; (bytes[at] & 0x80) !== 0; shift += 7) size += (bytes[++at] & 0x7f) * 2 ** shift
    return { kind, size, data: bytes.subarray(at + 1) }
  }

  /** `data` begins somewhere behind `offset`; if it is too short for `size` bytes, as much again is read as can be needed. */
  private inflate(offset: number, data: Buffer, used: number, size: number): Buffer {
    if (size + 64 <= data.length - used || data.length < FIRST_READ - 32)
      return inflateSync(data.subarray(used))
    const header = FIRST_READ - data.length
    const bytes = this.files.readSlice(`${this.path}.pack`, offset + header + used, size + (size >> 3) + 64)
    return inflateSync(bytes)
  }
}

function toBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
}

/** How far before the delta its base begins, and how many bytes said so. */
function readDistance(data: Buffer): [distance: number, used: number] {
  let at = 0
  let distance = data[0] & 0x7f
  while ((data[at++] & 0x80) !== 0) distance = (distance + 1) * 128 + (data[at] & 0x7f)
  return [distance, at]
}

/** Puts an object together from pieces of another and new bytes. */
function applyDelta(base: Buffer, delta: Buffer): Buffer {
  let at = 0
  const number = (): number => {
    let value = 0
    for (let shift = 0; ; shift += 7) {
      value += (delta[at] & 0x7f) * 2 ** shift
      if ((delta[at++] & 0x80) === 0) return value
    }
  }
  const bits = (mask: number, bytes: number): number => {
    let value = 0
    for (let i = 0; i < bytes; i++) if ((mask & (1 << i)) !== 0) value += delta[at++] * 2 ** (8 * i)
    return value
  }
  number()
  const result = Buffer.alloc(number())
  for (let to = 0; at < delta.length; ) {
    const instruction = delta[at++]
    if ((instruction & 0x80) === 0) {
      to += delta.copy(result, to, at, at + instruction)
      at += instruction
    } else {
      const from = bits(instruction & 15, 4)
      const length = bits((instruction >> 4) & 7, 3) || 0x10000
      to += base.copy(result, to, from, from + length)
    }
  }
  return result
}
