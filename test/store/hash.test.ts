// Hashes in every form that Nix reads and prints. The expected texts are what Nix 2.34.8 printed for the same input.

import assert from "node:assert/strict"
import {
  decodeBase32,
  encodeBase32,
  type HashAlgorithm,
  hashBytes,
  parseHash,
  parseHashAlgorithm,
  parseHashAllowEmpty,
  parseHashFormat,
  printHash,
  sha256Hex,
} from "../../server/src/store/index.js"

const empty16 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
const empty64 = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="

const parsed = (text: string, algorithm?: HashAlgorithm) => printHash(parseHash(text, algorithm), "base16")

describe("hash", () => {
  it("prints digests in base 16, base 64, SRI and Nix's base 32", () => {
    const hash = hashBytes("sha256", "")
    assert.equal(printHash(hash, "base16"), empty16)
    assert.equal(printHash(hash, "base64"), empty64)
    assert.equal(printHash(hash, "sri"), `sha256-${empty64}`)
    assert.equal(printHash(hashBytes("md5", "hello\n"), "nix32"), "4425hx5d1mc9y39llj4k4nm55i")
    assert.equal(printHash(hashBytes("sha1", "hello\n"), "nix32"), "iwjz551fyw0cxcjgf4l6c879zabd6wpm")
    assert.equal(
      printHash(hashBytes("sha512", "hello\n"), "nix32"),
      "0lrc0dwnvipqviibf7qfm1y492qvjwb1zhkcyi05cndmva1mr5gjcgrnz1x36djmk0sfg8djd2n0qv68vib2jg590mwznar9jcjphp7",
    )
  })

  it("hashes a byte string as its bytes, however long it is", () => {
    const bytes = "\u00e9".repeat(100_000)
    assert.equal(sha256Hex(bytes), sha256Hex(Buffer.from(bytes, "latin1")))
    assert.notEqual(sha256Hex(bytes), sha256Hex(Buffer.from(bytes, "utf8")))
  })

  it("reads one hash in all its forms", () => {
    const base32 = printHash(parseHash(empty16, "sha256"), "nix32")
    for (const digits of [empty16, empty16.toUpperCase(), base32, empty64]) {
      assert.equal(parsed(digits, "sha256"), empty16)
      assert.equal(parsed(`sha256:${digits}`), empty16)
      assert.equal(parsed(`sha256:${digits}`, "sha256"), empty16)
    }
    assert.equal(parsed(`sha256-${empty64}`), empty16)
    assert.equal(parsed(`sha256-${empty64}==`), empty16)
    assert.equal(parsed(`sha256-${empty64.slice(0, -1)}`), empty16)
    assert.equal(parsed("md5-1B2M2Y8AsgTpgAmY7PhCfg=="), "d41d8cd98f00b204e9800998ecf8427e")
  })

  it("takes an empty text for the hash of zeros only where Nix does", () => {
    assert.equal(
      printHash(parseHashAllowEmpty("", "sha256"), "sri"),
      "sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
    )
    assert.throws(() => parseHashAllowEmpty(""), { message: "empty hash requires explicit hash algorithm" })
  })

  const refused: [text: string, algorithm: HashAlgorithm | undefined, message: string][] = [
    ["abc", undefined, "hash 'abc' does not include a type, nor is the type otherwise known from context"],
    ["abc", "sha256", "hash 'abc' has wrong length for hash algorithm 'sha256'"],
    ["sha256:abc", undefined, "hash 'abc' has wrong length for hash algorithm 'sha256'"],
    ["sha256-abc", undefined, "invalid SRI hash 'abc', length 2 != expected length 32"],
    ["sha256-", undefined, "invalid SRI hash '', length 0 != expected length 32"],
    ["sha256-!", undefined, "invalid SRI hash '!', length 0 != expected length 32"],
    ["sha1:abc", "sha256", "hash 'sha1:abc' should have type 'sha256'"],
    ["", "sha256", "hash '' has wrong length for hash algorithm 'sha256'"],
    [
      "a-b:c",
      undefined,
      "unknown hash algorithm 'a-b', expect 'blake3', 'md5', 'sha1', 'sha256', or 'sha512'",
    ],
    [
      `e${"0".repeat(51)}`,
      "sha256",
      `invalid nix32 hash 'e${"0".repeat(51)}', length 0 != expected length 32`,
    ],
    [
      `z${"0".repeat(51)}`,
      "sha256",
      `invalid nix32 hash 'z${"0".repeat(51)}', length 33 != expected length 32`,
    ],
    [
      `zz${"0".repeat(62)}`,
      "sha256",
      `invalid base16 hash 'zz${"0".repeat(62)}', length 0 != expected length 32`,
    ],
    [
      `${empty64.slice(0, -2)}!=`,
      "sha256",
      `invalid Base64 hash '${empty64.slice(0, -2)}!=', length 0 != expected length 32`,
    ],
  ]
  for (const [text, algorithm, message] of refused)
    it(`refuses '${text}' as ${algorithm ?? "a hash"} like Nix`, () =>
      assert.throws(() => parseHash(text, algorithm), { name: "StoreError", message }))

  it("knows the names of algorithms and formats, and no other", () => {
    assert.equal(parseHashAlgorithm("sha512"), "sha512")
    assert.throws(() => parseHashAlgorithm("toString"), /^StoreError: unknown hash algorithm 'toString'/)
    assert.equal(parseHashFormat("base32"), "nix32")
    assert.throws(() => parseHashFormat("sri2"), {
      message: "unknown hash format 'sri2', expect 'base16', 'base32', 'base64', or 'sri'",
    })
  })
})

describe("base 32", () => {
  it("reads back what it wrote, whatever the length", () => {
    for (let length = 0; length < 40; length++) {
      const bytes = Uint8Array.from({ length }, (_, at) => (at * 89 + length * 7 + 200) & 255)
      assert.deepEqual(Array.from(decodeBase32(encodeBase32(bytes))!), Array.from(bytes))
    }
  })

  it("refuses letters outside the alphabet", () => {
    for (const text of ["e", "0o0", "t1", "u", "A", "\u0130"]) assert.equal(decodeBase32(text), undefined)
  })
})
