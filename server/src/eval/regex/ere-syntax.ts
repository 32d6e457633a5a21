// The grammar of POSIX extended regular expressions, exactly as wide and as narrow as Nix has it.
//
// Nix compiles an expression with the C++ library's `std::regex` in its extended mode, so what counts as an error, what a
// bracket holds and which escapes exist follow that library where it differs from POSIX: only `.[\()*+?{|^$` may be
// escaped, quantifiers may be stacked, `[a\]` holds a backslash, a class name may be written in any case.

/** One flag per byte: whether it belongs. */
export type ByteSet = Uint8Array

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

/** Why an expression is none: it is malformed, or its automaton would have more than 100,000 states. */
export type EreFault = "invalid" | "too-large"

/** Thrown by `parseEre`. */
export class EreSyntaxError extends Error {
  constructor(readonly fault: EreFault) {
    super(fault)
    this.name = "EreSyntaxError"
  }
}

/** The expression that `pattern`, a byte string, spells, and how many groups it has. Throws EreSyntaxError. */
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
        this.at++
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
    const negated = this.eat("^")
    const bracket = new Bracket()
    const first = this.pattern[this.at]
    // What stands first is taken as it is, be it `]` or a dash.
    if (first === "]" || first === "-") {
      this.at++
      bracket.character(first)
    }
    while (!this.eat("]")) this.bracketTerm(bracket)
    return bracket.finish(negated)
  }

  private bracketTerm(bracket: Bracket): void {
    const named = this.bracketName()
    if (named?.[0] === ".") bracket.character(collatingElement(named[1]))
    else if (named?.[0] === "=") bracket.members(equivalents(collatingElement(named[1])))
    else if (named !== undefined) bracket.members(classMembers(named[1]))
    else if (!this.eat("-")) bracket.character(this.bracketCharacter())
    else if (this.pattern[this.at] === "]") bracket.character("-")
    else bracket.range(this.rangeEnd())
  }

  private rangeEnd(): string {
    if (this.bracketName() !== undefined) throw new EreSyntaxError("invalid")
    // `]` ends the bracket, unless it comes right after its start, which is never after a dash.
    if (this.pattern[this.at] === "]") throw new EreSyntaxError("invalid")
    return this.bracketCharacter()
  }

  private bracketCharacter(): string {
    const character = this.pattern[this.at++]
    if (character === undefined) throw new EreSyntaxError("invalid")
    if (character === "[" && this.at >= this.pattern.length) throw new EreSyntaxError("invalid")
    return character
  }

  // `[:alpha:]`, `[.hyphen.]`, `[=a=]`: the sign and the name.
  private bracketName(): [sort: string, name: string] | undefined {
    const sort = this.pattern[this.at + 1]
    if (this.pattern[this.at] !== "[" || (sort !== ":" && sort !== "." && sort !== "=")) return undefined
    const end = this.pattern.indexOf(sort, this.at + 2)
    if (end < 0 || this.pattern[end + 1] !== "]") throw new EreSyntaxError("invalid")
    const name = this.pattern.slice(this.at + 2, end)
    this.at = end + 2
    return [sort, name]
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

// Gathers what stands between brackets. The last character waits, because a dash may make it the start of a range.
class Bracket {
  private readonly set = new Uint8Array(256)
  private last: string | undefined
  private afterClass = false

  character(character: string): void {
    this.keepLast()
    this.last = character
    this.afterClass = false
  }

  members(set: ByteSet): void {
    this.keepLast()
    this.last = undefined
    this.afterClass = true
    for (let byte = 0; byte < 256; byte++) this.set[byte] |= set[byte]
  }

  range(end: string): void {
    if (this.afterClass || this.last === undefined) throw new EreSyntaxError("invalid")
    // A `char` of C++ is signed here: bytes from 0x80 on come before the others.
    const from = signed(this.last)
    const to = signed(end)
    if (from > to) throw new EreSyntaxError("invalid")
    for (let byte = from; byte <= to; byte++) this.set[byte & 255] = 1
    this.last = undefined
  }

  finish(negated: boolean): ByteSet {
    this.keepLast()
    return negated ? this.set.map(flag => 1 - flag) : this.set
  }

  private keepLast(): void {
    if (this.last !== undefined) this.set[this.last.charCodeAt(0)] = 1
  }
}

function signed(character: string): number {
  return (character.charCodeAt(0) << 24) >> 24
}

const anyByte = new Uint8Array(256).fill(1)

function single(character: string): ByteSet {
  const set = new Uint8Array(256)
  set[character.charCodeAt(0)] = 1
  return set
}

// The classes of the C locale: no byte beyond ASCII belongs to any.
const classes: Readonly<Record<string, RegExp>> = {
  alnum: /[0-9A-Za-z]/,
  alpha: /[A-Za-z]/,
  blank: /[\t ]/,
  cntrl: /[^\x20-\x7e\x80-\xff]/,
  d: /[0-9]/,
  digit: /[0-9]/,
  graph: /[!-~]/,
  lower: /[a-z]/,
  print: /[ -~]/,
  punct: /[!-/:-@[-`{-~]/,
  s: /[\t-\r ]/,
  space: /[\t-\r ]/,
  upper: /[A-Z]/,
  w: /[0-9A-Za-z_]/,
  xdigit: /[0-9A-Fa-f]/,
}

function classMembers(name: string): ByteSet {
  const lower = name.toLowerCase()
  if (!Object.hasOwn(classes, lower)) throw new EreSyntaxError("invalid")
  return setOf(character => classes[lower].test(character))
}

// The library compares primary keys, which ignore case.
function equivalents(element: string): ByteSet {
  const lower = (text: string) => text.replace(/[A-Z]/g, letter => letter.toLowerCase())
  return setOf(character => lower(character) === lower(element))
}

function setOf(isMember: (character: string) => boolean): ByteSet {
  return Uint8Array.from({ length: 256 }, (_, byte) => (isMember(String.fromCharCode(byte)) ? 1 : 0))
}

// POSIX's names of the characters of ASCII, in order; a letter is called by itself.
const collatingNames = (
  "NUL SOH STX ETX EOT ENQ ACK alert backspace tab newline vertical-tab form-feed carriage-return SO SI DLE DC1 DC2 " +
  "DC3 DC4 NAK SYN ETB CAN EM SUB ESC IS4 IS3 IS2 IS1 space exclamation-mark quotation-mark number-sign dollar-sign " +
  "percent-sign ampersand apostrophe left-parenthesis right-parenthesis asterisk plus-sign comma hyphen period slash " +
  "zero one two three four five six seven eight nine colon semicolon less-than-sign equals-sign greater-than-sign " +
  "question-mark commercial-at A B C D E F G H I J K L M N O P Q R S T U V W X Y Z left-square-bracket backslash " +
  "right-square-bracket circumflex underscore grave-accent a b c d e f g h i j k l m n o p q r s t u v w x y z " +
  "left-curly-bracket vertical-line right-curly-bracket tilde DEL"
).split(" ")

function collatingElement(name: string): string {
  const code = collatingNames.indexOf(name)
  if (code < 0) throw new EreSyntaxError("invalid")
  return String.fromCharCode(code)
}
