// What Nix does to a text before a person sees it: escape sequences of terminals go, and tabs become spaces.
//
// nixpkgs colours its messages, and Nix takes the colours out again where nobody sees them. Tab stops are counted from the
// beginning of the text, not of the line, as Nix does; a character counts as one column, also where it is wide.

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

/** Bytes that begin a character, and are none that moves the cursor. */
function columns(text: string): number {
  const visible = text.replace(unseen, "")
  let count = 0
  for (let at = 0; at < visible.length; at++) {
    const byte = visible.charCodeAt(at)
    if (0x20 <= byte && byte !== 0x7f && (byte & 0xc0) !== 0x80) count++
  }
  return count
}
