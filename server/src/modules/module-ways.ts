// The ways from the value of an option to modules, by the option's type: through sets, lists, functions and submodules, however deep.

import { Attrs, type Evaluator, fromPlain, identityOf } from "../eval/index.js"
import { attempt, tryAttr, tryAttrs, tryText } from "./attempt.js"
import { namesOf } from "./members.js"
import type { ModuleStep } from "./module-step.js"
import { eachOption } from "./option-tree.js"

/** Names below an option that people choose, and all names. Types may contain themselves (an aspect that provides aspects). */
const MAX_CHOSEN = 4
const MAX_STEPS = 6
/** Types around each other between two names, where each is a new one. */
const MAX_WRAPPED_TYPES = 16
/** Types in one option: more than anybody writes, fewer than a type of new types can give. */
const MAX_TYPES = 3000

const any: ModuleStep = { not: [] }

/** How to get from the value of an option to modules in it. */
export interface ModuleWay {
  /** The attribute names that lie between the option and a module. */
  readonly steps: readonly ModuleStep[]
  /** Which of them is what people call the module by: the one that a submodule is for, or else the last. */
  readonly nameAt: number
}

/**
 * Types that the search has been through, by the names that led there. What JSON can hold is a list, or a set, of what JSON can
 * hold: with two such ways back in a type, looking at it again each time took minutes.
 */
class SeenTypes {
  private readonly below = new Map<readonly ModuleStep[], Set<unknown>>()
  private count = 0

  /** Whether a type is new here, and there are not too many already. */
  add(type: Attrs, steps: readonly ModuleStep[]): boolean {
    const seen = this.below.get(steps) ?? new Set()
    this.below.set(steps, seen)
    const identity = identityOf(type)
    if (seen.has(identity) || ++this.count > MAX_TYPES) return false
    seen.add(identity)
    return true
  }
}

/** The ways from the value of an option to the modules in it. */
export function waysToModules(ev: Evaluator, option: Attrs): readonly ModuleWay[] {
  return waysOfOption(ev, option, [], undefined, new SeenTypes())
}

/** What `lib.evalModules` made of the value of an option, if this is a submodule whose options may hold modules. */
export function configurationWithModules(ev: Evaluator, option: Attrs): Attrs | undefined {
  const type = tryAttrs(ev, option, "type")
  if (type === undefined || tryText(ev, type, "name") !== "submodule") return undefined
  const ways = waysThroughOptions(ev, subOptions(ev, type), [], new SeenTypes())
  return ways.length > 0 ? tryAttrs(ev, option, "valueMeta", "configuration") : undefined
}

function waysOfOption(
  ev: Evaluator,
  option: Attrs,
  steps: readonly ModuleStep[],
  nameAt: number | undefined,
  seen: SeenTypes,
): ModuleWay[] {
  const type = tryAttrs(ev, option, "type")
  return type === undefined ? [] : waysThrough(ev, type, steps, nameAt, seen)
}

/** The ways from a value of a type to the modules in it. */
function waysThrough(
  ev: Evaluator,
  type: Attrs,
  steps: readonly ModuleStep[],
  nameAt: number | undefined,
  seen: SeenTypes,
  wrapped = 0,
): ModuleWay[] {
  if (isTooDeep(steps) || wrapped > MAX_WRAPPED_TYPES || !seen.add(type, steps)) return []
  const inner = (nested: string, further: readonly ModuleStep[]) => {
    const element = tryAttrs(ev, type, "nestedTypes", nested)
    const around = further.length > steps.length ? 0 : wrapped + 1
    return element === undefined ? [] : waysThrough(ev, element, further, nameAt, seen, around)
  }
  switch (tryText(ev, type, "name")) {
    case "deferredModule":
      return [{ steps, nameAt: nameAt ?? Math.max(0, steps.length - 1) }]
    case "attrsOf":
    case "lazyAttrsOf":
      return inner("elemType", [...steps, any])
    case "nullOr":
    case "unique":
    // What stands in a list, and what a function gives for its argument, is no other aspect: a host imports it by the same name.
    case "listOf":
    case "functionTo":
      return inner("elemType", steps)
    case "coercedTo":
      return inner("finalType", steps)
    case "either":
      return distinct([...inner("left", steps), ...inner("right", steps)])
    case "attrTag":
      return waysThroughOptions(ev, subOptions(ev, type), steps, seen)
    case "submodule":
      return waysThroughSubmodule(ev, type, steps, seen, wrapped)
    default:
      return []
  }
}

/**
 * A submodule that is no member of a set is a configuration by itself, in which what it declares is found under the same path: of
 * that one only the names that it does not declare are of interest.
 */
function waysThroughSubmodule(
  ev: Evaluator,
  type: Attrs,
  steps: readonly ModuleStep[],
  seen: SeenTypes,
  wrapped: number,
): ModuleWay[] {
  const nameAt = steps.length === 0 ? undefined : lastChosen(steps)
  const free = tryAttrs(ev, type, "nestedTypes", "freeformType")
  if (steps.length === 0 && free === undefined) return []
  const options = subOptions(ev, type)
  if (options === undefined) return []
  const ways = steps.length > 0 ? waysThroughOptions(ev, options, steps, seen) : []
  if (free !== undefined) {
    const declared = namesOf(options)
    for (const way of waysThrough(ev, free, steps, nameAt, seen, wrapped + 1))
      ways.push(except(way, steps.length, declared))
  }
  return distinct(ways)
}

/** The options that a value of a type has below it. */
function subOptions(ev: Evaluator, type: Attrs): Attrs | undefined {
  const declare = tryAttr(ev, type, "getSubOptions")
  const options = attempt(ev, () => ev.call(declare ?? null, fromPlain([]))).value
  return options instanceof Attrs ? options : undefined
}

/** The ways through options that each value at some steps has, or may have: an `attrTag` is one of several. */
function waysThroughOptions(
  ev: Evaluator,
  options: Attrs | undefined,
  steps: readonly ModuleStep[],
  seen: SeenTypes,
): ModuleWay[] {
  const ways: ModuleWay[] = []
  if (options === undefined) return ways
  const nameAt = steps.length === 0 ? undefined : lastChosen(steps)
  eachOption(ev, options, [], [], (option, names) => {
    const further = [...steps, ...names.map(name => ({ name }))]
    if (!isTooDeep(further)) ways.push(...waysOfOption(ev, option, further, nameAt, seen))
  })
  return ways
}

function isTooDeep(steps: readonly ModuleStep[]): boolean {
  return steps.length > MAX_STEPS || steps.filter(step => "not" in step).length > MAX_CHOSEN
}

/** The name that the submodule at some steps is for: above it may be the name of a list that holds it. */
function lastChosen(steps: readonly ModuleStep[]): number {
  return Math.max(
    0,
    steps.findLastIndex(step => "not" in step),
  )
}

/** Names that a submodule declares are not free ones. */
function except({ steps, nameAt }: ModuleWay, at: number, declared: readonly string[]): ModuleWay {
  return { nameAt, steps: steps.map((step, i) => (i === at && "not" in step ? { not: declared } : step)) }
}

function distinct(ways: readonly ModuleWay[]): ModuleWay[] {
  return [...new Map(ways.map(way => [JSON.stringify(way), way])).values()]
}
