// All definitions of an option as they were written, including those that lost and those behind a false `mkIf`.
//
// The module system itself only shows the winners. But what it was given is in a closure of the option that it returns: every
// nixpkgs makes options in a function of `loc`, `opt` and `defs` (`lib.modules.evalOptionValue`), and the option's `__toString` is
// made in there. From these raw definitions on, properties are discharged here as `lib.modules` does it (dischargeProperties,
// filterOverrides), but keeping what it throws away.

import {
  Attrs,
  capturedVariable,
  type EvalError,
  type Evaluator,
  intern,
  isString,
  Lambda,
  type Lazy,
  type Place,
  placeOf,
  spanOfThunk,
  Thunk,
  textOf,
  writtenText,
} from "../eval/index.js"
import { attempt, tryAttr, tryForce, tryList, tryText } from "./attempt.js"
import { splitFile } from "./graph.js"
import { DEFAULT_PRIORITY, OPTION_DEFAULT_PRIORITY, priorities } from "./properties.js"

const [CONTENT, CONDITION, PRIORITY, FILE, VALUE] = ["content", "condition", "priority", "file", "value"].map(
  intern,
)

/** A definition before it is known whether it wins. */
export interface RawDefinition {
  /** As the module system names it: a path, perhaps with `, via option ..` behind it. */
  readonly file: string
  readonly priority: number
  /** The value, without the properties around it. */
  readonly content: Lazy
  /** Whether every `mkIf` around it is true; undefined if there is none. */
  readonly condition: boolean | undefined
  /** Where its value is written, if evaluation itself knows. */
  readonly place: Place | undefined
  /** Why its properties could not be read. */
  readonly error?: EvalError
  /** Its source text, for a definition that was not evaluated. */
  readonly written?: string | undefined
  /** Whether it is the option's own default. */
  readonly isDefault: boolean
}

/** All definitions of an option, starting with its default. */
export function definitionsOf(ev: Evaluator, option: Attrs): RawDefinition[] {
  const given = givenDefinitions(ev, option) ?? tryList(ev, option, "definitionsWithLocations")
  return [...defaultOf(ev, option), ...given.flatMap(place => definitionFrom(ev, place))]
}

/** The `defs` that the option was made from, if this module system is made like nixpkgs' own. */
function givenDefinitions(ev: Evaluator, option: Attrs): readonly Lazy[] | undefined {
  const toString = tryAttr(ev, option, "__toString")
  const captured = toString instanceof Lambda ? capturedVariable(toString, "defs") : undefined
  if (captured === undefined) return undefined
  const value = tryForce(ev, captured)
  return Array.isArray(value) ? value : undefined
}

function defaultOf(ev: Evaluator, option: Attrs): RawDefinition[] {
  const content = option.get(intern("default"))
  if (content === undefined) return []
  const [declared] = tryList(ev, option, "declarations")
  const file = declared === undefined ? undefined : tryForce(ev, declared)
  return [
    {
      file: file !== undefined && isString(file) ? textOf(file) : "",
      priority: OPTION_DEFAULT_PRIORITY,
      content,
      condition: undefined,
      place: placeOfValue(content),
      isDefault: true,
    },
  ]
}

function definitionFrom(ev: Evaluator, place: Lazy): RawDefinition[] {
  const definition = tryForce(ev, place)
  if (!(definition instanceof Attrs)) return []
  const value = definition.get(VALUE)
  if (value === undefined) return []
  const file = tryText(ev, definition, "file") ?? ""
  return discharge(ev, { file, priority: DEFAULT_PRIORITY, condition: undefined, isDefault: false }, value)
}

type Surroundings = Pick<RawDefinition, "file" | "priority" | "condition" | "isDefault">

/**
 * Removes the properties around a value: `mkMerge` gives several definitions, `mkIf` a condition, `mkOverride` a priority;
 * `mkOrder` only matters for merging. A property that fails is a definition with an error.
 */
function discharge(ev: Evaluator, around: Surroundings, place: Lazy): RawDefinition[] {
  const outcome = attempt(ev, () => ev.force(place))
  if (outcome.error !== undefined)
    return [{ ...around, content: place, place: placeOfValue(place), error: outcome.error }]
  const value = outcome.value
  const property = value instanceof Attrs ? tryAttr(ev, value, "_type") : undefined
  if (!(value instanceof Attrs) || typeof property !== "string") return [plain(around, place)]
  const content = value.get(CONTENT)
  switch (property) {
    case "merge":
      return tryList(ev, value, "contents").flatMap(part => discharge(ev, around, part))
    case "if":
      return content === undefined ? [] : conditional(ev, around, value, content)
    case "override":
      return content === undefined
        ? []
        : discharge(ev, { ...around, priority: priorityOf(ev, value) }, content)
    case "order":
      return content === undefined ? [] : discharge(ev, around, content)
    case "definition":
      return explicit(ev, around, value)
    default:
      return [plain(around, place)]
  }
}

