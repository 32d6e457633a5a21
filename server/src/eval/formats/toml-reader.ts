// The smallest parts of TOML: keys, strings, and the tokens that numbers and dates are, read at a place in a byte string.
//
// The reader keeps one offset and only moves forward. What it rejects is what TOML 1.0 rejects.

import { nulMessage } from "../../syntax/index.js"
import { utf8Bytes, utf8SequenceEnd } from "../values/utf8.js"

/** A text that is no TOML. The message ends in line and column, both from 1, the column in bytes, where Nix's is not known. */
export class TomlError extends Error {
  constructor(message: string) {
    super(message)
    this.name = "TomlError"
  }
}

const bareKey = /[A-Za-z0-9_-]+/y
const blanks = /[ \t]*/y
const scalarToken = /[+\-.:0-9A-Z_a-z]+/y

/** Reads TOML's smallest parts from a byte string. Every method throws TomlError. */
export class TomlReader {
  at = 0

  constructor(readonly text: string) {}

  /** Fails at an offset, by default where the reader is. */
  fail(what: string, at = this.at): never {
    const before = this.text.slice(0, at)
    const line = before.split("\n").length
    const column = at - before.lastIndexOf("\n")
    throw new TomlError(`while parsing TOML: ${what} (line ${line}, column ${column})`)
  }

  /** Whether `token` comes next, and if so moves behind it. */
  eat(token: string): boolean {
    if (!this.text.startsWith(token, this.at)) return false
    this.at += token.length
    return true
  }

  /** Skips spaces and tabs. */
  skipBlanks(): void {
    this.match(blanks)
  }

  /** Skips blanks, newlines and comments, as between the elements of an array. */
  skipLines(): void {
    do this.skipBlanks()
    while (this.skipComment() || this.newline())
  }

  /** Moves behind what may end a line: blanks, a comment, and a newline or the end of the text. */
  endLine(): void {
    this.skipBlanks()
    this.skipComment()
    if (this.at < this.text.length && !this.newline()) this.fail("expected the end of the line")
  }

  /** Moves behind a newline if there is one. */
  newline(): boolean {
    return this.eat("\n") || this.eat("\r\n")
  }

  /** The parts of a dotted key. */
  key(): string[] {
    const parts: string[] = []
    do {
      this.skipBlanks()
      parts.push(this.simpleKey())
      this.skipBlanks()
    } while (this.eat("."))
    return parts
  }

  /** The string that starts here, or undefined if none does. */
  string(): string | undefined {
    if (this.eat('"""')) return this.multiline('"', true)
    if (this.eat("'''")) return this.multiline("'", false)
    if (this.eat('"')) return this.singleLine('"', true)
    if (this.eat("'")) return this.singleLine("'", false)
    return undefined
  }

  /** The token of a number, truth value, date or time. */
  token(): string {
    const start = this.at
    let token = this.match(scalarToken)
    if (token === "") this.fail("expected a value")
    // A space may stand between a date and a time.
    if (/^\d{4}-\d\d-\d\d$/.test(token) && /^ \d\d:/.test(this.text.slice(this.at, this.at + 4))) {
      this.at++
      token += `T${this.match(scalarToken)}`
    }
    return token.length > 200 ? this.fail("expected a value", start) : token
  }

  private simpleKey(): string {
    if (this.eat('"')) return this.singleLine('"', true)
    if (this.eat("'")) return this.singleLine("'", false)
    const key = this.match(bareKey)
    return key === "" ? this.fail("expected a key") : key
  }

  private singleLine(quote: string, hasEscapes: boolean): string {
    const start = this.at - 1
    let result = ""
    while (!this.eat(quote)) {
      if (this.at >= this.text.length || this.text[this.at] === "\n") this.fail("unterminated string", start)
      result += hasEscapes && this.eat("\\") ? this.escape() : this.character()
    }
    return this.withoutNul(result)
  }

  // Behind the opening quotes. A newline right there does not count, and up to two quotes may precede the last three.
  private multiline(quote: string, hasEscapes: boolean): string {
    const start = this.at - 3
    this.newline()
    let result = ""
    while (!this.eat(quote.repeat(3))) {
      if (this.at >= this.text.length) this.fail("unterminated string", start)
      if (this.eat("\r\n")) result += "\r\n"
      else if (this.eat("\n")) result += "\n"
      else if (!hasEscapes || !this.eat("\\")) result += this.character()
      else if (!this.continuation()) result += this.escape()
    }
    for (let more = 0; more < 2 && this.eat(quote); more++) result += quote
    return this.withoutNul(result)
  }

  // A backslash at the end of a line swallows all white space up to the next text.
  private continuation(): boolean {
    const start = this.at
    this.skipBlanks()
    if (!this.newline()) {
      this.at = start
      return false
    }
    do this.skipBlanks()
    while (this.newline())
    return true
  }

  // One character that may stand in a string or a comment.
  private character(place = "string"): string {
    const start = this.at
    const code = this.text.charCodeAt(start)
    if (code >= 0x80) {
      const end = utf8SequenceEnd(this.text, start)
      if (end < 0) this.fail(`a ${place} must be UTF-8`, ~end)
      this.at = end
    } else {
      if ((code < 0x20 && code !== 0x09) || code === 0x7f) this.fail(`control character in a ${place}`)
      this.at++
    }
    return this.text.slice(start, this.at)
  }

  // Behind the backslash.
  private escape(): string {
    const letter = this.text.charAt(this.at++)
    const plain = escapes.get(letter)
    if (plain !== undefined) return plain
    const size = escapedDigits.get(letter) ?? 0
    const digits = this.text.slice(this.at, this.at + size)
    if (size === 0 || !/^[0-9A-Fa-f]+$/.test(digits) || digits.length < size)
      this.fail("invalid escape", this.at - 2)
    const codePoint = Number.parseInt(digits, 16)
    if (codePoint > 0x10ffff || (0xd800 <= codePoint && codePoint <= 0xdfff))
      this.fail(`'\\${letter}${digits}' is no Unicode scalar value`, this.at - 2)
    this.at += size
    return utf8Bytes(codePoint)
  }

  private withoutNul(text: string): string {
    if (text.includes("\0")) throw new TomlError(`while parsing TOML: error: ${nulMessage(text)}`)
    return text
  }

  private skipComment(): boolean {
    if (!this.eat("#")) return false
    const newline = this.text.indexOf("\n", this.at)
    const end = newline < 0 ? this.text.length : this.text[newline - 1] === "\r" ? newline - 1 : newline
    while (this.at < end) this.character("comment")
    return true
  }

  private match(pattern: RegExp): string {
    pattern.lastIndex = this.at
    const found = pattern.exec(this.text)?.[0] ?? ""
    this.at += found.length
    return found
  }
}

const escapes: ReadonlyMap<string, string> = new Map([
  ["b", "\b"],
  ["t", "\t"],
  ["n", "\n"],
  ["f", "\f"],
  ["r", "\r"],
  ['"', '"'],
  ["\\", "\\"],
])

/** How many digits follow the letter of an escape that gives a code point. */
const escapedDigits: ReadonlyMap<string, number> = new Map([
  ["u", 4],
  ["U", 8],
])
