// Store paths that were computed before, for whoever evaluates nearly the same again and again: hashing is what takes the
// time. It may outlive evaluations, since what a path is computed from is all that counts.

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
  private readonly copies = new Map<string, string>()

  /** As the function of this name. Throws StoreError. */
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

  /** The path of a copy of a file in one state, which `state` tells from all others; `compute` hashes the file. */
  copyPath(name: string, state: string, storeDir: string, compute: () => string): string {
    const key = [storeDir, name, state].join("\n")
    let path = this.copies.get(key)
    if (path === undefined) {
      path = compute()
      if (this.copies.size >= MOST_COPIES) this.copies.clear()
      this.copies.set(key, path)
    }
    return path
  }
}

/** A NixOS system writes some 300, of some KB each. */
const MOST_TEXTS = 2_000

const MOST_COPIES = 20_000