function plain(around: Surroundings, content: Lazy): RawDefinition {
  return { ...around, content, place: placeOfValue(content) }
}

function conditional(ev: Evaluator, around: Surroundings, value: Attrs, content: Lazy): RawDefinition[] {
  const place = value.get(CONDITION)
  const outcome = attempt(ev, () => (place === undefined ? false : ev.bool(place)))
  if (outcome.error !== undefined)
    return [{ ...around, content, place: placeOfValue(content), error: outcome.error, condition: false }]
  const condition = outcome.value && around.condition !== false
  if (condition) return discharge(ev, { ...around, condition }, content)
  return [unevaluated({ ...around, condition }, content)]
}

/**
 * A definition behind a false condition. It was never meant to be evaluated (it may be a desktop's worth of packages), so it is
 * shown as it is written, and its priority is read from its text: only if somebody looks, since most are passed over.
 */
function unevaluated(around: Surroundings, content: Lazy): RawDefinition {
  let known: Pick<RawDefinition, "priority" | "written"> | undefined
  const read = () => (known ??= readDefinition(around, content))
  return {
    ...plain(around, content),
    get priority() {
      return read().priority
    },
    get written() {
      return read().written
    },
  }
}

function readDefinition(
  { file, priority }: Surroundings,
  content: Lazy,
): Pick<RawDefinition, "priority" | "written"> {
  const text = writtenText(content)?.replace(/\s+/g, " ")
  if (text === undefined) return { priority }
  if (isWrittenElsewhere(file, content)) return { priority, written: "…" }
  const property = /^\(?(?:\w+\.)*(mk\w+)(?: (\d+))? (.*?)\)?$/.exec(text)
  const own = property === null ? undefined : writtenPriority(property[1], property[2])
  if (property === null || own === undefined) return { priority, written: text }
  return { priority: own, written: property[3] }
}

/** Whether a function of another file makes the value, as those for renamed options do: its text is no value of this module. */
function isWrittenElsewhere(moduleName: string, content: Lazy): boolean {
  const { file } = splitFile(moduleName)
  const written = placeOfValue(content)?.file
  return file.startsWith("/") && written !== undefined && ![file, `${file}/default.nix`].includes(written)
}

function writtenPriority(name: string, number: string | undefined): number | undefined {
  return name === "mkOverride" && number !== undefined ? Number(number) : priorities[name]
}

function priorityOf(ev: Evaluator, value: Attrs): number {
  const place = value.get(PRIORITY)
  return (place === undefined ? undefined : attempt(ev, () => ev.int(place)).value) ?? DEFAULT_PRIORITY
}

/** `mkDefinition { file, value, .. }`: a definition that says itself which file it comes from. */
function explicit(ev: Evaluator, around: Surroundings, value: Attrs): RawDefinition[] {
  const inner = value.get(VALUE)
  const file = value.has(FILE) ? tryText(ev, value, "file") : undefined
  return inner === undefined ? [] : discharge(ev, { ...around, file: file ?? around.file }, inner)
}

/** Where a value is written, if evaluation still knows. */
function placeOfValue(place: Lazy): Place | undefined {
  return place instanceof Thunk ? placeOf(spanOfThunk(place)) : undefined
}

/** The lowest priority among definitions that count, as `filterOverrides` finds it. */
export function highestPriority(definitions: readonly RawDefinition[]): number {
  return definitions.reduce(
    (highest, definition) =>
      definition.condition === false ? highest : Math.min(highest, definition.priority),
    9999,
  )
}

/** The definitions of one attribute inside a set-valued option: `a.b` of the definitions of `a`. */
export function definitionsBelow(
  ev: Evaluator,
  definitions: readonly RawDefinition[],
  path: readonly string[],
): RawDefinition[] {
  let level = definitions.slice()
  for (const name of path) level = level.flatMap(definition => stepInto(ev, definition, name))
  return level
}

function stepInto(ev: Evaluator, definition: RawDefinition, name: string): RawDefinition[] {
  if (definition.error !== undefined) return []
  const value = tryForce(ev, definition.content)
  const member = value instanceof Attrs ? value.get(intern(name)) : undefined
  const { file, priority, condition, isDefault } = definition
  return member === undefined ? [] : discharge(ev, { file, priority, condition, isDefault }, member)
}
