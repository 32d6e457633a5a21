// Store paths and hashes that were computed before, for whoever evaluates nearly the same again and again: hashing takes the time.
// It may outlive an evaluation, since a path depends on nothing but what it is computed from.

import type { Hash } from "./hash.js"
import { Instantiations } from "./instantiations.js"
import { textPath } from "./store-path.js"

interface NamedText {
  readonly name: string
  readonly references: string
  readonly storeDir: string
  readonly path: string
}

export class StoreMemory {
  readonly derivations = new Instantiations()
  /** By the text: one name each, since the same text under another name is rare. */
  private readonly texts = new Map<string, NamedText>()
  private readonly trees = new Map<string, Hash>()

  /** As the function of this name. @throws StoreError */
  textPath(name: string, text: string, referencesOfText: readonly string[], storeDir: string): string {
    const references = referencesOfText.join()
    const isSame = (known: NamedText) =>
      known.name === name && known.references === references && known.storeDir === storeDir
    const known = this.texts.get(text)
    if (known !== undefined && isSame(known)) return known.path
    const path = textPath(name, text, referencesOfText, storeDir)
    if (this.texts.size >= MOST_TEXTS) this.texts.clear()
    this.texts.set(text, { name, references, storeDir, path })
    return path
  }

  /** The hash of the archive of a tree in one state, which `state` tells from all others; `compute` makes it. */
  hashOfTree(state: string, compute: () => Hash): Hash {
    let hash = this.trees.get(state)
    if (hash === undefined) {
      hash = compute()
      if (this.trees.size >= MOST_TREES) this.trees.clear()
      this.trees.set(state, hash)
    }
    return hash
  }
}

/** A NixOS system writes some 300, of some KB each. */
const MOST_TEXTS = 2_000

const MOST_TREES = 20_000
