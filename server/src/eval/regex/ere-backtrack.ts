// Matches an extended regular expression the way the C++ library behind Nix does it, step by step.
//
// Most expressions mean the same to JavaScript's own engine, which is many times faster; regex.ts sends here only those
// that do not. The differences are all visible from Nix: a search tries every branch of `a|ab` and keeps the longest
// match, a group in a loop remembers what it matched in an earlier round, and a loop may go round once on nothing.

import type { ByteSet } from "./ere-bracket.js"
import type { Ere } from "./ere-syntax.js"

/** Offsets of the start and end of the whole match and of each group; -1 where a group took no part. */
export type Captures = readonly number[]

/** What a search is allowed to find. */
export interface SearchMode {
  /** The match must reach the end of the text, and start at the beginning of the search. */
  readonly exact: boolean
  /** The match must start where the search starts. */
  readonly anchored: boolean
  /** The match must not be empty. */
  readonly notEmpty: boolean
  /** Whether something precedes the place where the search starts, so that `^` does not hold there. */
  readonly hasPrevious: boolean
}

type Continuation = (at: number) => void
type Step = (at: number, next: Continuation) => void

/** A compiled expression. Not reentrant: a search runs to its end before the next one starts. */
export class Backtracker {
  private readonly step: Step
  private readonly captures: number[]
  private text = ""
  private begin = 0
  private beginsText = true
  private mode: SearchMode = { exact: true, anchored: true, notEmpty: false, hasPrevious: false }
  // Whether the branch that is being tried has reached acceptance.
  private accepted = false
  private bestEnd = -1
  private best: readonly number[] = []

  constructor(root: Ere, groups: number) {
    this.captures = new Array<number>(groups * 2 + 2).fill(-1)
    this.step = this.compile(root)
  }

  /** The first match in `text` at or after `from`, or undefined. */
  search(text: string, from: number, mode: SearchMode): Captures | undefined {
    this.text = text
    this.mode = mode
    const last = mode.exact || mode.anchored ? from : text.length
    for (let begin = from; begin <= last; begin++) {
      this.beginsText = begin === from && !mode.hasPrevious
      const found = this.searchAt(begin)
      if (found !== undefined) return found
    }
    return undefined
  }

  private searchAt(begin: number): Captures | undefined {
    this.begin = begin
    this.accepted = false
    this.bestEnd = -1
    this.captures.fill(-1)
    this.step(begin, this.accept)
    return this.bestEnd < 0 ? undefined : [begin, this.bestEnd, ...this.best.slice(2)]
  }

  private readonly accept: Continuation = at => {
    this.accepted =
      !(this.mode.exact && at !== this.text.length) && !(this.mode.notEmpty && at === this.begin)
    if (this.accepted && at > this.bestEnd) {
      this.bestEnd = at
      this.best = this.captures.slice()
    }
  }

  private compile(ere: Ere): Step {
    switch (ere.kind) {
      case "byte":
        return this.compileByte(ere.set)
      case "start":
        return (at, next) => {
          if (at === this.begin && this.beginsText) next(at)
        }
      case "end":
        return (at, next) => {
          if (at === this.text.length) next(at)
        }
      case "group":
        return this.compileGroup(ere.index, this.compile(ere.body))
      case "sequence":
        return sequence(ere.items.map(item => this.compile(item)))
      case "alternatives":
        return this.compileAlternatives(ere.branches.map(branch => this.compile(branch)))
      case "repeat":
        return this.compileRepeat(ere)
    }
  }

  private compileByte(set: ByteSet): Step {
    return (at, next) => {
      if (at < this.text.length && set[this.text.charCodeAt(at)] === 1) next(at + 1)
    }
  }

  private compileGroup(index: number, body: Step): Step {
    const { captures } = this
    const slot = index * 2
    return (at, next) =>
      body(at, end => {
        const outerStart = captures[slot]
        const outerEnd = captures[slot + 1]
        captures[slot] = at
        captures[slot + 1] = end
        next(end)
        captures[slot] = outerStart
        captures[slot + 1] = outerEnd
      })
  }

  private compileAlternatives(branches: readonly Step[]): Step {
    return (at, next) => {
      let accepted = false
      for (const branch of branches) {
        // All matches that reach the end of the text are equally long, and the first one stays.
        if (accepted && this.mode.exact) break
        this.accepted = false
        branch(at, next)
        accepted ||= this.accepted
      }
      this.accepted = accepted
    }
  }

  private compileRepeat({ body, min, max }: Extract<Ere, { kind: "repeat" }>): Step {
    if (body.kind === "byte") return this.compileRun(body.set, min, max)
    // As in the library, each obligatory and each optional round has its own copy of the body, and `+` and `*` loop.
    if (max === Infinity) {
      if (min === 1) return this.compilePlus(this.compile(body))
      return sequence([...copies(min, () => this.compile(body)), this.compileStar(this.compile(body))])
    }
    let optional: Step = (at, next) => next(at)
    for (let round = min; round < max; round++) optional = this.compileOptional(this.compile(body), optional)
    return sequence([...copies(min, () => this.compile(body)), optional])
  }

  // A loop over single bytes needs no frames: the longest run first, then ever shorter ones.
  private compileRun(set: ByteSet, min: number, max: number): Step {
    return (at, next) => {
      const limit = Math.min(this.text.length, at + max)
      let end = at
      while (end < limit && set[this.text.charCodeAt(end)] === 1) end++
      for (; end >= at + min; end--) {
        next(end)
        if (this.accepted) return
      }
    }
  }

  private compileStar(body: Step): Step {
    const guard = new RoundGuard()
    return (at, next) => {
      const loop: Continuation = here => {
        guard.enter(here, () => body(here, loop))
        if (!this.accepted) next(here)
      }
      loop(at)
    }
  }

  private compilePlus(body: Step): Step {
    const star = this.compileStar(body)
    return (at, next) => body(at, here => star(here, next))
  }

  private compileOptional(body: Step, rest: Step): Step {
    const guard = new RoundGuard()
    return (at, next) => {
      guard.enter(at, () => body(at, here => rest(here, next)))
      if (!this.accepted) next(at)
    }
  }
}

// Keeps a loop from going round forever on nothing: two rounds in a row may start at the same place, as in the library.
class RoundGuard {
  private place = -1
  private rounds = 0

  enter(at: number, round: () => void): void {
    const { place, rounds } = this
    if (rounds > 0 && place === at) {
      if (rounds >= 2) return
      this.rounds = rounds + 1
    } else {
      this.place = at
      this.rounds = 1
    }
    round()
    this.place = place
    this.rounds = rounds
  }
}

function sequence(steps: readonly Step[]): Step {
  if (steps.length === 1) return steps[0]
  return steps.reduceRight<Step>(
    (rest, step) => (at, next) => step(at, here => rest(here, next)),
    (at, next) => next(at),
  )
}

function copies<T>(count: number, make: () => T): T[] {
  return Array.from({ length: count }, make)
}
