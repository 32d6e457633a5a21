// `builtins.match` and `builtins.split`: POSIX extended regular expressions over byte strings.
//
// An expression is parsed here (ere-syntax.ts) and, where JavaScript's engine finds the same match with the same groups,
// printed as a RegExp. What is left goes to a slower matcher of our own (ere-backtrack.ts). JavaScript differs
// - where a loop's body can match nothing, or holds a group that a round may skip, and, when searching,
// - where branches may begin with the same byte (it takes the first, Nix the longest) or the whole may match nothing.

import { Backtracker, type Captures } from "./ere-backtrack.js"
import { type ByteSet, type Ere, EreSyntaxError, parseEre } from "./ere-syntax.js"

/** A pattern that is no expression, in Nix's words. */
export class RegexError extends Error {
  constructor(message: string) {
    super(message)
    this.name = "RegexError"
  }
}

/** Where a match lies in the text, and what its groups matched; undefined for a group that took no part. */
export interface Found {
  readonly start: number
  readonly end: number
  readonly groups: readonly (string | undefined)[]
}

const cache = new Map<string, PosixRegex>()

/** The compiled form of `pattern`, made once. Throws RegexError. */
export function compilePosixRegex(pattern: string): PosixRegex {
  let regex = cache.get(pattern)
  if (regex === undefined) cache.set(pattern, (regex = new PosixRegex(pattern)))
  return regex
}

/** A compiled expression; see `compilePosixRegex`. */
export class PosixRegex {
  private readonly root: Ere
  private readonly groups: number
  private readonly whole: RegExp | undefined
  private readonly anywhere: RegExp | undefined
  private backtracker: Backtracker | undefined

  constructor(pattern: string) {
    const { root, groups } = parsed(pattern)
    this.root = root
    this.groups = groups
    if (loopsAlike(root)) {
      const source = print(root)
      this.whole = nativeRegExp(`^(?:${source})$`, "")
      if (searchesAlike(root)) this.anywhere = nativeRegExp(source, "g")
    }
  }

  /** The groups if the whole of `text` matches, otherwise null. */
  matchAll(text: string): (string | undefined)[] | null {
    if (this.whole !== undefined) {
      const found = this.whole.exec(text)
      return found === null ? null : found.slice(1)
    }
    const mode = { exact: true, anchored: true, notEmpty: false, hasPrevious: false }
    const captures = this.slow().search(text, 0, mode)
    return captures === undefined ? null : groupTexts(text, captures)
  }

  /** All matches that follow each other, as `builtins.split` cuts at them. */
  *findAll(text: string): Generator<Found> {
    if (this.anywhere !== undefined) {
      for (const found of text.matchAll(this.anywhere))
        yield { start: found.index, end: found.index + found[0].length, groups: found.slice(1) }
      return
    }
    for (const captures of this.slowMatches(text))
      yield { start: captures[0], end: captures[1], groups: groupTexts(text, captures) }
  }

  // After an empty match the library first asks for a match at the same place that is not empty, then moves on by one.
  private *slowMatches(text: string): Generator<Captures> {
    const anywhere = { exact: false, anchored: false, notEmpty: false, hasPrevious: false }
    let found = this.slow().search(text, 0, anywhere)
    let hasPrevious = false
    while (found !== undefined) {
      yield found
      const [start, end] = found
      found = undefined
      let from = end
      if (start === end) {
        if (end === text.length) return
        const here = { exact: false, anchored: true, notEmpty: true, hasPrevious }
        found = this.slow().search(text, end, here)
        if (found !== undefined) continue
        from++
      }
      hasPrevious = true
      found = this.slow().search(text, from, { ...anywhere, hasPrevious })
    }
  }

  private slow(): Backtracker {
    this.backtracker ??= new Backtracker(this.root, this.groups)
    return this.backtracker
  }
}

function parsed(pattern: string): { root: Ere; groups: number } {
  try {
    return parseEre(pattern)
  } catch (error) {
    if (!(error instanceof EreSyntaxError)) throw error
    throw new RegexError(
      error.fault === "too-large"
        ? `memory limit exceeded by regular expression '${pattern}'`
        : `invalid regular expression '${pattern}'`,
    )
  }
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

function groupTexts(text: string, captures: Captures): (string | undefined)[] {
  return Array.from({ length: captures.length / 2 - 1 }, (_, group) => {
    const start = captures[group * 2 + 2]
    return start < 0 ? undefined : text.slice(start, captures[group * 2 + 3])
  })
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
