// The tokens of a JSON text, and the errors about wrong ones.
//
// Nix uses the library nlohmann/json, and its messages are part of what users see and tests compare: they say what was
// being read, what was found, what was wanted, and the text of the last token. The text runs from the start of the last
// string or number (other tokens do not reset it) to the last byte that was looked at; so does the position.

import { nulMessage } from "../../syntax/index.js"
import { utf8Bytes, utf8SequenceEnd } from "../values/utf8.js"

/** A text that is no JSON, or a string that JSON cannot hold. The message is Nix's. */
export class JsonError extends Error {
  constructor(message: string) {
    super(message)
    this.name = "JsonError"
  }
}

/** What the parser wants at a place: the words for it, and for the token that would be right there. */
export interface Wanted {
  readonly context: string
  readonly token: string
}

export const aValue: Wanted = { context: "value", token: "'[', '{', or a literal" }
export const aKey: Wanted = { context: "object key", token: "string literal" }
export const aColon: Wanted = { context: "object separator", token: "':'" }
export const arrayEnd: Wanted = { context: "array", token: "']'" }
export const objectEnd: Wanted = { context: "object", token: "'}'" }
export const theEnd: Wanted = { context: "value", token: "end of input" }

const notPlain = /[^ !#-[\]-\x7f]/
const plainRun = /[ !#-[\]-\x7f]*/y
const numberForm = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/y
const literals: Readonly<Record<string, string>> = { t: "true", f: "false", n: "null" }

/** Reads the tokens of a byte string. Every method throws JsonError. */
export class JsonScanner {
  /** Offset of what comes next. */
  at = 0
  /** What is read now, for messages. */
  wanted = aValue
  // Where the text of the last token starts, for messages.
  private tokenStart = 0

  constructor(private readonly text: string) {
    this.skipByteOrderMark()
  }

  /** The next character that is not white space, "" at the end; `at` is then its offset. */
  next(): string {
    let code = this.text.charCodeAt(this.at)
    while (code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09)
      code = this.text.charCodeAt(++this.at)
    return this.text.charAt(this.at)
  }

  /** Moves behind `true`, `false` or `null`, whose first letter is given. */
  literal(first: string): void {
    const word = literals[first]
    for (let offset = 1; offset < word.length; offset++)
      if (this.text[this.at + offset] !== word[offset]) this.broken("invalid literal", this.at + offset)
    this.at += word.length
  }

  /** Moves behind a number: all of it, its fraction, its exponent. */
  number(): RegExpExecArray {
    this.tokenStart = this.at
    numberForm.lastIndex = this.at
    const found = numberForm.exec(this.text)
    if (found === null) return this.broken("invalid number; expected digit after '-'", this.at + 1)
    this.at += found[0].length
    const { text, at } = this
    if (text[at] === "." && found[1] === undefined && found[2] === undefined)
      this.broken("invalid number; expected digit after '.'", at + 1)
    if ((text[at] === "e" || text[at] === "E") && found[2] === undefined) {
      const isSigned = text[at + 1] === "+" || text[at + 1] === "-"
      if (isSigned) this.broken("invalid number; expected digit after exponent sign", at + 2)
      this.broken("invalid number; expected '+', '-', or digit after exponent", at + 1)
    }
    return found
  }

  /** The string that starts here, escapes undone. */
  string(): string {
    this.tokenStart = this.at++
    // Nearly all strings are plain up to the next quote.
    const quote = this.text.indexOf('"', this.at)
    const plain = this.text.slice(this.at, Math.max(this.at, quote))
    if (quote < 0 || notPlain.test(plain)) return this.stringInPieces()
    this.at = quote + 1
    return plain
  }

  private stringInPieces(): string {
    let result = ""
    for (;;) {
      plainRun.lastIndex = this.at
      const run = plainRun.exec(this.text)![0]
      this.at += run.length
      result = result === "" ? run : result + run
      const code = this.text.charCodeAt(this.at)
      if (code === 0x22) break
      if (code === 0x5c) result += this.escape()
      else if (code >= 0x80) result += this.beyondAscii()
      else this.badStringEnd(code)
    }
    this.at++
    if (result.includes("\0")) throw new JsonError(nulMessage(result))
    return result
  }

  private beyondAscii(): string {
    const start = this.at
    const end = utf8SequenceEnd(this.text, start)
    if (end < 0) this.broken("invalid string: ill-formed UTF-8 byte", ~end)
    this.at = end
    return this.text.slice(start, end)
  }

  private badStringEnd(code: number): never {
    if (this.at >= this.text.length) return this.broken("invalid string: missing closing quote", this.at)
    const spelled = `\\u${code.toString(16).toUpperCase().padStart(4, "0")}`
    const short = shortEscapes.get(code)
    return this.broken(
      `invalid string: control character U+${spelled.slice(2)} (${controlNames[code]}) must be escaped to ${spelled}${short === undefined ? "" : ` or ${short}`}`,
      this.at,
    )
  }

  private escape(): string {
    const letter = this.text[++this.at]
    if (letter === "u") return this.unicodeEscape()
    const plain = letter === undefined ? undefined : escapes.get(letter)
    if (plain === undefined)
      return this.broken("invalid string: forbidden character after backslash", this.at)
    this.at++
    return plain
  }

  // At the `u`.
  private unicodeEscape(): string {
    const unit = this.hexDigits()
    if (0xdc00 <= unit && unit <= 0xdfff)
      return this.broken("invalid string: surrogate U+DC00..U+DFFF must follow U+D800..U+DBFF", this.at - 1)
    if (unit < 0xd800 || 0xdfff < unit) return utf8Bytes(unit)
    const alone = "invalid string: surrogate U+D800..U+DBFF must be followed by U+DC00..U+DFFF"
    if (this.text[this.at] !== "\\") return this.broken(alone, this.at)
    if (this.text[++this.at] !== "u") return this.broken(alone, this.at)
    const second = this.hexDigits()
    if (second < 0xdc00 || 0xdfff < second) return this.broken(alone, this.at - 1)
    return utf8Bytes(0x10000 + ((unit - 0xd800) << 10) + (second - 0xdc00))
  }

  private hexDigits(): number {
    for (let count = 1; count <= 4; count++)
      if (!/^[0-9a-fA-F]$/.test(this.text.charAt(this.at + count)))
        this.broken("invalid string: '\\u' must be followed by 4 hex digits", this.at + count)
    const unit = Number.parseInt(this.text.slice(this.at + 1, this.at + 5), 16)
    this.at += 5
    return unit
  }

  private skipByteOrderMark(): void {
    if (this.text[0] !== "\xef") return
    const message = "invalid BOM; must be 0xEF 0xBB 0xBF if given"
    if (this.text[1] !== "\xbb") this.broken(message, 1)
    if (this.text[2] !== "\xbf") this.broken(message, 2)
    this.at = 3
  }

  /** Fails: the token at `at` is well formed or not, but in any case not the one that was wanted. */
  unexpected(): never {
    const first = this.text.charAt(this.at)
    if (first === "") return this.unexpectedEnd()
    if ("[]{}:,".includes(first)) return this.fail(`unexpected '${first}'`, this.at)
    if (first === '"') {
      this.string()
      return this.fail("unexpected string literal", this.at - 1)
    }
    if (first in literals) {
      this.literal(first)
      return this.fail(`unexpected ${literals[first]} literal`, this.at - 1)
    }
    if (!/[-0-9]/.test(first)) return this.broken("invalid literal", this.at)
    this.number()
    return this.fail("unexpected number literal", this.at - 1, this.text[this.at] === "\n")
  }

  private unexpectedEnd(): never {
    if (this.text === "")
      throw new JsonError(
        `${parseErrorAt(1, 1)}: attempting to parse an empty input; check that your input string or stream contains the expected JSON`,
      )
    return this.fail("unexpected end of input", this.at)
  }

  // A token that is none; `last` is the offset of the byte that shows it.
  private broken(reason: string, last: number): never {
    const read = this.text
      .slice(this.tokenStart, last + 1)
      .replace(/[^ -\xff]/g, byte => `<U+${byte.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}>`)
    const { context, token } = this.wanted
    const expected = this.wanted === aValue ? "" : `; expected ${token}`
    throw new JsonError(
      `${this.place(last)}: syntax error while parsing ${context} - ${reason}; last read: '${read}'${expected}`,
    )
  }

  private fail(found: string, last: number, isColumnLost = false): never {
    const { context, token } = this.wanted
    throw new JsonError(
      `${this.place(last, isColumnLost)}: syntax error while parsing ${context} - ${found}; expected ${token}`,
    )
  }

  // The library counts a newline as column 0 of the line it begins, and forgets the column of a number before one,
  // having read too far and stepped back.
  private place(last: number, isColumnLost = false): string {
    const before = this.text.slice(0, last + 1)
    const lineStart = before.lastIndexOf("\n") + 1
    const line = before.split("\n").length
    return parseErrorAt(line, isColumnLost ? 0 : last + 1 - lineStart)
  }
}

function parseErrorAt(line: number, column: number): string {
  return `[json.exception.parse_error.101] parse error at line ${line}, column ${column}`
}

const escapes: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ["\\", "\\"],
  ["/", "/"],
  ["b", "\b"],
  ["f", "\f"],
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
])

const shortEscapes: ReadonlyMap<number, string> = new Map([
  [0x08, "\\b"],
  [0x09, "\\t"],
  [0x0a, "\\n"],
  [0x0c, "\\f"],
  [0x0d, "\\r"],
])

const controlNames =
  "NUL SOH STX ETX EOT ENQ ACK BEL BS HT LF VT FF CR SO SI DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS US".split(
    " ",
  )
