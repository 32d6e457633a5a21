// An expression as a RegExp of JavaScript's own, which is many times faster, where that finds the same match with the same
// groups. It does not
// - where a loop's body can match nothing, or holds a group that a round may skip, and, when searching,
// - where branches may begin with the same byte (it takes the first, Nix the longest) or the whole may match nothing.

import type { ByteSet } from "./ere-bracket.js"
import type { Ere } from "./ere-syntax.js"

/** Matches whole texts; undefined where JavaScript might not agree. */
export function wholeRegExp(root: Ere): RegExp | undefined {
  return loopsAlike(root) ? nativeRegExp(`^(?:${print(root)})$`, "") : undefined
}

/** Finds one match after the other; undefined where JavaScript might not agree. */
export function searchingRegExp(root: Ere): RegExp | undefined {
  return loopsAlike(root) && searchesAlike(root) ? nativeRegExp(print(root), "g") : undefined
}

// V8 refuses a few expressions that are merely large; our own matcher takes them.
function nativeRegExp(source: string, flags: string): RegExp | undefined {
  try {
    return new RegExp(source, flags)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

// Whether JavaScript goes round every loop as the library does.
function loopsAlike(ere: Ere): boolean {
  if (ere.kind !== "repeat") return children(ere).every(loopsAlike)
  if (isNullable(ere.body) || !loopsAlike(ere.body)) return false
  return ere.max <= 1 || !mayKeepGroup(ere.body, false)
}

// Whether a round may leave a group of the body as an earlier round set it, which JavaScript would forget.
function mayKeepGroup(ere: Ere, isOptional: boolean): boolean {
  if (ere.kind === "group" && isOptional) return true
  const skips = ere.kind === "alternatives" || (ere.kind === "repeat" && ere.min === 0)
  return children(ere).some(child => mayKeepGroup(child, isOptional || skips))
}

// Whether, given `loopsAlike`, the first match that JavaScript tries is the longest, and moving on is the same.
function searchesAlike(root: Ere): boolean {
  return !isNullable(root) && branchesDiffer(root)
}

function branchesDiffer(ere: Ere): boolean {
  if (ere.kind === "alternatives") {
    const seen = new Uint8Array(256)
    for (const branch of ere.branches) {
      if (isNullable(branch)) return false
      const first = firstBytes(branch)
      for (let byte = 0; byte < 256; byte++) if ((seen[byte] += first[byte]) > 1) return false
    }
  }
  return children(ere).every(branchesDiffer)
}

function children(ere: Ere): readonly Ere[] {
  switch (ere.kind) {
    case "group":
    case "repeat":
      return [ere.body]
    case "sequence":
      return ere.items
    case "alternatives":
      return ere.branches
    default:
      return []
  }
}

function isNullable(ere: Ere): boolean {
  switch (ere.kind) {
    case "byte":
      return false
    case "start":
    case "end":
      return true
    case "group":
      return isNullable(ere.body)
    case "sequence":
      return ere.items.every(isNullable)
    case "alternatives":
      return ere.branches.some(isNullable)
    case "repeat":
      return ere.min === 0 || isNullable(ere.body)
  }
}

// The bytes with which a match that is not empty may begin.
function firstBytes(ere: Ere): ByteSet {
  if (ere.kind === "byte") return ere.set
  const first = new Uint8Array(256)
  for (const child of children(ere)) {
    const more = firstBytes(child)
    for (let byte = 0; byte < 256; byte++) first[byte] |= more[byte]
    if (ere.kind === "sequence" && !isNullable(child)) break
  }
  return first
}

function print(ere: Ere): string {
  switch (ere.kind) {
    case "byte":
      return printSet(ere.set)
    case "start":
      return "^"
    case "end":
      return "$"
    case "group":
      return `(${print(ere.body)})`
    case "sequence":
      return ere.items.map(print).join("")
    case "alternatives":
      return `(?:${ere.branches.map(print).join("|")})`
    case "repeat":
      return `${ere.body.kind === "byte" ? print(ere.body) : `(?:${print(ere.body)})`}${printCount(ere.min, ere.max)}`
  }
}

function printCount(min: number, max: number): string {
  if (max === Infinity) return min === 0 ? "*" : min === 1 ? "+" : `{${min},}`
  return min === 0 && max === 1 ? "?" : `{${min},${max}}`
}

function printSet(set: ByteSet): string {
  const ranges: string[] = []
  let count = 0
  for (let from = 0; from < 256; from++) {
    if (set[from] === 0) continue
    let to = from
    while (to < 255 && set[to + 1] === 1) to++
    ranges.push(from === to ? printByte(from) : `${printByte(from)}-${printByte(to)}`)
    count += to - from + 1
    from = to
  }
  return count === 1 ? ranges[0] : `[${ranges.join("")}]`
}

function printByte(byte: number): string {
  const character = String.fromCharCode(byte)
  return /[0-9A-Za-z]/.test(character) ? character : `\\x${byte.toString(16).padStart(2, "0")}`
}
