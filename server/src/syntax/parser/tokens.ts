// The alphabet between scanner and parser: token kinds and character classes as small numbers.
//
// A punctuation mark of one character is its own character code, everything else starts at 128, so that tables indexed
// by a kind are 256 bytes and V8 turns a switch over kinds into a jump. Plain constants rather than an enum: they are
// inlined wherever they are used; typed `number` because the current token changes under TypeScript's narrowing.

export const END: number = 0

export const BANG: number = 33
export const QUOTE: number = 34
export const DOLLAR: number = 36
export const APOSTROPHE: number = 39
export const PAREN_OPEN: number = 40
export const PAREN_CLOSE: number = 41
export const STAR: number = 42
export const PLUS: number = 43
export const COMMA: number = 44
export const MINUS: number = 45
export const DOT: number = 46
export const SLASH: number = 47
export const COLON: number = 58
export const SEMICOLON: number = 59
export const LESS: number = 60
export const EQUALS: number = 61
export const GREATER: number = 62
export const QUESTION: number = 63
export const AT: number = 64
export const BRACKET_OPEN: number = 91
export const BACKSLASH: number = 92
export const BRACKET_CLOSE: number = 93
export const BRACE_OPEN: number = 123
export const BRACE_CLOSE: number = 125

export const NAME: number = 128
export const INT: number = 129
export const FLOAT: number = 130
/** `''`, the opening one. */
export const INDENTED: number = 131
/** The first text of a path, up to its end or its first `${`. */
export const PATH: number = 132
export const SEARCH_PATH: number = 133
export const URI: number = 134
/** `${` */
export const DOLLAR_BRACE: number = 135
export const ELLIPSIS: number = 136

export const EQUAL: number = 140
export const NOT_EQUAL: number = 141
export const AT_MOST: number = 142
export const AT_LEAST: number = 143
export const AND: number = 144
export const OR: number = 145
export const IMPLIES: number = 146
export const UPDATE: number = 147
export const CONCAT: number = 148
/** `|>` */
export const PIPE_INTO: number = 149
/** `<|` */
export const PIPE_FROM: number = 150

export const IF: number = 160
export const THEN: number = 161
export const ELSE: number = 162
export const ASSERT: number = 163
export const WITH: number = 164
export const LET: number = 165
export const IN: number = 166
export const REC: number = 167
export const INHERIT: number = 168
/** The word `or`, a keyword only after a selection. */
export const OR_WORD: number = 169

/** Bits of `CLASS`: what a character below 128 may be part of. */
export const NAME_START: number = 1
export const NAME_PART: number = 2
export const PATH_PART: number = 4
export const SCHEME_PART: number = 8
export const URI_PART: number = 16
export const DIGIT: number = 32

const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
const digits = "0123456789"

/** Character classes by character code below 128. */
export const CLASS: Uint8Array = classes()

function classes(): Uint8Array {
  const table = new Uint8Array(128)
  const add = (bit: number, characters: string) => {
    for (const character of characters) table[character.charCodeAt(0)] |= bit
  }
  add(NAME_START, `${letters}_`)
  add(NAME_PART, `${letters}${digits}_'-`)
  add(PATH_PART, `${letters}${digits}._-+`)
  add(SCHEME_PART, `${letters}${digits}.-+`)
  add(URI_PART, `${letters}${digits}%/?:@&=+$,-_.!~*'`)
  add(DIGIT, digits)
  return table
}

/** A table over token kinds that is 1 for the kinds given. */
export function kindSet(...kinds: readonly number[]): Uint8Array {
  const table = new Uint8Array(256)
  for (const kind of kinds) table[kind] = 1
  return table
}

/** Kinds that begin an operand: what may follow a function as its argument, or stand in a list. */
export const STARTS_OPERAND: Uint8Array = kindSet(
  NAME,
  INT,
  FLOAT,
  QUOTE,
  INDENTED,
  PATH,
  SEARCH_PATH,
  URI,
  PAREN_OPEN,
  BRACE_OPEN,
  BRACKET_OPEN,
  LET,
  REC,
)

/** Kinds that begin an attribute name. */
export const STARTS_ATTR: Uint8Array = kindSet(NAME, OR_WORD, QUOTE, DOLLAR_BRACE)

/** The kind of a word of at most seven characters: of a keyword, or NAME. `code` holds the units of `source`. */
export function wordKind(code: Uint16Array, source: string, start: number, length: number): number {
  switch (code[start]) {
    case 97: // a
      return length === 6 && source.startsWith("assert", start) ? ASSERT : NAME
    case 101: // e
      return length === 4 && source.startsWith("else", start) ? ELSE : NAME
    case 105: // i
      if (length === 2) {
        const second = code[start + 1]
        return second === 110 ? IN : second === 102 ? IF : NAME
      }
      return length === 7 && source.startsWith("inherit", start) ? INHERIT : NAME
    case 108: // l
      return length === 3 && source.startsWith("let", start) ? LET : NAME
    case 111: // o
      return length === 2 && code[start + 1] === 114 ? OR_WORD : NAME
    case 114: // r
      return length === 3 && source.startsWith("rec", start) ? REC : NAME
    case 116: // t
      return length === 4 && source.startsWith("then", start) ? THEN : NAME
    case 119: // w
      return length === 4 && source.startsWith("with", start) ? WITH : NAME
    default:
      return NAME
  }
}
