// Hashes as Nix names, reads and prints them.
//
// A hash travels as raw bytes with its algorithm; texts are made at the edge, because Nix accepts and prints one hash in
// six forms. Digests of texts go through the one-shot function of node:crypto where it exists (20.12 and later), which
// spares an object for each of the ten thousands of small digests that a NixOS system takes.

import * as crypto from "node:crypto"
import { base32Length, decodeBase32, encodeBase32 } from "./base32.js"
import { Blake3 } from "./blake3.js"
import { StoreError } from "./error.js"

export type HashAlgorithm = "blake3" | "md5" | "sha1" | "sha256" | "sha512"

export type HashFormat = "base16" | "nix32" | "base64" | "sri"

/** `bytes` has the length that `algorithm` says. */
export interface Hash {
  readonly algorithm: HashAlgorithm
  readonly bytes: Uint8Array
}

const sizes: Readonly<Record<HashAlgorithm, number>> = {
  blake3: 32,
  md5: 16,
  sha1: 20,
  sha256: 32,
  sha512: 64,
}

/** Whether there is a hash algorithm of this name. */
export function isHashAlgorithm(name: string): name is HashAlgorithm {
  return Object.hasOwn(sizes, name)
}

/** The algorithm called `name`. @throws StoreError for any other name */
export function parseHashAlgorithm(name: string): HashAlgorithm {
  if (isHashAlgorithm(name)) return name
  throw new StoreError(
    `unknown hash algorithm '${name}', expect 'blake3', 'md5', 'sha1', 'sha256', or 'sha512'`,
  )
}

/** The format called `name`; `base32` is the old name of `nix32`. @throws StoreError for any other name */
export function parseHashFormat(name: string): HashFormat {
  if (name === "base32") return "nix32"
  if (name === "base16" || name === "nix32" || name === "base64" || name === "sri") return name
  throw new StoreError(`unknown hash format '${name}', expect 'base16', 'base32', 'base64', or 'sri'`)
}

/** `hash` as text. Only `sri` says the algorithm. */
export function printHash(hash: Hash, format: HashFormat): string {
  const bytes = asBuffer(hash.bytes)
  if (format === "base16") return bytes.toString("hex")
  if (format === "nix32") return encodeBase32(hash.bytes)
  if (format === "base64") return bytes.toString("base64")
  return `${hash.algorithm}-${bytes.toString("base64")}`
}

/** `sha256:` and the digits in base 16: the form inside store path fingerprints. */
export function printPrefixedHash(hash: Hash): string {
  return `${hash.algorithm}:${printHash(hash, "base16")}`
}

/**
 * A hash in any form: `sha256:...`, `sha256-...` or, if the context gives `expected`, bare. The digits are base 16, base
 * 32 or base 64 by their number.
 * @throws StoreError with Nix's message
 */
export function parseHash(text: string, expected?: HashAlgorithm): Hash {
  // Nix looks for a colon in the whole text first, and only without one for a dash.
  const colon = text.indexOf(":")
  const prefixEnd = colon < 0 ? text.indexOf("-") : colon
  const stated = prefixEnd < 0 ? undefined : parseHashAlgorithm(text.slice(0, prefixEnd))
  const algorithm = stated ?? expected
  if (algorithm === undefined)
    throw new StoreError(
      `hash '${text}' does not include a type, nor is the type otherwise known from context`,
    )
  if (expected !== undefined && algorithm !== expected)
    throw new StoreError(`hash '${text}' should have type '${expected}'`)
  const digits = text.slice(prefixEnd + 1)
  const isSri = prefixEnd >= 0 && colon < 0
  return isSri ? sriDigits(digits, algorithm) : parseHashDigits(digits, algorithm)
}

/** A hash in the one form that says its algorithm before a dash. @throws StoreError */
export function parseSri(text: string): Hash {
  const dash = text.indexOf("-")
  if (dash < 0) throw new StoreError(`hash '${text}' is not SRI`)
  return sriDigits(text.slice(dash + 1), parseHashAlgorithm(text.slice(0, dash)))
}

function sriDigits(digits: string, algorithm: HashAlgorithm): Hash {
  return sized("SRI", digits, algorithm, decodeBase64(digits))
}

/**
 * As `parseHash`, but an empty text is the hash of all zeros, as `outputHash = ""` has it. The caller warns then.
 * @throws StoreError
 */
export function parseHashAllowEmpty(text: string, expected?: HashAlgorithm): Hash {
  if (text !== "") return parseHash(text, expected)
  if (expected === undefined) throw new StoreError("empty hash requires explicit hash algorithm")
  return { algorithm: expected, bytes: new Uint8Array(sizes[expected]) }
}

