// The scanner: one token at a time, kept in fields instead of objects.
//
// Nix's own lexer takes the longest match at every place, whatever the grammar wants there: `a/b` is a path, `x:x` a
// URI, `a.b/c` a path although `a.b` is a selection. That rule costs a look ahead at nearly every name. It is paid once a
// run of path characters: `runEnd` remembers a run after which no path follows (95 MB of nixpkgs: 60 instead of 45 MB/s).
//
// The characters are copied into one array of 16-bit units, used again for every file and with zeros behind them: reading
// it is a quarter faster than charCodeAt, and no read is out of bounds.

import type { Problem, TextRange } from "../../base/index.js"
import * as T from "./tokens.js"

const BAR = 124
const TILDE = 126
const ZERO = 48
const NINE = 57
const AMPERSAND = 38
/** After a problem this many tokens must make sense before there can be another, as yacc has it. */
const CALM = 3
/** What a scan for a longer token returns when there is none; not the kind of a token that could be found. */
const NEITHER = 0

const { CLASS, NAME_START, NAME_PART, PATH_PART, SCHEME_PART, URI_PART, DIGIT } = T

/** What `save` returns and `restore` takes: the current token. */
export interface Mark {
  readonly kind: number
  readonly start: number
  readonly end: number
  readonly lastEnd: number
}

/** The tokens of a text, one after the other: `next` moves to the next one, and the fields say what it is. */
export class Lexer {
  /** Kind of the current token, see tokens.ts. */
  kind: number = T.END
  /** Range of the current token. A string token is its opening quotes alone, a path its first text. */
  start = 0
  end = 0
  /** End of the token before: where a node that is complete ends. */
  lastEnd = 0

  /** The units of the source and zeros behind them; valid until the next Lexer is made. */
  readonly code: Uint16Array
  readonly length: number
  readonly problems: Problem[] = []
  /** How many of each are open around the current token: says whether a closing one is wanted by someone. */
  parens = 0
  brackets = 0
  braces = 0
  lets = 0
  bindings = 0
  /** Tokens taken so far, and how many there have to be for the next report. */
  private taken = 0
  private quietUntil = 0
  /** Up to where strange characters have been reported. */
  private strangeEnd = 0
  /** A run of path characters after which no path follows. */
  private runStart = 0
  private runEnd = 0

  constructor(readonly source: string) {
    this.code = unitsOf(source)
    this.length = source.length
  }

  /** The text between two offsets. */
  slice(start: number, end: number): string {
    return this.source.slice(start, end)
  }

  /** The current token, to come back to. */
  save(): Mark {
    return { kind: this.kind, start: this.start, end: this.end, lastEnd: this.lastEnd }
  }

  /** Comes back to a token that `save` gave. */
  restore(mark: Mark): void {
    this.kind = mark.kind
    this.start = mark.start
    this.end = mark.end
    this.lastEnd = mark.lastEnd
  }

  /** Kind of the token after the current one. */
  peek(): number {
    const mark = this.save()
    this.next()
    const { kind } = this
    this.restore(mark)
    return kind
  }

  /** What was taken so far was taken without understanding it. */
  forgetTaken(): void {
    this.quietUntil = Math.max(this.quietUntil, this.taken + CALM)
  }

  /** Scans the token at `start` again, `lastEnd` being the end of the token before it. */
  rewind(start: number, lastEnd: number): void {
    this.end = start
    this.next()
    this.lastEnd = lastEnd
  }

  /**
   * Reports a problem at the current token, unless it may be a consequence of the one before: the parser has to take a
   * few tokens without complaint first, and the end of the file only counts when nothing else was wrong.
   */
  report(code: string, message: string, range: TextRange = { start: this.start, end: this.end }): void {
    const isFollowUp = this.taken < this.quietUntil || (this.kind === T.END && this.problems.length > 0)
    this.quietUntil = this.taken + CALM
    if (!isFollowUp) this.problems.push({ range, severity: "error", code, message })
  }

  /** Reports something that runs to the end of the text from `start`, after which no other problem means anything. */
  reportUnclosed(code: string, message: string, start: number, end: number): void {
    if (this.problems.length === 0)
      this.problems.push({ range: { start, end }, severity: "error", code, message })
    this.quietUntil = Number.POSITIVE_INFINITY
  }

  /** Moves to the next token. At the end of the text it stays there. */
  next(): void {
    const { code } = this
    let at = this.end
    this.lastEnd = at
    this.taken++
    let c = code[at]
    for (;;) {
      // Blanks: space, newline, tab, return. Then `#`, whose comment ends with the line.
      if (c === 32 || c === 10 || c === 9 || c === 13) c = code[++at]
      else if (c === 35) {
        do c = code[++at]
        while (c !== 10 && c !== 13 && (c !== 0 || at < this.length))
      } else if (c === T.SLASH && code[at + 1] === T.STAR) {
        at = this.blockComment(at)
        c = code[at]
      } else break
    }
    this.start = at
    this.kind = c < 128 && CLASS[c] & NAME_START ? this.word(at) : this.symbol(at, c)
  }

