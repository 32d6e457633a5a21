// BLAKE3, which node:crypto lacks: Nix names content by it where the experimental feature `blake3-hashes` is on.
//
// The input is cut into chunks of 1,024 bytes and these into blocks of 64; every chunk is hashed by itself, and a binary
// tree of parents joins the results. A subtree is complete as soon as the number of chunks has its bit set, so the stack
// never holds more than one value for each bit of that number.

const initial = new Uint32Array([
  0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
])

const flags = { chunkStart: 1, chunkEnd: 2, parent: 4, root: 8 }

const chunkSize = 1024
const blockSize = 64

/** Where each word of a block is after a round. */
const permutation = [2, 6, 3, 10, 7, 0, 4, 13, 1, 11, 12, 5, 9, 14, 15, 8]

/** Columns, then diagonals, that a round mixes. */
const quarters = [
  [0, 4, 8, 12],
  [1, 5, 9, 13],
  [2, 6, 10, 14],
  [3, 7, 11, 15],
  [0, 5, 10, 15],
  [1, 6, 11, 12],
  [2, 7, 8, 13],
  [3, 4, 9, 14],
] as const

/** What compressing a block takes; kept until it is known whether it is the root. */
interface Block {
  readonly chaining: Uint32Array
  readonly words: Uint32Array
  readonly counter: number
  readonly length: number
  readonly flags: number
}

/** Takes bytes piece by piece. */
export class Blake3 {
  private readonly stack: Uint32Array[] = []
  private readonly chunk = new Uint8Array(chunkSize)
  private used = 0
  private chunks = 0

  /** Adds bytes. */
  write(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; ) {
      // The last chunk is special, so a full one waits until more comes.
      if (this.used === chunkSize) this.endChunk()
      const taken = Math.min(chunkSize - this.used, bytes.length - at)
      this.chunk.set(bytes.subarray(at, at + taken), this.used)
      this.used += taken
      at += taken
    }
  }

  /** The 32 bytes of the digest. */
  finish(): Uint8Array {
    let block = lastBlock(this.chunk.subarray(0, this.used), this.chunks)
    for (const left of this.stack.reverse()) block = parentBlock(left, compress(block))
    const words = compress({ ...block, counter: 0, flags: block.flags | flags.root })
    const digest = new Uint8Array(32)
    const view = new DataView(digest.buffer)
    words.forEach((word, at) => {
      view.setUint32(at * 4, word, true)
    })
    return digest
  }

  private endChunk(): void {
    let value = compress(lastBlock(this.chunk, this.chunks))
    this.chunks++
    for (let count = this.chunks; (count & 1) === 0; count /= 2) {
      const left = this.stack.pop()
      if (left !== undefined) value = compress(parentBlock(left, value))
    }
    this.stack.push(value)
    this.used = 0
  }
}

/** The last block of a chunk, with what the blocks before it came to. */
function lastBlock(chunk: Uint8Array, counter: number): Block {
  let chaining: Uint32Array = initial
  let at = 0
  const flagsAt = () => (at === 0 ? flags.chunkStart : 0)
  for (; at + blockSize < chunk.length; at += blockSize)
    chaining = compress({
      chaining,
      words: wordsOf(chunk, at),
      counter,
      length: blockSize,
      flags: flagsAt(),
    })
  const length = chunk.length - at
  return { chaining, words: wordsOf(chunk, at), counter, length, flags: flagsAt() | flags.chunkEnd }
}

function parentBlock(left: Uint32Array, right: Uint32Array): Block {
  const words = new Uint32Array([...left, ...right])
  return { chaining: initial, words, counter: 0, length: blockSize, flags: flags.parent }
}

/** Little endian, with zeros behind the end. */
function wordsOf(bytes: Uint8Array, start: number): Uint32Array {
  const words = new Uint32Array(16)
  const end = Math.min(bytes.length, start + blockSize)
  for (let at = start; at < end; at++) words[(at - start) >> 2] |= bytes[at] << (((at - start) & 3) * 8)
  return words
}

function compress({ chaining, words, counter, length, flags }: Block): Uint32Array {
  const state = new Uint32Array(16)
  state.set(chaining)
  state.set(initial.subarray(0, 4), 8)
  state.set([counter, Math.floor(counter / 2 ** 32), length, flags], 12)
  let message: Uint32Array = words
  for (let round = 0; round < 7; round++) {
    if (round > 0) message = Uint32Array.from(permutation, from => message[from])
    quarters.forEach((quarter, at) => {
      mix(state, quarter, message[2 * at], message[2 * at + 1])
    })
  }
  return Uint32Array.from({ length: 8 }, (_, at) => state[at] ^ state[at + 8])
}

function mix(state: Uint32Array, [a, b, c, d]: (typeof quarters)[number], x: number, y: number): void {
  state[a] += state[b] + x
  state[d] = rotate(state[d] ^ state[a], 16)
  state[c] += state[d]
  state[b] = rotate(state[b] ^ state[c], 12)
  state[a] += state[b] + y
  state[d] = rotate(state[d] ^ state[a], 8)
  state[c] += state[d]
  state[b] = rotate(state[b] ^ state[c], 7)
}

function rotate(word: number, by: number): number {
  return (word >>> by) | (word << (32 - by))
}
