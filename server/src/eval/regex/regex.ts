// `builtins.match` and `builtins.split`: POSIX extended regular expressions over byte strings.
//
// An expression is parsed here (ere-syntax.ts) and, where JavaScript's engine finds the same match with the same groups,
// printed as a RegExp (native-regexp.ts). What is left goes to a slower matcher of our own (ere-backtrack.ts).

import { Backtracker, type Captures } from "./ere-backtrack.js"
import { EreSyntaxError } from "./ere-bracket.js"
import { type Ere, parseEre } from "./ere-syntax.js"
import { searchingRegExp, wholeRegExp } from "./native-regexp.js"

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

/** The compiled form of `pattern`, made once. @throws RegexError */
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
    this.whole = wholeRegExp(root)
    this.anywhere = searchingRegExp(root)
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

function groupTexts(text: string, captures: Captures): (string | undefined)[] {
  return Array.from({ length: captures.length / 2 - 1 }, (_, group) => {
    const start = captures[group * 2 + 2]
    return start < 0 ? undefined : text.slice(start, captures[group * 2 + 3])
  })
}
