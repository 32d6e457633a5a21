// A text as the tokens of Nix's own lexer, for its messages. The scanner of our parser finds the tokens between strings and
// paths; inside of those, Nix's lexer has modes of its own, which are walked through here.

import { floatOfLiteral, isIntegerInRange } from "../number-literal.js"
import { Lexer } from "../parser/lexer.js"
import * as T from "../parser/tokens.js"
import { nulMessage, unescapeQuoted } from "../string-text.js"
import { terminals } from "./nix-grammar.js"

export interface NixToken {
  readonly terminal: number
  readonly start: number
  readonly end: number
}

/** The lexer itself refuses the text here, before any grammar. */
export interface LexicalRefusal {
  readonly message: string
  readonly start: number
}

type Mode = "code" | "string" | "indented" | "path" | "pathSlash"

const numbers = new Map(terminals.map((name, number) => [name, number]))

/** Terminals of token kinds that are not one character. */
const byKind = new Map<number, string>([
  [T.NAME, "ID"],
  [T.INT, "INT"],
  [T.FLOAT, "FLOAT"],
  [T.INDENTED, "IND_OPEN"],
  [T.SEARCH_PATH, "SPATH"],
  [T.URI, "URI"],
])

/** The tokens up to the end or to what the lexer refuses. The end comes again and again. */
export class NixTokens {
  private readonly lexer: Lexer
  private readonly modes: Mode[] = []
  private at = 0
  private last: NixToken = { terminal: 0, start: 0, end: 0 }
  private beforeLast = this.last

  constructor(private readonly source: string) {
    this.lexer = new Lexer(source)
  }

  /** The token behind the one before, or why there is none. */
  next(): NixToken | LexicalRefusal {
    const token = this.scan(this.modes.at(-1) ?? "code")
    if ("terminal" in token) {
      this.at = token.end
      this.beforeLast = this.last
      this.last = token
    }
    return token
  }

  private scan(mode: Mode): NixToken | LexicalRefusal {
    switch (mode) {
      case "string":
        return this.inString()
      case "indented":
        return this.inIndented()
      case "path":
      case "pathSlash":
        return this.inPath(mode)
      case "code":
        return this.inCode()
    }
  }

  private inCode(): NixToken | LexicalRefusal {
    const { lexer } = this
    lexer.end = matchEnd(BLANK, this.source, this.at) ?? this.at
    const from = lexer.end
    lexer.next()
    const { kind, start, end } = lexer
    if (start !== from) return this.strange(from)
    if (kind === T.PATH) return this.pathStart(start)
    if (kind === T.END) return this.endFrom(start)
    const refusal =
      kind === T.INT || kind === T.FLOAT ? numberRefusal(this.source.slice(start, end), start) : undefined
    if (refusal !== undefined) return refusal
    if (kind === T.QUOTE) this.modes.push("string")
    else if (kind === T.INDENTED) this.modes.push("indented")
    else if (kind === T.BRACE_OPEN || kind === T.DOLLAR_BRACE) this.modes.push("code")
    else if (kind === T.BRACE_CLOSE) this.modes.pop()
    const name = byKind.get(kind) ?? this.source.slice(start, end)
    return this.token(name, start, name === "IND_OPEN" ? this.blankLineEnd(end) : end)
  }

  /** Whether the text ends right behind a path: Nix is then still where the last piece of the path begins. */
  private endsInPath(): boolean {
    const { terminal, end } = this.last
    return terminal === numbers.get("PATH_END") && end === this.source.length
  }

  /** The end, which NUL is too, behind itself. */
  private endFrom(start: number): NixToken {
    if (this.endsInPath()) return this.token("END", this.beforeLast.start, this.beforeLast.start)
    return this.token("END", start, Math.min(start + 1, this.source.length))
  }

  /** What the scanner skips although it is not blank: characters that mean nothing, comments without an end. */
  private strange(start: number): NixToken {
    return this.token(this.source[start] === "/" ? "/" : "STRANGE", start, start + 1)
  }

  private blankLineEnd(at: number): number {
    let end = at
    while (this.source[end] === " ") end++
    return this.source[end] === "\n" ? end + 1 : at
  }

