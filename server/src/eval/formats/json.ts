// JSON as `builtins.fromJSON` and `builtins.toJSON` have it, over byte strings. Tokens, and most of what can be wrong with a
// text, are json-scanner.ts.

import { utf8Fault } from "../values/utf8.js"
import type { DataBuilder } from "./data-builder.js"
import {
  aColon,
  aKey,
  arrayEnd,
  aValue,
  JsonError,
  JsonScanner,
  objectEnd,
  theEnd,
  type Wanted,
} from "./json-scanner.js"

export { JsonError }

/** What the JSON document `text` says, as `build` makes it. @throws JsonError */
export function parseJson<T>(text: string, build: DataBuilder<T>): T {
  return new JsonParser(text, build).document()
}

/** `text` as a JSON string, quotes included. Bytes beyond ASCII stay. */
export function quoteJson(text: string): string {
  return JSON.stringify(text)
}

/** What Nix's library says when it writes `text`, where that is no UTF-8. */
export function jsonFault(text: string): string | undefined {
  const fault = utf8Fault(text)
  if (fault < 0) return undefined
  const byte = (at: number) => text.charCodeAt(at).toString(16).toUpperCase().padStart(2, "0")
  return fault === text.length
    ? `[json.exception.type_error.316] incomplete UTF-8 string; last byte: 0x${byte(fault - 1)}`
    : `[json.exception.type_error.316] invalid UTF-8 byte at index ${fault}: 0x${byte(fault)}`
}

class JsonParser<T> {
  private readonly tokens: JsonScanner

  constructor(
    text: string,
    private readonly build: DataBuilder<T>,
  ) {
    this.tokens = new JsonScanner(text)
  }

  document(): T {
    const value = this.value()
    this.tokens.wanted = theEnd
    if (this.tokens.next() !== "") this.tokens.unexpected()
    return value
  }

  private value(): T {
    this.tokens.wanted = aValue
    const first = this.tokens.next()
    switch (first) {
      case '"':
        return this.build.string(this.tokens.string())
      case "[":
        return this.array()
      case "{":
        return this.object()
      case "t":
      case "f":
        this.tokens.literal(first)
        return this.build.bool(first === "t")
      case "n":
        this.tokens.literal(first)
        return this.build.null()
      case "-":
        return this.number()
      default:
        return "0" <= first && first <= "9" ? this.number() : this.tokens.unexpected()
    }
  }

  private array(): T {
    const elements: T[] = []
    this.tokens.at++
    if (this.tokens.next() === "]") this.tokens.at++
    else
      do elements.push(this.value())
      while (this.goesOn("]", arrayEnd))
    return this.build.list(elements)
  }

  private object(): T {
    const members = new Map<string, T>()
    this.tokens.at++
    if (this.tokens.next() === "}") this.tokens.at++
    else
      do {
        this.tokens.wanted = aKey
        if (this.tokens.next() !== '"') this.tokens.unexpected()
        const key = this.tokens.string()
        this.tokens.wanted = aColon
        if (this.tokens.next() !== ":") this.tokens.unexpected()
        this.tokens.at++
        members.set(key, this.value())
      } while (this.goesOn("}", objectEnd))
    return this.build.attrs(members)
  }

  // Takes a comma, or the closing bracket, which ends the loop.
  private goesOn(close: string, wanted: Wanted): boolean {
    this.tokens.wanted = wanted
    const next = this.tokens.next()
    if (next !== "," && next !== close) this.tokens.unexpected()
    this.tokens.at++
    return next === ","
  }

  private number(): T {
    const [spelled, fraction, exponent] = this.tokens.number()
    const value = Number(spelled)
    if (fraction !== undefined || exponent !== undefined) return this.float(value, spelled)
    if (Number.isSafeInteger(value)) return this.build.int(value === 0 ? 0 : value)
    const exact = BigInt(spelled)
    if (BigInt.asIntN(64, exact) === exact) return this.build.int(exact)
    if (BigInt.asUintN(64, exact) === exact)
      throw new JsonError(`unsigned json number ${spelled} outside of Nix integer range`)
    return this.float(value, spelled)
  }

  private float(value: number, spelled: string): T {
    if (Number.isFinite(value)) return this.build.float(value)
    throw new JsonError(`[json.exception.out_of_range.406] number overflow parsing '${spelled}'`)
  }
}
