// How Nix writes floats.
//
// Three forms exist: C's `%f` for `toString`, C++ streams' six digits for everything that is printed for people, and digits
// that read back for JSON (grisu.ts). The first two round exact decimals half to even, where JavaScript's own `toFixed`
// and `toPrecision` round halves up (1/128 is 0.007812 in C), so the digits are made from the exact value here.

import { grisuDigits } from "./grisu.js"

/**
 * `x` as `toString` writes it: six decimals.
 * @param nan the text of a NaN, whose sign `x` does not tell
 */
export function floatToText(x: number, nan = "-nan"): string {
  if (!Number.isFinite(x)) return notFiniteText(x, nan)
  const { digits, point } = roundedDecimal(Math.abs(x), exact => exact.point + 6)
  const padded = "0".repeat(Math.max(0, 1 - point)) + digits
  const whole = Math.max(point, 1)
  return `${signOf(x)}${padded.slice(0, whole)}.${padded.slice(whole, whole + 6).padEnd(6, "0")}`
}

/** `x` as the command line and XML write it: six significant digits, without zeros at the end. */
export function floatToShortText(x: number, nan = "-nan"): string {
  if (!Number.isFinite(x)) return notFiniteText(x, nan)
  if (x === 0) return `${signOf(x)}0`
  const { digits, point } = roundedDecimal(Math.abs(x), () => 6)
  const kept = digits.replace(/0+$/, "")
  const exponent = point - 1
  if (exponent < -4 || exponent >= 6) return `${signOf(x)}${withPoint(kept, 1)}e${exponentText(exponent)}`
  if (point <= 0) return `${signOf(x)}0.${"0".repeat(-point)}${kept}`
  return `${signOf(x)}${withPoint(kept.padEnd(point, "0"), point)}`
}

/** `x` as JSON: digits that read back, always with a point or an exponent; `null` if it is not finite. */
export function jsonFloat(x: number): string {
  if (!Number.isFinite(x)) return "null"
  const sign = signOf(x)
  if (x === 0) return `${sign}0.0`
  const { digits, point } = grisuDigits(Math.abs(x))
  if (point > 15 || point <= -4) return `${sign}${withPoint(digits, 1)}e${exponentText(point - 1)}`
  if (point <= 0) return `${sign}0.${"0".repeat(-point)}${digits}`
  if (digits.length <= point) return `${sign}${digits.padEnd(point, "0")}.0`
  return `${sign}${withPoint(digits, point)}`
}

function notFiniteText(x: number, nan: string): string {
  if (Number.isNaN(x)) return nan
  return x < 0 ? "-inf" : "inf"
}

function signOf(x: number): string {
  return x < 0 || Object.is(x, -0) ? "-" : ""
}

function withPoint(digits: string, point: number): string {
  return digits.length > point ? `${digits.slice(0, point)}.${digits.slice(point)}` : digits
}

function exponentText(exponent: number): string {
  return `${exponent < 0 ? "-" : "+"}${String(Math.abs(exponent)).padStart(2, "0")}`
}

// A decimal number: its digits, and how many of them stand before the point (negative for zeros after it).
interface Decimal {
  readonly digits: string
  readonly point: number
}

// `x` rounded to as many digits as `count` says, halves to even. The exact value of a double has at most 767 digits.
function roundedDecimal(x: number, count: (exact: Decimal) => number): Decimal {
  const exact = exactDecimal(x)
  const keep = count(exact)
  if (keep < 0) return { digits: "", point: exact.point - keep }
  const digits = exact.digits.slice(0, keep).padEnd(keep, "0")
  const rest = exact.digits.slice(keep)
  const isOdd = Number(digits.at(-1) ?? 0) % 2 === 1
  const isUp = isOdd ? rest >= "5" : rest > "5"
  if (!isUp) return { digits, point: exact.point }
  const raised = (BigInt(`0${digits}`) + 1n).toString()
  const grown = raised.padStart(keep, "0")
  return { digits: grown, point: exact.point + grown.length - keep }
}

// The digits without zeros at either end, except for zero itself, which has none.
function exactDecimal(x: number): Decimal {
  if (x === 0) return { digits: "", point: 0 }
  let scaled = x
  let twos = 0
  while (!Number.isInteger(scaled)) {
    scaled *= 2
    twos++
  }
  const whole = BigInt(scaled) * 5n ** BigInt(twos)
  const digits = whole.toString()
  return { digits: digits.replace(/0+$/, ""), point: digits.length - twos }
}
