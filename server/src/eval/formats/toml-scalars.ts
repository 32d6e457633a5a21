// The values of TOML that are one token: numbers, truth values, dates and times.
//
// What is rejected is what TOML 1.0 rejects; a number that TOML allows but 64 bits cannot hold is rejected too, as in Nix.

import { TomlError, type TomlReader } from "./toml-reader.js"

/** The kinds of date and time: with an offset from UTC, without one, a day, a time of day. */
export type DateTimeKind = "offset-date-time" | "local-date-time" | "local-date" | "local-time"

/** A number, truth value, date or time. */
export type Scalar =
  | { readonly kind: "bool"; readonly value: boolean }
  | { readonly kind: "int"; readonly value: number | bigint }
  | { readonly kind: "float"; readonly value: number }
  | { readonly kind: "nan"; readonly isNegative: boolean }
  | { readonly kind: DateTimeKind; readonly text: string }

/** So much of a line stands before the place that a message points at. */
const MOST_SHOWN = 30

/** The number, truth value, date or time that starts where the reader is. @throws TomlError */
export function readScalar(reader: TomlReader): Scalar {
  const start = reader.at
  const token = reader.token()
  return (
    parseWord(token) ??
    integer(reader, token, start) ??
    float(reader, token, start) ??
    dateTime(reader, token, start)
  )
}

function integer(reader: TomlReader, token: string, start: number): Scalar | undefined {
  const form =
    /^([+-]?)(?:(0|[1-9](?:_?\d)*)|(0x[\da-f](?:_?[\da-f])*|0o[0-7](?:_?[0-7])*|0b[01](?:_?[01])*))$/i
  const found = form.exec(token)
  if (found === null) return undefined
  const [, sign, decimal, other] = found
  if (other !== undefined && (sign !== "" || /^0[A-Z]/.test(other))) return undefined
  const digits = (decimal ?? other).replaceAll("_", "")
  const exact = sign === "-" ? -BigInt(digits) : BigInt(digits)
  if (BigInt.asIntN(64, exact) !== exact) return tooLarge(reader.text, token, start + token.length)
  const value = Number(exact)
  return { kind: "int", value: Number.isSafeInteger(value) ? value : exact }
}

/** In the words of the library that Nix reads TOML with, which shows the line and points behind the number. */
function tooLarge(text: string, token: string, end: number): never {
  const base = { "0x": "hex", "0o": "oct", "0b": "bin" }[token.slice(0, 2)] ?? "dec"
  const before = text.slice(0, end).split("\n")
  const number = String(before.length)
  const whole = before[before.length - 1]
  const shown = whole.length > MOST_SHOWN ? `... ${whole.slice(-MOST_SHOWN)}` : whole
  const rest = /^.*/.exec(text.slice(end))?.[0] ?? ""
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

function float(reader: TomlReader, token: string, start: number): Scalar | undefined {
  const form = /^[+-]?(?:0|[1-9](?:_?\d)*)(?:\.\d(?:_?\d)*)?(?:[eE][+-]?\d(?:_?\d)*)?$/
  if (!form.test(token)) return undefined
  const value = Number(token.replaceAll("_", ""))
  if (!Number.isFinite(value)) return reader.fail(`float '${token}' is out of range`, start)
  return { kind: "float", value }
}

function dateTime(reader: TomlReader, token: string, start: number): Scalar {
  const form = /^(?:(\d{4}-\d\d-\d\d)(?:[Tt]|$))?(?:(\d\d:\d\d:\d\d)(?:\.(\d+))?([Zz]|[+-]\d\d:\d\d)?)?$/
  const found = form.exec(token)
  const [, date, time, fraction, offset] = found ?? []
  if (
    found === null ||
    (time === undefined && token.length > 10) ||
    (date === undefined && offset !== undefined)
  )
    return reader.fail(`'${token}' is no value`, start)
  if (date !== undefined && !isDate(date)) reader.fail(`'${date}' is no date`, start)
  if (time !== undefined && !isTime(time)) reader.fail(`'${time}' is no time of day`, start)
  if (time === undefined) return { kind: "local-date", text: date }
  const clock = time + fractionText(fraction)
  if (date === undefined) return { kind: "local-time", text: clock }
  if (offset === undefined) return { kind: "local-date-time", text: `${date}T${clock}` }
  if (!isOffset(offset)) reader.fail(`'${offset}' is no offset`, start)
  return {
    kind: "offset-date-time",
    text: `${date}T${clock}${/^(?:z|[+-]00:00)$/i.test(offset) ? "Z" : offset}`,
  }
}

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
