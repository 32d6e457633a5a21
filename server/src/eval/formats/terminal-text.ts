// What Nix does to a text before a person sees it: removes escape sequences of terminals, and replaces tabs by spaces.
//
// nixpkgs colours its messages, and Nix removes the colours if nobody sees them. As in Nix, tab stops are counted from the beginning of
// the text and not of the line. East Asian letters and emoji take two columns; marks and what is no character of its own, none.

import { textOfBytes } from "../values/byte-text.js"

const ESCAPE = "\x1b"
const BELL = "\x07"

// ESC [ parameters final; ESC ] and all up to a bell or ESC \; or ESC and one more. Bells and returns go too.
const unseen = new RegExp(
  `${ESCAPE}(?:\\[[0-?]*[ -/]*[@-~]?|\\][^${ESCAPE}${BELL}]*(?:${ESCAPE}\\\\?|${BELL})?|[@-_]?)|[\r${BELL}]`,
  "g",
)

/** A byte string without escape sequences; those that set colours stay if `colours` says so. */
export function terminalText(text: string, { colours }: { readonly colours: boolean }): string {
  const plain = text.replace(unseen, found => (colours && isColour(found) ? found : ""))
  return plain.includes("\t") ? withoutTabs(plain) : plain
}

function isColour(sequence: string): boolean {
  return sequence.startsWith(`${ESCAPE}[`) && sequence.endsWith("m")
}

function withoutTabs(text: string): string {
  const [first, ...rest] = text.split("\t")
  let column = columns(first)
  let result = first
  for (const part of rest) {
    const stop = column - (column % 8) + 8
    result += " ".repeat(stop - column) + part
    column = stop + columns(part)
  }
  return result
}

const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u2630-\u2637\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6b\uff01-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}/u
// Also the vowels of Hangul, which join the letter before them.
const NARROWEST = /[\p{M}\p{C}\p{Zl}\p{Zp}\u1160-\u11ff]/u
const REGIONAL = /\p{Regional_Indicator}/u

function columns(text: string): number {
  const visible = text.replace(unseen, "")
  if (/^[\x20-\x7e]*$/.test(visible)) return visible.length
  let count = 0
  for (const character of textOfBytes(visible)) count += columnsOf(character)
  return count
}

function columnsOf(character: string): number {
  if (NARROWEST.test(character)) return 0
  return WIDE.test(character) && !REGIONAL.test(character) ? 2 : 1
}
