// Keeps hashes of source trees on disk between runs. Hashing the tree of a flake reads all of its files, which is a tenth of what a
// first hover waits for. Asking the file system about them costs a fifth of that.
//
// A line per tree has a digest of the state of all its files, and its hash. Paths are not part of the digest.

import type { KnownHashes } from "../fleet/index.js"

/** Older ones are dropped: each change of a tree adds one, and nobody returns to a state of long ago. */
const MOST_TREES = 200

export class KeptTrees implements KnownHashes {
  private readonly hashes = new Map<string, string>()
  /** How many hashes are new. */
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
