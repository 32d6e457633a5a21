// Hashes that programs state for what they fetch or copy. An empty text means a hash of zeros, about which Nix warns: people write it
// to be told the right hash.

import {
  type Hash,
  type HashAlgorithm,
  parseHash,
  parseHashAllowEmpty,
  printHash,
} from "../../store/index.js"
import type { Evaluator } from "../evaluator.js"
import { requireFeature } from "../language-settings.js"

/** @throws StoreError for a text that is no hash */
export function promisedHash(ev: Evaluator, text: string, algorithm?: HashAlgorithm): Hash {
  requireAlgorithm(ev, text)
  const hash = parseHashAllowEmpty(text, algorithm)
  if (text === "") ev.io.trace(`warning: found empty hash, assuming '${printHash(hash, "sri")}'`)
  return hash
}

/** As `promisedHash`, where an empty text is none. */
export function writtenHash(ev: Evaluator, text: string, algorithm?: HashAlgorithm): Hash {
  requireAlgorithm(ev, text)
  return parseHash(text, algorithm)
}

/** Nix reads the algorithm that a hash states before the hash. */
function requireAlgorithm(ev: Evaluator, text: string): void {
  if (/^blake3(:|-[^:]*$)/.test(text)) requireFeature(ev.language, "blake3-hashes")
}
