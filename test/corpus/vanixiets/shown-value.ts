// A value as `canopy option` shows it beside a recorded one: everything that is shown has to be what Nix says, and only where
// the text ends early (`...`) is the rest left open. A derivation is told by its name, a function by being one, and what `mkIf` and its kind hold is passed over.

import { isDeepStrictEqual } from "node:util"
import type { Recorded } from "./expected.js"
import { digest, isSet, mark } from "./recorded-marks.js"

type Shown =
  | { readonly kind: "set"; readonly members: ReadonlyMap<string, Shown>; readonly isWhole: boolean }
  | { readonly kind: "list"; readonly elements: readonly Shown[]; readonly isWhole: boolean }
  /** `missing` bytes of it are not shown. */
  | { readonly kind: "text"; readonly text: string; readonly missing: number }
  /** A number, a path, `null`, or what stands in guillemets. */
  | { readonly kind: "word"; readonly word: string }
  | { readonly kind: "rest" }

/** Where what is shown is not what was recorded, as a path of names; undefined where it is. */
export function differenceInShown(text: string, wanted: Recorded): string | undefined {
  return difference(new Reader(text).whole(), wanted, "value")
}

function difference(shown: Shown, wanted: Recorded, at: string): string | undefined {
  if (shown.kind === "rest") return undefined
  const kind = mark(wanted)
  const isEqual = kind === undefined ? isPlain(shown, wanted) : isMarked(shown, kind, wanted as Marked)
  if (!isEqual) return at
  if (kind !== undefined) return undefined
  if (shown.kind === "list")
    return first(shown.elements.map((one, i) => difference(one, (wanted as Recorded[])[i], `${at}[${i}]`)))
  if (shown.kind !== "set") return undefined
  const values = plainMembers(wanted)
  return first([...shown.members].map(([name, one]) => difference(one, values[name], `${at}.${name}`)))
}

function first(found: readonly (string | undefined)[]): string | undefined {
  return found.find(one => one !== undefined)
}

/** Whether the two are alike, apart from what is inside of sets and lists. */
function isPlain(shown: Shown, wanted: Recorded): boolean {
  switch (shown.kind) {
    case "list":
      return Array.isArray(wanted) && isCount(shown.elements.length, wanted.length, shown.isWhole)
    case "set": {
      if (!isSet(wanted)) return false
      const values = plainMembers(wanted)
      const names = [...shown.members.keys()]
      return (
        names.every(name => name in values) &&
        isCount(names.length, Object.keys(values).length, shown.isWhole)
      )
    }
    case "text":
      return (
        typeof wanted === "string" &&
        (shown.missing === 0 ? shown.text === wanted : wanted.startsWith(shown.text))
      )
    case "word":
      return shown.word === String(wanted) || (typeof wanted === "number" && Number(shown.word) === wanted)
    case "rest":
      return true
  }
}

function isCount(shown: number, wanted: number, isWhole: boolean): boolean {
  return isWhole ? shown === wanted : shown <= wanted
}

interface Marked {
  readonly [field: string]: unknown
}

function isMarked(shown: Shown, kind: unknown, wanted: Marked): boolean {
  const word = shown.kind === "word" ? shown.word : ""
  switch (kind) {
    case "derivation":
      return word === `«derivation ${wanted.name}»`
    case "function":
      return word === "«lambda»"
    case "throws":
      return word.startsWith("«error: ")
    case "path":
      return word === wanted.path
    case "flake":
      return word === `«flake ${wanted.outPath}»`
    case "text":
      return shown.kind === "text" && isDigest(shown, wanted)
    case "set-too-deep":
      return (
        shown.kind === "set" && (!shown.isWhole || isDeepStrictEqual([...shown.members.keys()], wanted.attrs))
      )
    case "list-too-deep":
      return shown.kind === "list" && isCount(shown.elements.length, Number(wanted.length), shown.isWhole)
    default:
      return false
  }
}

function isDigest({ text, missing }: { text: string; missing: number }, wanted: Marked): boolean {
  if (missing === 0) return isDeepStrictEqual(digest(text), wanted)
  return Buffer.byteLength(text) + missing === wanted.bytes
}

/** A set whose `_type` was recorded under another name, as it is. */
function plainMembers(wanted: Recorded): Readonly<Record<string, Recorded>> {
  if (!isSet(wanted)) return {}
  const { _oracle_type: tag, ...rest } = wanted
  return tag === undefined ? rest : { ...rest, _type: tag }
}

const escapes: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t" }

class Reader {
  private at = 0

  constructor(private readonly text: string) {}

  whole(): Shown {
    const value = this.value()
    if (this.at < this.text.length)
      throw new Error(`not a value from ${this.at} on: ${this.text.slice(this.at, this.at + 80)}`)
    return value
  }

  private take(pattern: RegExp): RegExpExecArray | undefined {
    const sticky = new RegExp(pattern, "sy")
    sticky.lastIndex = this.at
    const found = sticky.exec(this.text) ?? undefined
    if (found !== undefined) this.at += found[0].length
    return found
  }

  private value(): Shown {
    if (this.take(/\.\.\./) !== undefined) return { kind: "rest" }
    if (this.take(/\{ /) !== undefined) return this.set()
    if (this.take(/\[ /) !== undefined) return this.list()
    if (this.take(/\(?mk[A-Z]\w*/) !== undefined) return this.property()
    const text = this.take(/"((?:[^"\\]|\\.)*)"(?: «(\d+) bytes? elided»)?/)
    if (text !== undefined)
      return {
        kind: "text",
        text: text[1].replace(/\\(.)/gs, (_, c) => escapes[c] ?? c),
        missing: Number(text[2] ?? 0),
      }
    const word = this.take(/«[^»]*»|[^\s;]+/)
    if (word === undefined)
      throw new Error(`no value at ${this.at}: ${this.text.slice(this.at, this.at + 80)}`)
    return { kind: "word", word: word[0] }
  }

  /** `mkIf` and its kind, inside of a value that holds modules: read over, since a record has it in another form. */
  private property(): Shown {
    while (this.take(/ (?![}\]])/) !== undefined) this.value()
    this.take(/\)/)
    return { kind: "rest" }
  }

  private set(): Shown {
    const members = new Map<string, Shown>()
    for (;;) {
      if (this.take(/\}/) !== undefined) return { kind: "set", members, isWhole: true }
      if (this.take(/\.\.\.(?: \d+ more)? \}/) !== undefined) return { kind: "set", members, isWhole: false }
      const name = this.take(/(?:"((?:[^"\\]|\\.)*)"|([\w'-]+)) = /)
      if (name === undefined)
        throw new Error(`no name at ${this.at}: ${this.text.slice(this.at, this.at + 80)}`)
      members.set(name[2] ?? name[1].replace(/\\(.)/gs, "$1"), this.value())
      this.take(/; /)
    }
  }

  private list(): Shown {
    const elements: Shown[] = []
    for (;;) {
      if (this.take(/\]/) !== undefined) return { kind: "list", elements, isWhole: true }
      if (this.take(/\.\.\. (?:\d+ more )?\]/) !== undefined)
        return { kind: "list", elements, isWhole: false }
      elements.push(this.value())
      this.take(/ /)
    }
  }
}
