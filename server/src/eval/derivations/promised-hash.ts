// The hash that a program promises of what it fetches or copies. An empty one stands for the hash of all zeros, of which Nix
// warns: people write it to be told the right one.

import { type Hash, type HashAlgorithm, parseHashAllowEmpty, printHash } from "../../store/index.js"
import type { Evaluator } from "../evaluator.js"

/** @throws StoreError for a text that is no hash */
export function promisedHash(ev: Evaluator, text: string, algorithm?: HashAlgorithm): Hash {
  const hash = parseHashAllowEmpty(text, algorithm)
  if (text === "") ev.io.trace(`warning: found empty hash, assuming '${printHash(hash, "sri")}'`)
  return hash
}
