// A value for people: bounded in depth, breadth and length, and never more expensive than what it shows.
//
// A derivation shows its name. Its path would be exact, but costs the evaluation of everything it is built from:
// `environment.systemPackages` would take as long as the whole system.

import {
  Attrs,
  attrName,
  Builtin,
  type EvalError,
  type Evaluator,
  guillemets,
  identityOf,
  intern,
  isString,
  Lambda,
  type Lazy,
  NixFloat,
  NixPath,
  nameOf,
  Partial,
  printValue,
  quoteText,
  textOf,
  textOfBytes,
  type Value,
} from "../eval/index.js"
import { attempt, type Outcome, tryText } from "./attempt.js"

const MAX_DEPTH = 6
const MAX_ENTRIES = 200
const MAX_TEXT = 4000

const TYPE = intern("type")

/** Puts an error into words, on one line. */
export type Explain = (error: EvalError) => string

const firstLine: Explain = ({ message }) => message.split("\n", 1)[0]

/** What stands for a value that cannot be had. */
export function renderError(error: EvalError, explain: Explain = firstLine): string {
  return guillemets(`error: ${explain(error)}`)
}

/** The value in Nix syntax, on one line. What fails shows why; evaluation goes on around it. */
export function renderValue(ev: Evaluator, place: Lazy, explain: Explain = firstLine): string {
  return new Renderer(ev, explain).place(place, 0)
}

class Renderer {
  private readonly open = new Set<unknown>()
  private length = 0

  constructor(
    private readonly ev: Evaluator,
    private readonly explain: Explain,
  ) {}

  place(place: Lazy, depth: number): string {
    if (this.length > MAX_TEXT) return "..."
    const outcome = attempt(this.ev, () => this.value(this.ev.force(place), depth))
    return outcome.error === undefined ? outcome.value : renderError(outcome.error, this.explain)
  }

  private value(value: Value, depth: number): string {
    const text = this.composite(value, depth) ?? this.scalar(value)
    if (!(value instanceof Attrs) && !Array.isArray(value)) this.length += text.length
    return text
  }

  private composite(value: Value, depth: number): string | undefined {
    if (!(value instanceof Attrs) && !Array.isArray(value)) return undefined
    if (this.open.has(identityOf(value))) return guillemets("repeated")
    this.open.add(identityOf(value))
    try {
      return value instanceof Attrs ? this.attrs(value, depth) : this.list(value, depth)
    } finally {
      this.open.delete(identityOf(value))
    }
  }

  private scalar(value: Value): string {
    if (isString(value)) return quoteText(textOf(value), MAX_TEXT)
    if (value instanceof Lambda || value instanceof Builtin || value instanceof Partial)
      return guillemets("lambda")
    return printValue(undefined, value, { force: false })
  }

  private attrs(attrs: Attrs, depth: number): string {
    if (attrs.size === 0) return "{ }"
    if (isDerivation(this.ev, attrs))
      return guillemets(`derivation ${tryText(this.ev, attrs, "name") ?? "?"}`)
    if (depth >= MAX_DEPTH) return "{ ... }"
    const slots = Array.from(attrs.shape.sorted)
    const parts = slots.slice(0, MAX_ENTRIES).map(slot => {
      const name = attrName(nameOf(attrs.shape.keys[slot]))
      return `${name} = ${this.place(attrs.at(slot), depth + 1)};`
    })
    if (slots.length > MAX_ENTRIES) parts.push(`... ${slots.length - MAX_ENTRIES} more`)
    return `{ ${parts.join(" ")} }`
  }

  private list(list: readonly Lazy[], depth: number): string {
    if (list.length === 0) return "[ ]"
    if (depth >= MAX_DEPTH) return "[ ... ]"
    const parts = list.slice(0, MAX_ENTRIES).map(element => this.place(element, depth + 1))
    if (list.length > MAX_ENTRIES) parts.push(`... ${list.length - MAX_ENTRIES} more`)
    return `[ ${parts.join(" ")} ]`
  }
}

export function isDerivation(ev: Evaluator, attrs: Attrs): boolean {
  return attrs.has(TYPE) && tryText(ev, attrs, "type") === "derivation"
}

/** What JSON can hold of a value: undefined where a function or a derivation is in it, or the failure that was met. */
export function jsonValue(ev: Evaluator, place: Lazy): Outcome<unknown> {
  const budget = { left: 20_000 }
  return attempt(ev, () => toData(ev, place, budget, 0))
}

/** Stands for "has no JSON form"; JSON itself has no such value. */
const NONE = undefined

function toData(ev: Evaluator, place: Lazy, budget: { left: number }, depth: number): unknown {
  const value = ev.force(place)
  if (--budget.left < 0 || depth > 40) return NONE
  if (value === null || typeof value === "boolean" || typeof value === "number") return value
  if (typeof value === "bigint") return Number(value)
  if (isString(value)) return textOfBytes(textOf(value))
  if (value instanceof NixFloat) return value.value
  if (value instanceof NixPath) return textOfBytes(value.path)
  if (Array.isArray(value)) return collect(value.map(element => toData(ev, element, budget, depth + 1)))
  if (!(value instanceof Attrs) || isDerivation(ev, value) || value.has(intern("__functor"))) return NONE
  const entries: [string, unknown][] = []
  for (const slot of value.shape.sorted) {
    const data = toData(ev, value.at(slot), budget, depth + 1)
    if (data === NONE) return NONE
    entries.push([textOfBytes(nameOf(value.shape.keys[slot])), data])
  }
  return Object.fromEntries(entries)
}

function collect(elements: unknown[]): unknown[] | undefined {
  return elements.includes(NONE) ? NONE : elements
}
