// Layer 1: Nix's formats and hashes. Bytes in, bytes out; no files, no daemon, no evaluator.

export { printDerivation } from "./aterm.js"
export { decodeBase32, encodeBase32 } from "./base32.js"
export {
  type Derivation,
  type DerivationOutput,
  type DynamicInput,
  type DynamicInputs,
  knownOutputPath,
} from "./derivation.js"
export { StoreError } from "./error.js"
export * from "./hash.js"
export * from "./instantiate.js"
export { Instantiations } from "./instantiations.js"
export * from "./nar.js"
export { parseDerivation } from "./parse-derivation.js"
export { StoreMemory } from "./store-memory.js"
export * from "./store-path.js"
