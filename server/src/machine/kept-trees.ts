// Hashes of source trees, kept on disk between runs. Hashing the tree that a flake is in reads all of its files, a tenth of what a
// first hover waits for; what the file system says of them costs a fifth of that.
//
// One line a tree: a digest of the state that all of its files were in, and the hash. The digest says nothing of where it was.

import type { KnownHashes } from "../fleet/index.js"

/** The oldest go: each change of a tree adds one, and nobody comes back to a state of long ago. */
const MOST_TREES = 200

export class KeptTrees implements KnownHashes {
  private readonly hashes = new Map<string, string>()
  /** Trees that were hashed anew. */
  added = 0

  /** @param text what `text()` gave at the end of an earlier run; anything else is ignored line by line */
  constructor(text: string) {
    for (const line of text.split("\n")) {
      const [, state, hash] = /^([\da-f]{64}) ([\da-f]{64})$/.exec(line) ?? []
      if (state !== undefined) this.hashes.set(state, hash)
    }
  }

  get(state: string): string | undefined {
    return this.hashes.get(state)
  }

  keep(state: string, hash: string): void {
    this.hashes.set(state, hash)
    this.added++
  }

  text(): string {
    const lines = Array.from(this.hashes, ([state, hash]) => `${state} ${hash}\n`)
    return lines.slice(-MOST_TREES).join("")
  }
}
