// The texts of TOML that stand for themselves: keys, strings, numbers, dates and times, read at a place in a byte string.
//
// The reader keeps one offset and only moves forward. What it rejects is what TOML 1.0 rejects; a number that TOML allows
// but 64 bits cannot hold is rejected too, as in Nix.

import { utf8Bytes, utf8SequenceEnd } from "../values/utf8.js"

/** So much of a line stands before the place that a message points at. */
const MOST_SHOWN = 30

/** A text that is no TOML. The message ends in line and column, both from 1, the column in bytes, where Nix's is not known. */
export class TomlError extends Error {
  constructor(message: string) {
    super(message)
    this.name = "TomlError"
  }
}

/** The kinds of date and time: with an offset from UTC, without one, a day, a time of day. */
export type DateTimeKind = "offset-date-time" | "local-date-time" | "local-date" | "local-time"

/** A number, truth value, date or time. */
export type Scalar =
  | { readonly kind: "bool"; readonly value: boolean }
  | { readonly kind: "int"; readonly value: number | bigint }
  | { readonly kind: "float"; readonly value: number }
  | { readonly kind: "nan"; readonly isNegative: boolean }
  | { readonly kind: DateTimeKind; readonly text: string }

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

  /** The number, truth value, date or time that starts here. */
  scalar(): Scalar {
    const start = this.at
    const token = this.token()
    return (
      parseWord(token) ??
      this.integer(token, start) ??
      this.float(token, start) ??
      this.dateTime(token, start)
    )
  }

  private token(): string {
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

  private integer(token: string, start: number): Scalar | undefined {
    const form =
      /^([+-]?)(?:(0|[1-9](?:_?\d)*)|(0x[\da-f](?:_?[\da-f])*|0o[0-7](?:_?[0-7])*|0b[01](?:_?[01])*))$/i
    const found = form.exec(token)
    if (found === null) return undefined
    const [, sign, decimal, other] = found
    if (other !== undefined && (sign !== "" || /^0[A-Z]/.test(other))) return undefined
    const digits = (decimal ?? other).replaceAll("_", "")
    const exact = sign === "-" ? -BigInt(digits) : BigInt(digits)
    if (BigInt.asIntN(64, exact) !== exact) return this.tooLarge(token, start + token.length)
    const value = Number(exact)
    return { kind: "int", value: Number.isSafeInteger(value) ? value : exact }
  }

  /** In the words of the library that Nix reads TOML with, which shows the line and points behind the number. */
  private tooLarge(token: string, end: number): never {
    const base = { "0x": "hex", "0o": "oct", "0b": "bin" }[token.slice(0, 2)] ?? "dec"
    const before = this.text.slice(0, end).split("\n")
    const number = String(before.length)
    const whole = before[before.length - 1]
    const shown = whole.length > MOST_SHOWN ? `... ${whole.slice(-MOST_SHOWN)}` : whole
    const rest = /^.*/.exec(this.text.slice(end))?.[0] ?? ""
    const margin = " ".repeat(number.length + 1)
    const limit = base === "dec" ? "digits" : "value"
    const lines = [
      `[error] toml::parse_${base}_integer: too large integer: current max ${limit} = 2^63`,
      " --> fromTOML",
      `${margin} |`,
      ` ${number} | ${shown}${rest}`,
      `${margin} | ${" ".repeat(shown.length)}^-- must be < 2^63`,
    ]
    throw new TomlError(`while parsing TOML: ${lines.join("\n")}\n`)
  }

  private float(token: string, start: number): Scalar | undefined {
    const form = /^[+-]?(?:0|[1-9](?:_?\d)*)(?:\.\d(?:_?\d)*)?(?:[eE][+-]?\d(?:_?\d)*)?$/
    if (!form.test(token)) return undefined
    const value = Number(token.replaceAll("_", ""))
    if (!Number.isFinite(value)) return this.fail(`float '${token}' is out of range`, start)
    return { kind: "float", value }
  }

  private dateTime(token: string, start: number): Scalar {
    const form = /^(?:(\d{4}-\d\d-\d\d)(?:[Tt]|$))?(?:(\d\d:\d\d:\d\d)(?:\.(\d+))?([Zz]|[+-]\d\d:\d\d)?)?$/
    const found = form.exec(token)
    const [, date, time, fraction, offset] = found ?? []
    if (
      found === null ||
      (time === undefined && token.length > 10) ||
      (date === undefined && offset !== undefined)
    )
      return this.fail(`'${token}' is no value`, start)
    if (date !== undefined && !isDate(date)) this.fail(`'${date}' is no date`, start)
    if (time !== undefined && !isTime(time)) this.fail(`'${time}' is no time of day`, start)
    if (time === undefined) return { kind: "local-date", text: date }
    const clock = time + fractionText(fraction)
    if (date === undefined) return { kind: "local-time", text: clock }
    if (offset === undefined) return { kind: "local-date-time", text: `${date}T${clock}` }
    if (!isOffset(offset)) this.fail(`'${offset}' is no offset`, start)
    return {
      kind: "offset-date-time",
      text: `${date}T${clock}${/^(?:z|[+-]00:00)$/i.test(offset) ? "Z" : offset}`,
    }
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
    return this.withoutNull(result)
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
    return this.withoutNull(result)
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
    const size = letter === "u" ? 4 : letter === "U" ? 8 : 0
    const digits = this.text.slice(this.at, this.at + size)
    if (size === 0 || !/^[0-9A-Fa-f]+$/.test(digits) || digits.length < size)
      this.fail("invalid escape", this.at - 2)
    const codePoint = Number.parseInt(digits, 16)
    if (codePoint > 0x10ffff || (0xd800 <= codePoint && codePoint <= 0xdfff))
      this.fail(`'\\${letter}${digits}' is no Unicode scalar value`, this.at - 2)
    this.at += size
    return utf8Bytes(codePoint)
  }

  private withoutNull(text: string): string {
    if (text.includes("\0")) refuseNull(text)
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

function parseWord(token: string): Scalar | undefined {
  if (token === "true" || token === "false") return { kind: "bool", value: token === "true" }
  const found = /^([+-]?)(inf|nan)$/.exec(token)
  if (found === null) return undefined
  const isNegative = found[1] === "-"
  if (found[2] === "nan") return { kind: "nan", isNegative }
  return { kind: "float", value: isNegative ? -Infinity : Infinity }
}

function isDate(text: string): boolean {
  const [year, month, day] = text.split("-").map(Number)
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  const days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
  return 1 <= month && month <= 12 && 1 <= day && day <= days[month - 1]
}

function isTime(text: string): boolean {
  const [hour, minute, second] = text.split(":").map(Number)
  return hour <= 23 && minute <= 59 && second <= 60
}

function isOffset(text: string): boolean {
  if (/^z$/i.test(text)) return true
  const [hour, minute] = text.slice(1).split(":").map(Number)
  return hour <= 24 && minute <= 59
}

// As Nix prints it: in thousandths, millionths or billionths, whichever suffices; the rest is cut off.
function fractionText(fraction = ""): string {
  const digits = fraction
    .slice(0, 9)
    .padEnd(9, "0")
    .replace(/(000)+$/, "")
  return digits === "" ? "" : `.${digits}`
}

function refuseNull(text: string): never {
  const shown = text.replaceAll("\0", "\xe2\x90\x80")
  throw new TomlError(
    `while parsing TOML: error: input string '${shown}' cannot be represented as Nix string because it contains null bytes`,
  )
}
