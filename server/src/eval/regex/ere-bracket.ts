// What stands between brackets: characters, ranges, and classes by name. Which there are, and what is an error, is as in the
// C++ library (ere-syntax.ts).

/** One flag per byte: whether it belongs. */
export type ByteSet = Uint8Array

/** Why an expression is none: it is malformed, or its automaton would have more than 100,000 states. */
export type EreFault = "invalid" | "too-large"

/** A pattern that is no expression. */
export class EreSyntaxError extends Error {
  constructor(readonly fault: EreFault) {
    super(fault)
    this.name = "EreSyntaxError"
  }
}

/**
 * The bytes that the bracket whose `[` is right before `at` stands for, and where it ends.
 * @throws EreSyntaxError
 */
export function parseBracket(pattern: string, at: number): { set: ByteSet; end: number } {
  const parser = new BracketParser(pattern, at)
  return { set: parser.whole(), end: parser.at }
}

class BracketParser {
  private readonly members = new Members()

  constructor(
    private readonly pattern: string,
    public at: number,
  ) {}

  whole(): ByteSet {
    const negated = this.eat("^")
    const first = this.pattern[this.at]
    // What stands first is taken as it is, be it `]` or a dash.
    if (first === "]" || first === "-") {
      this.at++
      this.members.character(first)
    }
    while (!this.eat("]")) this.term()
    return this.members.finish(negated)
  }

  private term(): void {
    const { members } = this
    const named = this.named()
    if (named?.[0] === ".") members.character(collatingElement(named[1]))
    else if (named?.[0] === "=") members.all(equivalents(collatingElement(named[1])))
    else if (named !== undefined) members.all(classMembers(named[1]))
    else if (!this.eat("-")) members.character(this.character())
    else if (this.pattern[this.at] === "]") members.character("-")
    else members.range(this.rangeEnd())
  }

  private rangeEnd(): string {
    if (this.named() !== undefined) throw new EreSyntaxError("invalid")
    // `]` ends the bracket, unless it comes right after its start, which is never after a dash.
    if (this.pattern[this.at] === "]") throw new EreSyntaxError("invalid")
    return this.character()
  }

  private character(): string {
    const character = this.pattern[this.at++]
    if (character === undefined) throw new EreSyntaxError("invalid")
    if (character === "[" && this.at >= this.pattern.length) throw new EreSyntaxError("invalid")
    return character
  }

  // `[:alpha:]`, `[.hyphen.]`, `[=a=]`: the sign and the name.
  private named(): [sort: string, name: string] | undefined {
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
}

/** Gathers what stands between brackets. The last character waits, because a dash may make it the start of a range. */
class Members {
  private readonly set = new Uint8Array(256)
  private last: string | undefined
  private afterClass = false

  character(character: string): void {
    this.keepLast()
    this.last = character
    this.afterClass = false
  }

  all(set: ByteSet): void {
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
