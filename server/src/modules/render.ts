// A value as text for people, limited in depth, breadth and length, and never more expensive than what it shows.
//
// A derivation is shown by its name. Its path would be exact, but needs everything that it is built from, so that
// `environment.systemPackages` would take as long as the whole system. A flake is shown by name for the same reason.

import {
  Attrs,
  type EvalError,
  type Evaluator,
  guillemets,
  identityOf,
  intern,
  isFunction,
  isString,
  type Lazy,
  printText,
  printValue,
  textOf,
  type Value,
  writtenName,
} from "../eval/index.js"
import { Allowance } from "./allowance.js"
import { attempt, tryText } from "./attempt.js"

const MAX_DEPTH = 6
const MAX_ENTRIES = 200
const MAX_TEXT = 4000
/** How many values inside one are shown. */
const MAX_SHOWN = 3000

const TYPE = intern("type")

/** What the module system's properties hold, by their `_type`, in the order in which it is written. */
const PROPERTIES: ReadonlyMap<string, readonly string[]> = new Map([
  ["if", ["condition", "content"]],
  ["override", ["priority", "content"]],
  ["order", ["priority", "content"]],
  ["merge", ["contents"]],
])
/** The functions with a name of their own, by the property that they make and its first argument. */
const SHORT_NAMES: ReadonlyMap<string, string> = new Map([
  ["override 50", "mkForce"],
  ["override 1000", "mkDefault"],
  ["order 500", "mkBefore"],
  ["order 1500", "mkAfter"],
])

/** A property as it is written: the function, and what of its arguments the name does not say. */
function propertyName(kind: string, first: string, rest: readonly string[]): readonly string[] {
  const short = SHORT_NAMES.get(`${kind} ${first}`)
  return short === undefined
    ? [`mk${kind[0].toUpperCase()}${kind.slice(1)}`, first, ...rest]
    : [short, ...rest]
}

/** Only properties are shown as calls. */
function asArgument(text: string): string {
  return text.startsWith("mk") ? `(${text})` : text
}

/** Explains an error on one line. */
export type Explain = (error: EvalError) => string

const firstLine: Explain = ({ message }) => message.split("\n", 1)[0]

/** What is shown in place of a value that fails. */
export function renderError(error: EvalError, explain: Explain = firstLine): string {
  return guillemets(`error: ${explain(error)}`)
}

/** The value in Nix syntax, on one line. Parts that fail show why. */
export function renderValue(
  ev: Evaluator,
  place: Lazy,
  explain: Explain = firstLine,
  allowance = new Allowance(),
): string {
  return new Renderer(ev, explain, allowance).place(place, 0)
}

class Renderer {
  private readonly open = new Set<unknown>()
  private length = 0
  private looked = 0

  constructor(
    private readonly ev: Evaluator,
    private readonly explain: Explain,
    private readonly allowance: Allowance,
  ) {}

  place(place: Lazy, depth: number): string {
    if (this.length > MAX_TEXT || this.allowance.isSpent(++this.looked, MAX_SHOWN)) return "..."
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
    if (isString(value)) return printText(textOf(value), MAX_TEXT)
    if (isFunction(value)) return guillemets("lambda")
    return printValue(undefined, value, { force: false })
  }

  private attrs(attrs: Attrs, depth: number): string {
    if (attrs.size === 0) return "{ }"
    if (isDerivation(this.ev, attrs))
      return guillemets(`derivation ${tryText(this.ev, attrs, "name") ?? "?"}`)
    if (tryText(this.ev, attrs, "_type") === "flake")
      return guillemets(`flake ${tryText(this.ev, attrs, "outPath") ?? "?"}`)
    if (depth >= MAX_DEPTH) return "{ ... }"
    return this.property(attrs, depth) ?? this.set(attrs, depth)
  }

  /** What `mkIf` and its kind make, where it lies inside of a definition, as it is written. */
  private property(attrs: Attrs, depth: number): string | undefined {
    const kind = tryText(this.ev, attrs, "_type") ?? ""
    const shape = PROPERTIES.get(kind)
    const places = shape?.map(name => attrs.get(intern(name)))
    if (places === undefined || places.includes(undefined)) return undefined
    const [first = "", ...rest] = places.map(place => this.place(place as Lazy, depth + 1))
    const [name, ...shown] = propertyName(kind, first, rest)
    return [name, ...shown.map(asArgument)].join(" ")
  }

  private set(attrs: Attrs, depth: number): string {
    const slots = Array.from(attrs.shape.sorted)
    const parts = slots.slice(0, MAX_ENTRIES).map(slot => {
      const name = writtenName(attrs.shape.nameAt(slot))
      return `${name} = ${this.place(attrs.at(slot), depth + 1)};`
    })
    if (slots.length > MAX_ENTRIES) parts.push(`... ${slots.length - MAX_ENTRIES} more`)
    return `{ ${parts.join(" ")} }`
  }

  private list(list: readonly Lazy[], depth: number): string {
    if (list.length === 0) return "[ ]"
    if (depth >= MAX_DEPTH) return "[ ... ]"
    const parts = list.slice(0, MAX_ENTRIES).map(element => asArgument(this.place(element, depth + 1)))
    if (list.length > MAX_ENTRIES) parts.push(`... ${list.length - MAX_ENTRIES} more`)
    return `[ ${parts.join(" ")} ]`
  }
}

/** Whether a set is a derivation, as far as its `type` can be evaluated. */
export function isDerivation(ev: Evaluator, attrs: Attrs): boolean {
  return attrs.has(TYPE) && tryText(ev, attrs, "type") === "derivation"
}
