// Which number literals Nix takes. It reads integers of 64 bits, which have no sign, and asks C's `strtod` for floats, which
// says of what is too large, and of what is too small to be exact, that it is out of range.

const LARGEST_INTEGER = 0x7fffffffffffffffn
const SMALLEST_NORMAL = 2 ** -1022

/** Whether an integer is one of 64 bits. */
export function isIntegerInRange(text: string): boolean {
  // Below 19 digits every one is.
  return text.length < 19 || BigInt(text) <= LARGEST_INTEGER
}

/** The float that a literal spells; undefined where it is out of range. */
export function floatOfLiteral(text: string): number | undefined {
  const value = Number(text)
  const isTiny = Math.abs(value) < SMALLEST_NORMAL && /[1-9]/.test(text.replace(/e.*$/i, ""))
  return Number.isFinite(value) && !isTiny ? value : undefined
}
