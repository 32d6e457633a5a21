// The ways from the value of an option to modules, by the option's type: through sets, lists, functions and submodules, however deep.

import { Attrs, type Evaluator, fromPlain, identityOf } from "../eval/index.js"
import { attempt, tryAttr, tryAttrs, tryText } from "./attempt.js"
import { namesOf } from "./members.js"
import type { ModuleStep } from "./module-step.js"
import { aliasTarget } from "./option-alias.js"
import { optionsIn } from "./option-tree.js"

/** Names below an option that people choose, and all names. Types may contain themselves (an aspect that provides aspects). */
const MAX_CHOSEN = 4
const MAX_STEPS = 6
/** Types around each other between two names, where each is a new one. */
const MAX_WRAPPED_TYPES = 16
/** Types in one option: more than anybody writes, fewer than a type of new types can give. */
const MAX_TYPES = 3000

/** How to get from the value of an option to modules in it. */
export interface ModuleWay {
  /** The attribute names that lie between the option and a module. */
  readonly steps: readonly ModuleStep[]
  /** Which of them is what people call the module by: the one that a submodule is for, or else the last. */
  readonly nameAt: number
  /** Other names for parts of what lies between. */
  readonly otherNames: readonly OtherName[]
}

/** Another name that a submodule has for one of its options: den's aspects call `provides` also `_`. */
export interface OtherName {
  /** The attribute names that lead to the submodule. */
  readonly below: readonly ModuleStep[]
  readonly name: readonly string[]
  readonly of: readonly string[]
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

/** A type on the way from an option to modules. */
interface Place {
  readonly type: Attrs
  readonly steps: readonly ModuleStep[]
  /** As in a way, if a submodule decided it. */
  readonly nameAt: number | undefined
  /** How many types are around this one since the last name. */
  readonly wrapped: number
  /** Names that the next step may not have: what a submodule declares is no free name. */
  readonly declared: readonly string[]
  /** That the option is another name for one beside it, and no way of its own. */
  readonly otherName: OtherName | undefined
}

/** The ways from the value of an option to the modules in it. */
export function waysToModules(ev: Evaluator, option: Attrs): readonly ModuleWay[] {
  return waysFrom(ev, placesAt(ev, option, [], undefined))
}

/** What `lib.evalModules` made of the value of an option, if this is a submodule whose options may hold modules. */
export function configurationWithModules(ev: Evaluator, option: Attrs): Attrs | undefined {
  const type = tryAttrs(ev, option, "type")
  if (type === undefined || tryText(ev, type, "name") !== "submodule") return undefined
  const ways = waysFrom(ev, placesBelow(ev, subOptions(ev, type), []))
  return ways.length > 0 ? tryAttrs(ev, option, "valueMeta", "configuration") : undefined
}

/** The nearest modules first: in a type that holds itself, there are too many types for all ways to be followed. */
function waysFrom(ev: Evaluator, start: readonly Place[]): ModuleWay[] {
  const seen = new SeenTypes()
  const ways = new Map<string, ModuleWay>()
  const otherNames: OtherName[] = []
  const queue = [...start]
  for (const place of queue) {
    const { type, steps, nameAt, wrapped, otherName } = place
    if (otherName !== undefined) {
      otherNames.push(otherName)
      continue
    }
    if (isTooDeep(steps) || wrapped > MAX_WRAPPED_TYPES || !seen.add(type, steps)) continue
    const name = tryText(ev, type, "name")
    if (name === "deferredModule") {
      const way = { steps, nameAt: nameAt ?? Math.max(0, steps.length - 1) }
      ways.set(JSON.stringify(way), { ...way, otherNames })
    } else queue.push(...placesIn(ev, place, name))
  }
  return [...ways.values()]
}

/** The types in a type, by the name of its kind. */
function placesIn(ev: Evaluator, place: Place, name: string | undefined): Place[] {
  const inner = (nested: string, changed: Partial<Place> = { wrapped: place.wrapped + 1 }) => {
    const type = tryAttrs(ev, place.type, "nestedTypes", nested)
    return type === undefined ? [] : [{ ...place, ...changed, type }]
  }
  switch (name) {
    case "attrsOf":
    case "lazyAttrsOf":
      return inner("elemType", {
        steps: [...place.steps, { not: place.declared }],
        wrapped: 0,
        declared: [],
      })
    case "nullOr":
    case "unique":
    // What stands in a list, and what a function gives for its argument, is no other aspect: a host imports it by the same name.
    case "listOf":
    case "functionTo":
      return inner("elemType")
    case "coercedTo":
      return inner("finalType")
    case "either":
      return [...inner("left"), ...inner("right")]
    case "attrTag":
      return placesBelow(ev, subOptions(ev, place.type), place.steps)
    case "submodule":
      return placesInSubmodule(ev, place)
    default:
      return []
  }
}

/**
 * A submodule that is no member of a set is a configuration by itself, in which what it declares is found under the same path: of
 * that one only the names that it does not declare are of interest.
 */
function placesInSubmodule(ev: Evaluator, { type, steps, wrapped }: Place): Place[] {
  const free = tryAttrs(ev, type, "nestedTypes", "freeformType")
  if (steps.length === 0 && free === undefined) return []
  const options = subOptions(ev, type)
  if (options === undefined) return []
  const below = steps.length > 0 ? placesBelow(ev, options, steps) : []
  if (free === undefined) return below
  const declared = namesOf(options)
  const place = { type: free, steps, nameAt: nameBefore(steps), wrapped: wrapped + 1, declared }
  return [{ ...place, otherName: undefined }, ...below]
}

/** The options that a value of a type has below it. */
function subOptions(ev: Evaluator, type: Attrs): Attrs | undefined {
  const declare = tryAttr(ev, type, "getSubOptions")
  const options = attempt(ev, () => ev.call(declare ?? null, fromPlain([]))).value
  return options instanceof Attrs ? options : undefined
}

/** The types of options that each value at some steps has, or may have: an `attrTag` is one of several. */
function placesBelow(ev: Evaluator, options: Attrs | undefined, steps: readonly ModuleStep[]): Place[] {
  if (options === undefined) return []
  return Array.from(optionsIn(ev, options, []), ({ option, names }) => {
    const further = [...steps, ...names.map(name => ({ name }))]
    const of = aliasTarget(ev, option)
    const otherName = of === undefined ? undefined : { below: steps, name: names, of: of.split(".") }
    return placesAt(ev, option, further, nameBefore(steps), otherName)
  }).flat()
}

function placesAt(
  ev: Evaluator,
  option: Attrs,
  steps: readonly ModuleStep[],
  nameAt: number | undefined,
  otherName?: OtherName,
): Place[] {
  const type = isTooDeep(steps) ? undefined : tryAttrs(ev, option, "type")
  return type === undefined ? [] : [{ type, steps, nameAt, wrapped: 0, declared: [], otherName }]
}

function isTooDeep(steps: readonly ModuleStep[]): boolean {
  return steps.length > MAX_STEPS || steps.filter(step => "not" in step).length > MAX_CHOSEN
}

/** The name that the submodule at some steps is for, if any: above it may be the name of a list that holds it. */
function nameBefore(steps: readonly ModuleStep[]): number | undefined {
  const chosen = steps.findLastIndex(step => "not" in step)
  return steps.length === 0 ? undefined : Math.max(0, chosen)
}