/** A hash without any prefix, its base told by the number of its digits. @throws StoreError */
export function parseHashDigits(digits: string, algorithm: HashAlgorithm): Hash {
  const size = sizes[algorithm]
  if (digits.length === size * 2) return sized("base16", digits, algorithm, decodeBase16(digits))
  if (digits.length === base32Length(size)) return sized("nix32", digits, algorithm, decodeBase32(digits))
  if (digits.length === Math.ceil(size / 3) * 4)
    return sized("Base64", digits, algorithm, decodeBase64(digits))
  throw new StoreError(`hash '${digits}' has wrong length for hash algorithm '${algorithm}'`)
}

/** The digest of `data`; a string is a byte string. */
export function hashBytes(algorithm: HashAlgorithm, data: string | Uint8Array): Hash {
  if (algorithm !== "blake3") return { algorithm, bytes: digest(algorithm, asBytes(data)) }
  const hasher = createHasher(algorithm)
  hasher.write(asBytes(data))
  return hasher.finish()
}

/** The SHA-256 of bytes or a byte string, in base 16: the hash of derivations and store paths. */
export function sha256Hex(data: string | Uint8Array): string {
  return digestHex("sha256", asBytes(data))
}

/** The SHA-256 of a byte string. */
export function sha256(text: string): Uint8Array {
  return digest("sha256", asBytes(text))
}

/** Takes bytes piece by piece. `finish` is called once, at the end. */
export interface Hasher {
  write(bytes: Uint8Array): void
  finish(): Hash
}

/** A digest over a stream. */
export function createHasher(algorithm: HashAlgorithm): Hasher {
  if (algorithm === "blake3") {
    const state = new Blake3()
    return { write: bytes => state.write(bytes), finish: () => ({ algorithm, bytes: state.finish() }) }
  }
  const state = crypto.createHash(algorithm)
  return {
    write: bytes => void state.update(bytes),
    finish: () => ({ algorithm, bytes: state.digest() }),
  }
}

/** Folds a digest to 20 bytes by exclusive or: how a SHA-256 gets into a store path. */
export function compressHash(digest: Uint8Array): Uint8Array {
  const folded = new Uint8Array(20)
  for (let at = 0; at < digest.length; at++) folded[at % folded.length] ^= digest[at]
  return folded
}

/** The bytes of base 16 digits of either case, or undefined. */
function decodeBase16(text: string): Uint8Array | undefined {
  return text.length % 2 === 0 && /^[0-9a-fA-F]*$/.test(text) ? Buffer.from(text, "hex") : undefined
}

/** The bytes of base 64, or undefined. As in Nix, `=` ends it wherever it stands and line ends do not count. */
function decodeBase64(text: string): Uint8Array | undefined {
  const padding = text.indexOf("=")
  const digits = (padding < 0 ? text : text.slice(0, padding)).replaceAll("\n", "")
  if (!/^[A-Za-z0-9+/]*$/.test(digits)) return undefined
  return Buffer.from(digits, "base64").subarray(0, Math.floor((digits.length * 3) / 4))
}

function sized(form: string, digits: string, algorithm: HashAlgorithm, bytes: Uint8Array | undefined): Hash {
  const length = bytes?.length ?? 0
  if (bytes === undefined || length !== sizes[algorithm])
    throw new StoreError(
      `invalid ${form} hash '${digits}', length ${length} != expected length ${sizes[algorithm]}`,
    )
  return { algorithm, bytes }
}

// One buffer for all texts: allocating one for each costs more than the digest of a short text.
const scratch = Buffer.alloc(64 * 1024)

function asBytes(data: string | Uint8Array): Uint8Array {
  if (typeof data !== "string") return data
  if (data.length > scratch.length) return Buffer.from(data, "latin1")
  return scratch.subarray(0, scratch.write(data, "latin1"))
}

// Digests are Buffers already, and wrapping one costs as much as printing it.
function asBuffer(bytes: Uint8Array): Buffer {
  return bytes instanceof Buffer ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

const oneShot = typeof crypto.hash === "function"

function digest(algorithm: string, bytes: Uint8Array): Uint8Array {
  return oneShot
    ? crypto.hash(algorithm, bytes, "buffer")
    : crypto.createHash(algorithm).update(bytes).digest()
}

function digestHex(algorithm: string, bytes: Uint8Array): string {
  return oneShot
    ? crypto.hash(algorithm, bytes, "hex")
    : crypto.createHash(algorithm).update(bytes).digest("hex")
}
