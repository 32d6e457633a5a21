// UTF-8 in byte strings: what is well formed, and how a code point is spelled.

/**
 * The offset after the well-formed sequence that starts at `at`, a byte of 0x80 or more; or, if there is none, the
 * bitwise complement of the offset of the byte that spoils it (the end of the text if it is cut short).
 */
export function utf8SequenceEnd(text: string, at: number): number {
  const lead = text.charCodeAt(at)
  if (lead < 0xc2 || lead > 0xf4) return ~at
  const end = at + (lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4)
  // The second byte rules out overlong forms, surrogates and what lies beyond the last plane.
  let low = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80
  let high = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf
  for (let next = at + 1; next < end; next++) {
    const byte = text.charCodeAt(next)
    if (!(low <= byte && byte <= high)) return ~next
    low = 0x80
    high = 0xbf
  }
  return end
}

/** The offset of the first byte at which `text` stops being UTF-8 (its length if it is cut short), or -1. */
export function utf8Fault(text: string): number {
  // Most texts are ASCII, and a pattern finds that out ten times as fast as a loop.
  for (let at = text.search(/[\x80-\xff]/); at >= 0 && at < text.length; ) {
    if (text.charCodeAt(at) < 0x80) at++
    else {
      const end = utf8SequenceEnd(text, at)
      if (end < 0) return ~end
      at = end
    }
  }
  return -1
}

/** The bytes of a Unicode scalar value. */
export function utf8Bytes(codePoint: number): string {
  if (codePoint < 0x80) return String.fromCharCode(codePoint)
  const tail = (shift: number) => 0x80 | ((codePoint >> shift) & 0x3f)
  if (codePoint < 0x800) return String.fromCharCode(0xc0 | (codePoint >> 6), tail(0))
  if (codePoint < 0x10000) return String.fromCharCode(0xe0 | (codePoint >> 12), tail(6), tail(0))
  return String.fromCharCode(0xf0 | (codePoint >> 18), tail(12), tail(6), tail(0))
}
