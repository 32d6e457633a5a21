// The grammar of POSIX extended regular expressions, exactly as wide and as narrow as Nix has it.
//
// Nix compiles an expression with the C++ library's `std::regex` in its extended mode, so what counts as an error, what a
// bracket holds and which escapes exist follow that library where it differs from POSIX: only `.[\()*+?{|^$` may be
// escaped, quantifiers may be stacked, `[a\]` holds a backslash, a class name may be written in any case.

import { type ByteSet, EreSyntaxError, parseBracket } from "./ere-bracket.js"

/** An expression. `min` to `max` are the counts of a quantifier; `*` and `+` have `max` infinity. */
export type Ere =
  | { readonly kind: "byte"; readonly set: ByteSet }
  | { readonly kind: "start" }
  | { readonly kind: "end" }
  | { readonly kind: "group"; readonly index: number; readonly body: Ere }
  | { readonly kind: "sequence"; readonly items: readonly Ere[] }
  | { readonly kind: "alternatives"; readonly branches: readonly Ere[] }
  | {
      readonly kind: "repeat"
      readonly body: Ere
      readonly min: number
      readonly max: number
    }

/** The expression that `pattern`, a byte string, spells, and how many groups it has. @throws EreSyntaxError */
export function parseEre(pattern: string): { root: Ere; groups: number } {
  const parser = new Parser(pattern)
  const root = parser.whole()
  return { root, groups: parser.groups }
}

const escapable = ".[\\()*+?{|^$"

const stateLimit = 100_000

class Parser {
  groups = 0
  private at = 0
  // The states that the library's automaton would have by now: a group for the whole match and its end.
  private states = 3

  constructor(private readonly pattern: string) {}

  whole(): Ere {
    const root = this.disjunction().ere
    if (this.at < this.pattern.length) throw new EreSyntaxError("invalid")
    return root
  }

  private disjunction(): Sized {
    const first = this.alternative()
    const branches = [first.ere]
    let size = first.size
    while (this.eat("|")) {
      const branch = this.alternative()
      branches.push(branch.ere)
      size += branch.size + this.grow(2)
    }
    return { ere: branches.length === 1 ? first.ere : { kind: "alternatives", branches }, size }
  }

  private alternative(): Sized {
    const items: Ere[] = []
    let size = this.grow(1)
    for (let term = this.term(); term !== undefined; term = this.term()) {
      items.push(term.ere)
      size += term.size
    }
    return { ere: items.length === 1 ? items[0] : { kind: "sequence", items }, size }
  }

  private term(): Sized | undefined {
    if (this.eat("^")) return { ere: { kind: "start" }, size: this.grow(1) }
    if (this.eat("$")) return { ere: { kind: "end" }, size: this.grow(1) }
    let term = this.atom()
    if (term === undefined) return undefined
    for (let more = this.quantified(term); more !== undefined; more = this.quantified(term)) term = more
    return term
  }

  private atom(): Sized | undefined {
    const character = this.pattern[this.at]
    switch (character) {
      case undefined:
      case "*":
      case "+":
      case "?":
      case "{":
      case "|":
      case ")":
        return undefined
      case "(":
        return this.group()
      case ".":
        this.at++
        return this.byte(anyByte)
      case "[":
        return this.byte(this.bracket())
      case "\\":
        this.at++
        return this.byte(this.escape())
      default:
        this.at++
        return this.byte(single(character))
    }
  }

  private byte(set: ByteSet): Sized {
    return { ere: { kind: "byte", set }, size: this.grow(1) }
  }

  private group(): Sized {
    this.at++
    const index = ++this.groups
    const own = this.grow(2)
    const { ere: body, size } = this.disjunction()
    if (!this.eat(")")) throw new EreSyntaxError("invalid")
    return { ere: { kind: "group", index, body }, size: size + own }
  }

  private escape(): ByteSet {
    const character = this.pattern[this.at++]
    if (character === undefined || !escapable.includes(character)) throw new EreSyntaxError("invalid")
    return single(character)
  }

  private quantified({ ere: body, size }: Sized): Sized | undefined {
    const repeat = (min: number, max: number): Ere => ({ kind: "repeat", body, min, max })
    if (this.eat("*")) return { ere: repeat(0, Infinity), size: size + this.grow(1) }
    if (this.eat("+")) return { ere: repeat(1, Infinity), size: size + this.grow(1) }
    if (this.eat("?")) return { ere: repeat(0, 1), size: size + this.grow(2) }
    if (!this.eat("{")) return undefined
    const [min, max] = this.interval()
    const copies = max === Infinity ? (min + 1) * size + 2 : min * size + (max - min) * (size + 1) + 2
    return { ere: repeat(min, max), size: this.grow(copies) }
  }

  private interval(): [min: number, max: number] {
    const found = /^(\d+)(,(\d*))?\}/.exec(this.pattern.slice(this.at, this.at + 64))
    if (found === null) throw new EreSyntaxError("invalid")
    this.at += found[0].length
    const min = Number(found[1])
    const max = found[2] === undefined ? min : found[3] === "" ? Infinity : Number(found[3])
    if (min > 0x7fffffff || (max > 0x7fffffff && max !== Infinity) || max < min)
      throw new EreSyntaxError("invalid")
    return [min, max]
  }

  private bracket(): ByteSet {
    const { set, end } = parseBracket(this.pattern, this.at + 1)
    this.at = end
    return set
  }

  private eat(character: string): boolean {
    if (this.pattern[this.at] !== character) return false
    this.at++
    return true
  }

  private grow(states: number): number {
    this.states += states
    if (this.states > stateLimit) throw new EreSyntaxError("too-large")
    return states
  }
}

// An expression and how many states of the automaton are its own.
interface Sized {
  readonly ere: Ere
  readonly size: number
}

const anyByte: ByteSet = new Uint8Array(256).fill(1)

function single(character: string): ByteSet {
  const set = new Uint8Array(256)
  set[character.charCodeAt(0)] = 1
  return set
}