  private blockComment(start: number): number {
    const close = this.source.indexOf("*/", start + 2)
    if (close >= 0) return close + 2
    this.reportUnclosed("unclosed-comment", "comment is not closed, wanted '*/'", start, start + 2)
    return this.length
  }

  // From here on: each sets `end` and returns the kind of the token that begins at `start`.

  private word(start: number): number {
    const { code } = this
    let at = start + 1
    let c = code[at]
    while (c < 128 && CLASS[c] & NAME_PART) c = code[++at]
    // Only these can make more than a name out of it.
    if (c === T.DOT || c === T.SLASH || c === T.PLUS || c === T.COLON) {
      const longer = this.pathOrUri(start)
      if (longer !== NEITHER) return longer
    }
    this.end = at
    return at - start <= 7 ? T.wordKind(code, this.source, start, at - start) : T.NAME
  }

  private pathOrUri(start: number): number {
    const { code } = this
    if (start >= this.runEnd || start < this.runStart) {
      let at = start
      let c = code[at]
      while (c < 128 && CLASS[c] & PATH_PART) c = code[++at]
      if (c === T.SLASH && this.continuesPath(at + 1)) return this.path(at)
      this.runStart = start
      this.runEnd = at
    }
    return code[this.runEnd] === T.COLON ? this.uri(start, this.runEnd) : NEITHER
  }

  /** Like `pathOrUri`, for a start that is a mark, so that only a path can come of it. */
  private pathAfterMark(start: number, following: number): number {
    const possible = following < 128 && (following === T.SLASH || CLASS[following] & PATH_PART)
    return possible ? this.pathOrUri(start) : NEITHER
  }

  /** Whether what follows a slash makes it the slash of a path. */
  private continuesPath(at: number): boolean {
    const c = this.code[at]
    if (c === T.DOLLAR) return this.code[at + 1] === T.BRACE_OPEN
    return c < 128 && (CLASS[c] & PATH_PART) !== 0
  }

  private path(slash: number): number {
    this.end = this.pathTextEnd(slash)
    return T.PATH
  }

  /** Where path text ends that `at` is in: further slashes, doubled ones too, belong to it. */
  pathTextEnd(at: number): number {
    const { code } = this
    let c = code[at]
    while (c < 128 && (c === T.SLASH || CLASS[c] & PATH_PART)) c = code[++at]
    return at
  }

  private uri(start: number, colon: number): number {
    const { code } = this
    let c = code[colon + 1]
    if (c >= 128 || !(CLASS[c] & URI_PART) || !(CLASS[code[start]] & NAME_START)) return NEITHER
    for (let at = start; at < colon; at++) if (!(CLASS[code[at]] & SCHEME_PART)) return NEITHER
    let at = colon + 1
    while (c < 128 && CLASS[c] & URI_PART) c = code[++at]
    this.end = at
    return T.URI
  }

  private token(kind: number, length: number): number {
    this.end = this.start + length
    return kind
  }

  private symbol(at: number, c: number): number {
    const following = c === 0 ? 0 : this.code[at + 1]
    switch (c) {
      case T.PAREN_OPEN:
      case T.PAREN_CLOSE:
      case T.STAR:
      case T.COMMA:
      case T.COLON:
      case T.SEMICOLON:
      case T.QUOTE:
      case T.QUESTION:
      case T.AT:
      case T.BRACKET_OPEN:
      case T.BRACKET_CLOSE:
      case T.BRACE_OPEN:
      case T.BRACE_CLOSE:
        return this.token(c, 1)
      case T.EQUALS:
        return following === T.EQUALS ? this.token(T.EQUAL, 2) : this.token(c, 1)
      case T.DOT:
        return this.pathAfterMark(at, following) || this.dot(at, following)
      case T.MINUS:
        if (following === T.GREATER) return this.token(T.IMPLIES, 2)
        return this.pathAfterMark(at, following) || this.token(c, 1)
      case T.PLUS:
        return this.pathAfterMark(at, following) || this.either(following, T.PLUS, T.CONCAT, c)
      case T.SLASH:
        if (following === T.SLASH) return this.token(T.UPDATE, 2)
        return this.continuesPath(at + 1) ? this.path(at) : this.token(c, 1)
      case T.BANG:
        return this.either(following, T.EQUALS, T.NOT_EQUAL, c)
      case T.LESS:
        if (following === T.EQUALS) return this.token(T.AT_MOST, 2)
        return this.searchPath(at) || this.either(following, BAR, T.PIPE_FROM, c)
      case T.GREATER:
        return this.either(following, T.EQUALS, T.AT_LEAST, c)
      case T.APOSTROPHE:
        return following === T.APOSTROPHE ? this.token(T.INDENTED, 2) : this.strange(at)
      case T.DOLLAR:
        return following === T.BRACE_OPEN ? this.token(T.DOLLAR_BRACE, 2) : this.strange(at)
      case AMPERSAND:
        return following === AMPERSAND ? this.token(T.AND, 2) : this.strange(at)
      case BAR:
        if (following === BAR) return this.token(T.OR, 2)
        return following === T.GREATER ? this.token(T.PIPE_INTO, 2) : this.strange(at)
      case TILDE:
        return following === T.SLASH && this.continuesPath(at + 2) ? this.path(at + 1) : this.strange(at)
      case 0:
        // Also where a zero is written, behind which Nix reads nothing.
        return this.token(T.END, 0)
      default:
        return isDigit(c) ? this.number(at) : this.strange(at)
    }
  }