  private pathStart(start: number): NixToken {
    const terminal = this.source[start] === "~" ? "HPATH" : "PATH"
    const end =
      matchEnd(/~?[\w.+-]*(?:\/[\w.+-]+)+\/?/y, this.source, start) ?? this.source.indexOf("/", start) + 1
    this.modes.push(this.source[end - 1] === "/" ? "pathSlash" : "path")
    return this.token(terminal, start, end)
  }

  private inPath(mode: "path" | "pathSlash"): NixToken | LexicalRefusal {
    const { source, at } = this
    if (source.startsWith("${", at)) {
      this.modes.splice(-1, 1, "path", "code")
      return this.token("${", at, at + 2)
    }
    const end = matchEnd(/[\w.+-]*(?:\/[\w.+-]+)+\/?|[\w.+-]*\/|[\w.+-]+/y, source, at)
    if (end !== undefined) {
      this.modes.splice(-1, 1, source[end - 1] === "/" ? "pathSlash" : "path")
      return this.token("STR", at, end)
    }
    // What ends a path is read again as what it is. Nix goes back to the place of a token before for that, which at the end
    // of the text is one further back.
    const atEnd = at === source.length
    if (mode === "pathSlash") return { message: TRAILING_SLASH, start: atEnd ? this.last.start : at }
    this.modes.pop()
    const { start } = atEnd ? this.beforeLast : this.last
    return { terminal: numbers.get("PATH_END") ?? 0, start, end: at }
  }

  private inString(): NixToken | LexicalRefusal {
    const { source, at } = this
    if (source[at] === '"') return this.leave('"', 1)
    if (source.startsWith("${", at)) return this.interpolation()
    let end = at
    for (; end < source.length; end++) {
      if (source[end] === '"' || source.startsWith("${", end)) break
      if (source[end] === "$" && (source[end + 1] === "$" || source[end + 1] === undefined)) end++
      else if (source[end] === "\\") end++
    }
    const isCut = source.length < end || at === source.length
    if (isCut && end - at <= 2) return this.token("END", at, source.length)
    return this.text("STR", at, isCut ? source.length - 1 : end)
  }

  private inIndented(): NixToken | LexicalRefusal {
    const { source, at } = this
    if (source.length <= at) return this.token("END", at, at)
    if (source.startsWith("${", at)) return this.interpolation()
    if (source.startsWith("''", at)) {
      const third = source[at + 2]
      if (third === "$" || third === "'") return this.token("IND_STR", at, at + 3)
      if (third === "\\" && at + 3 < source.length) return this.text("IND_STR", at, at + 4)
      return this.leave("IND_CLOSE", 2)
    }
    let end = at
    while (end < source.length && !/^(?:\$\{|'')/.test(source.slice(end, end + 2)))
      end += source[end] === "$" && source[end + 1] !== "'" ? 2 : 1
    return this.text("IND_STR", at, Math.min(Math.max(end, at + 1), source.length))
  }

  private interpolation(): NixToken {
    this.modes.push("code")
    return this.token("${", this.at, this.at + 2)
  }

  private leave(name: string, length: number): NixToken {
    this.modes.pop()
    return this.token(name, this.at, this.at + length)
  }

  private text(name: string, start: number, end: number): NixToken | LexicalRefusal {
    const nul = this.source.indexOf("\0", start)
    if (nul < 0 || end <= nul) return this.token(name, start, end)
    const written = this.source.slice(start, end)
    return { message: nulMessage(name === "STR" ? unescapeQuoted(written) : written), start }
  }

  private token(name: string, start: number, end: number): NixToken {
    return { terminal: numbers.get(name) ?? numbers.get("STRANGE") ?? 0, start, end }
  }
}

/** Blanks and comments, perhaps none. */
const BLANK = /(?:[ \t\r\n]+|#[^\r\n]*|\/\*(?:[^*]|\*(?!\/))*\*\/)*/y

const TRAILING_SLASH = "path has a trailing slash"

function numberRefusal(text: string, start: number): LexicalRefusal | undefined {
  if (/^\d+$/.test(text))
    return isIntegerInRange(text) ? undefined : { message: `invalid integer '${text}'`, start }
  return floatOfLiteral(text) === undefined ? { message: `invalid float '${text}'`, start } : undefined
}

function matchEnd(pattern: RegExp, source: string, at: number): number | undefined {
  pattern.lastIndex = at
  return pattern.test(source) ? pattern.lastIndex : undefined
}
