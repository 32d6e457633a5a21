// Nix's base 32: its own alphabet (no e, o, t, u, so that a hash spells no words) and its own order, in which the bytes
// are one little-endian number whose most significant digit is written first.

const digits = "0123456789abcdfghijklmnpqrsvwxyz"

const digitOf = new Int8Array(256).fill(-1)
for (let value = 0; value < 32; value++) digitOf[digits.charCodeAt(value)] = value

/** How many base-32 digits `size` bytes take. */
export function base32Length(size: number): number {
  return size === 0 ? 0 : Math.floor((size * 8 - 1) / 5) + 1
}

/** `bytes` in Nix's base 32: 20 bytes give the 32 digits of a store path. */
export function encodeBase32(bytes: Uint8Array): string {
  let text = ""
  for (let n = base32Length(bytes.length) - 1; n >= 0; n--) {
    const bit = n * 5
    const at = bit >> 3
    const shift = bit & 7
    const high = at + 1 < bytes.length ? bytes[at + 1] << (8 - shift) : 0
    text += digits[((bytes[at] >> shift) | high) & 31]
  }
  return text
}

/**
 * The bytes of `text`, or undefined if it holds a character outside the alphabet. A text whose top digit carries bits
 * beyond the last whole byte comes back one byte longer than its length implies, which the caller's length check rejects.
 */
export function decodeBase32(text: string): Uint8Array | undefined {
  const bytes = new Uint8Array(Math.floor((text.length * 5) / 8) + 2)
  let used = 0
  for (let n = 0; n < text.length; n++) {
    const value = digitOf[text.charCodeAt(text.length - n - 1) & 255]
    if (value < 0 || text.charCodeAt(text.length - n - 1) > 255) return undefined
    const bit = n * 5
    const at = bit >> 3
    const shift = bit & 7
    const carry = value >> (8 - shift)
    bytes[at] |= value << shift
    bytes[at + 1] |= carry
    used = Math.max(used, carry > 0 ? at + 2 : at + 1)
  }
  return bytes.subarray(0, used)
}

/** The first character of `text` outside the alphabet, or undefined. */
export function firstNonBase32(text: string): string | undefined {
  for (const character of text) {
    const code = character.charCodeAt(0)
    if (code > 255 || digitOf[code] < 0) return character
  }
  return undefined
}