  /** A token of two characters if the second one is there, otherwise the first as a token. */
  private either(following: number, second: number, both: number, single: number): number {
    return following === second ? this.token(both, 2) : this.token(single, 1)
  }

  private dot(at: number, following: number): number {
    if (following === T.DOT && this.code[at + 2] === T.DOT) return this.token(T.ELLIPSIS, 3)
    if (isDigit(following)) return this.fraction(at + 1)
    return this.token(T.DOT, 1)
  }

  private number(start: number): number {
    const { code } = this
    const at = this.digitsEnd(start)
    const c = code[at]
    const longer = this.pathAfterMark(start, c)
    if (longer !== NEITHER) return longer
    if (c === T.DOT) {
      // `1.` is a float and `0.` is not; `01.5` is an integer and the float `.5`.
      const beginsWithZero = code[start] === ZERO
      if (!beginsWithZero || (at === start + 1 && isDigit(code[at + 1]))) return this.fraction(at + 1)
    }
    this.end = at
    return T.INT
  }

  /** The rest of a float, from behind its point. */
  private fraction(start: number): number {
    const { code } = this
    let at = this.digitsEnd(start)
    // `e` or `E`.
    if ((code[at] | 32) === 101) {
      const sign = code[at + 1]
      const exponent = sign === T.PLUS || sign === T.MINUS ? at + 2 : at + 1
      const end = this.digitsEnd(exponent)
      if (end > exponent) at = end
    }
    this.end = at
    return T.FLOAT
  }

  private digitsEnd(at: number): number {
    const { code } = this
    let c = code[at]
    while (c < 128 && CLASS[c] & DIGIT) c = code[++at]
    return at
  }

  private searchPath(start: number): number {
    const { code } = this
    let at = start
    do {
      let c = code[++at]
      if (c >= 128 || !(CLASS[c] & PATH_PART)) return NEITHER
      while (c < 128 && CLASS[c] & PATH_PART) c = code[++at]
    } while (code[at] === T.SLASH)
    if (code[at] !== T.GREATER) return NEITHER
    this.end = at + 1
    return T.SEARCH_PATH
  }

  /** Text that is no token at all: reported here and skipped, so that the grammar never meets it. */
  private strange(start: number): number {
    const { code, lastEnd } = this
    let end = start + 1
    if (code[start] >= 128) while (code[end] >= 128) end++
    const message = `found ${named(this.slice(start, end))}, which means nothing in Nix outside of strings and comments`
    // The parser may look at a place twice.
    if (start >= this.strangeEnd) this.report("unexpected-character", message, { start, end })
    this.strangeEnd = Math.max(this.strangeEnd, end)
    this.end = end
    this.next()
    this.lastEnd = lastEnd
    return this.kind
  }
}

function isDigit(c: number): boolean {
  return ZERO <= c && c <= NINE
}

let units = new Uint16Array(1 << 16)

/** The UTF-16 units of `text` followed by zeros, in an array that the next call writes over. */
function unitsOf(text: string): Uint16Array {
  if (text.length + 4 > units.length) units = new Uint16Array(text.length * 2)
  Buffer.from(units.buffer).write(text, "utf16le")
  return units.fill(0, text.length, text.length + 4)
}

/** The mark that some editors begin a file with, in UTF-16 and as bytes. */
const byteOrderMarks = ["\ufeff", "\xef\xbb\xbf"]

/** Characters that cannot be seen by what they are, others as they are. */
function named(text: string): string {
  if (byteOrderMarks.includes(text)) return "a byte order mark"
  return text < " " ? "a control character" : `'${text}'`
}
