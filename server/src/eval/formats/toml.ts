// TOML 1.0, for `builtins.fromTOML`, over byte strings.
//
// Most of the format is its tables: which of them a header or a dotted key may still add to. Each table remembers how it
// came about, and a value that is written in place, an inline table among them, is closed as soon as it is read.

import type { DataBuilder } from "./data-builder.js"
import { TomlError, TomlReader } from "./toml-reader.js"
import { type DateTimeKind, readScalar } from "./toml-scalars.js"

export { type DateTimeKind, TomlError }

/** Makes values; dates and times come as text, in the form in which Nix prints them. */
export interface TomlBuilder<T> extends Omit<DataBuilder<T>, "null"> {
  nan(isNegative: boolean): T
  dateTime(kind: DateTimeKind, text: string): T
}

/** Refuses dates and times in Nix's words, as it does unless an experimental feature is on. @throws TomlError */
export function refuseDateTime(): never {
  throw new TomlError("while parsing TOML: Dates and times are not supported")
}

/** What the TOML document `text` says, as `build` makes it. @throws TomlError */
export function parseToml<T>(text: string, build: TomlBuilder<T>): T {
  return new TomlParser(text, build).document()
}

type Entry<T> = Table<T> | TableList<T> | { readonly kind: "value"; readonly value: T }

/** `[[name]]`: headers below it go to the last of its tables. */
interface TableList<T> {
  readonly kind: "list"
  readonly tables: Table<T>[]
}

interface Table<T> {
  readonly kind: "table"
  /** By a header of its own, on the way to one, or by a dotted key, which alone may add to it. */
  origin: "header" | "passed" | "dotted"
  readonly members: Map<string, Entry<T>>
}

class TomlParser<T> {
  private readonly reader: TomlReader

  constructor(
    text: string,
    private readonly build: TomlBuilder<T>,
  ) {
    this.reader = new TomlReader(text)
  }

  document(): T {
    const { reader } = this
    const root = newTable<T>("header")
    let current = root
    reader.eat("\xef\xbb\xbf")
    for (reader.skipLines(); reader.at < reader.text.length; reader.skipLines()) {
      if (reader.text[reader.at] === "[") current = this.header(root)
      else this.keyValue(current)
      reader.endLine()
    }
    return this.built(root)
  }

  private header(root: Table<T>): Table<T> {
    const { reader } = this
    const start = reader.at
    const isList = reader.eat("[[")
    if (!isList) reader.eat("[")
    const path = reader.key()
    const close = isList ? "]]" : "]"
    if (!reader.eat(close)) reader.fail(`expected '${close}'`)
    const parent = path.slice(0, -1).reduce((table, name) => this.passThrough(table, name, start), root)
    const name = path[path.length - 1]
    return isList ? this.appendTable(parent, name, start) : this.openTable(parent, name, start)
  }

  // The table called `name` on the way to a header.
  private passThrough(table: Table<T>, name: string, start: number): Table<T> {
    const entry = table.members.get(name)
    if (entry === undefined) return added(table, name, newTable<T>("passed"))
    if (entry.kind === "table") return entry
    if (entry.kind === "list") return entry.tables[entry.tables.length - 1]
    return this.reader.fail(`'${name}' is already a value, not a table`, start)
  }

  private openTable(parent: Table<T>, name: string, start: number): Table<T> {
    const entry = parent.members.get(name)
    if (entry === undefined) return added(parent, name, newTable<T>("header"))
    if (entry.kind !== "table" || entry.origin !== "passed")
      return this.reader.fail(`table '${name}' is already defined`, start)
    entry.origin = "header"
    return entry
  }

  private appendTable(parent: Table<T>, name: string, start: number): Table<T> {
    const entry = parent.members.get(name)
    const table = newTable<T>("header")
    if (entry === undefined) parent.members.set(name, { kind: "list", tables: [table] })
    else if (entry.kind === "list") entry.tables.push(table)
    else this.reader.fail(`'${name}' is already defined and is no array of tables`, start)
    return table
  }

  private keyValue(table: Table<T>): void {
    const { reader } = this
    const start = reader.at
    const path = reader.key()
    if (!reader.eat("=")) reader.fail("expected '=' or '.' after a key")
    reader.skipBlanks()
    const value = this.value()
    const parent = path.slice(0, -1).reduce((inner, name) => this.dottedTable(inner, name, start), table)
    const name = path[path.length - 1]
    if (parent.members.has(name)) reader.fail(`'${name}' is already defined`, start)
    parent.members.set(name, { kind: "value", value })
  }

  private dottedTable(table: Table<T>, name: string, start: number): Table<T> {
    const entry = table.members.get(name)
    if (entry === undefined) return added(table, name, newTable<T>("dotted"))
    if (entry.kind === "table" && entry.origin === "dotted") return entry
    return this.reader.fail(`a dotted key cannot add to '${name}', which is already defined`, start)
  }

  private value(): T {
    const { reader, build } = this
    if (reader.eat("[")) return this.array()
    if (reader.eat("{")) return this.inlineTable()
    const text = reader.string()
    if (text !== undefined) return build.string(text)
    const scalar = readScalar(reader)
    switch (scalar.kind) {
      case "bool":
        return build.bool(scalar.value)
      case "int":
        return build.int(scalar.value)
      case "float":
        return build.float(scalar.value)
      case "nan":
        return build.nan(scalar.isNegative)
      default:
        return build.dateTime(scalar.kind, scalar.text)
    }
  }

  private array(): T {
    const { reader } = this
    const elements: T[] = []
    for (;;) {
      reader.skipLines()
      if (reader.eat("]")) return this.build.list(elements)
      elements.push(this.value())
      reader.skipLines()
      if (!reader.eat(",") && reader.text[reader.at] !== "]") reader.fail("expected ',' or ']'")
    }
  }

  private inlineTable(): T {
    const { reader } = this
    const table = newTable<T>("header")
    reader.skipBlanks()
    if (reader.eat("}")) return this.built(table)
    do {
      reader.skipBlanks()
      this.keyValue(table)
      reader.skipBlanks()
    } while (reader.eat(","))
    if (!reader.eat("}")) reader.fail("expected ',' or '}'")
    return this.built(table)
  }

  private built(table: Table<T>): T {
    const members = new Map<string, T>()
    for (const [name, entry] of table.members) members.set(name, this.builtEntry(entry))
    return this.build.attrs(members)
  }

  private builtEntry(entry: Entry<T>): T {
    if (entry.kind === "value") return entry.value
    if (entry.kind === "table") return this.built(entry)
    return this.build.list(entry.tables.map(table => this.built(table)))
  }
}

function newTable<T>(origin: Table<T>["origin"]): Table<T> {
  return { kind: "table", origin, members: new Map() }
}

function added<T>(parent: Table<T>, name: string, table: Table<T>): Table<T> {
  parent.members.set(name, table)
  return table
}
