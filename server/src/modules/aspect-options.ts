// Options that hold modules: those whose type leads to `deferredModule`, through sets and submodules of it, however deep.
//
// `flake.modules` is a set of sets of modules; a fleet's own option may as well hold a submodule for each aspect, with a
// module for each class in it (`fleet.aspects.base.nixos`). Names that such a submodule declares are fixed, all others are
// the person's.

import {
  Attrs,
  type Evaluator,
  fromPlain,
  identityOf,
  isFunction,
  isString,
  nameOf,
  textOf,
  textOfBytes,
  type Value,
} from "../eval/index.js"
import { attempt, tryAttr, tryAttrs, tryForce, tryList, tryText } from "./attempt.js"
import { definitionsBelow, definitionsOf, highestPriority, type RawDefinition } from "./definition.js"
import { splitFile } from "./graph.js"
import { fitsStep, isElement, type ModuleStep } from "./module-step.js"
import { isOption } from "./option-target.js"

export interface ModuleOption {
  readonly path: readonly string[]
  readonly option: Attrs
  /** The attribute names that lie between the option and a module. */
  readonly steps: readonly ModuleStep[]
  /** Which of them is what people call the module by: the one that a submodule is for, or else the last. */
  readonly nameAt: number
  /** What the element of a list calls itself, in whose submodule the option lies: `[ { name = "base"; nixos = ..; } ]`. */
  readonly called?: string
  /** Where what is set here is kept, if this is another name for a part of another option (den calls `den.ful.eg` just `eg`). */
  readonly aliasOf?: { readonly whole: ModuleOption; readonly names: readonly string[] }
}

/** An option that `lib.mkAliasOptionModule` made. */
export interface OptionAlias {
  readonly path: readonly string[]
  /** The path of what it is another name for, as Nix prints it: an option that holds modules, or a part of one. */
  readonly of: string
}

/** Levels of the tree that are looked through; aspects are kept near the top. */
const MAX_LEVELS = 6
/** Names below an option that people choose, and all names. Types may contain themselves (an aspect that provides aspects). */
const MAX_CHOSEN = 4
const MAX_STEPS = 6
/** Types around each other between two names, where each is a new one. */
const MAX_WRAPPED_TYPES = 16
/** Types in one option: more than anybody writes, fewer than a type of new types can give. */
const MAX_TYPES = 3000

const any: ModuleStep = { not: [] }

/**
 * All options of a configuration that hold modules, and those that are other names for such options, or for parts of them, which may
 * be in other configurations. An option that fails is passed over: it is some other feature's error.
 * @param isOther options that are known to hold something else
 * @param at path of the only options of interest; all are without it
 */
export function moduleOptions(
  ev: Evaluator,
  configuration: Attrs,
  isOther: (path: readonly string[]) => boolean,
  at: readonly string[] = [],
): { readonly found: readonly ModuleOption[]; readonly aliases: readonly OptionAlias[] } {
  const found: ModuleOption[] = []
  const aliases: OptionAlias[] = []
  const options = tryAttrs(ev, configuration, "options")
  if (options === undefined) return { found, aliases }
  // The configuration may be a submodule's, whose options do not repeat the names that lead to it.
  const starts = at.length === 0 ? [at] : at.map((_, start) => at.slice(start))
  for (const names of starts)
    eachOption(ev, options, names, [], option => {
      const path = locOf(ev, option)
      if (isOther(path)) return
      const ways = waysOfOption(ev, option, [], undefined, new SeenTypes())
      const of = ways.length > 0 || isSubmodule(ev, option) ? aliasTarget(ev, option) : undefined
      if (of !== undefined) {
        aliases.push({ path, of })
        return
      }
      const called = path.some(isElement) ? tryText(ev, configuration, "config", "name") : undefined
      for (const way of ways)
        found.push({ path, option, ...way, ...(called === undefined ? {} : { called: textOfBytes(called) }) })
    })
  return { found, aliases }
}

/** What an option is another name for, which only its description tells (nixpkgs' lib/modules.nix, `doRename`). */
function aliasTarget(ev: Evaluator, option: Attrs): string | undefined {
  const target = /^Alias of \{option\}`([^`]+)`\.$/.exec(tryText(ev, option, "description") ?? "")?.[1]
  return target && textOfBytes(target)
}

/** An alias of a part of an option has no better type. */
function isSubmodule(ev: Evaluator, option: Attrs): boolean {
  return tryText(ev, option, "type", "name") === "submodule"
}

/** Shows every option of a tree that some names lead to, with the names that lead to it. */
function eachOption(
  ev: Evaluator,
  level: Attrs,
  at: readonly string[],
  names: readonly string[],
  visit: (option: Attrs, names: readonly string[]) => void,
): void {
  if (names.length > MAX_LEVELS) return
  const wanted = at[names.length]
  for (const slot of level.shape.sorted) {
    const name = textOfBytes(nameOf(level.shape.keys[slot]))
    if (name.startsWith("_") || (wanted !== undefined && name !== wanted)) continue
    const value = tryForce(ev, level.at(slot))
    if (!(value instanceof Attrs)) continue
    const below = [...names, name]
    if (isOption(ev, value)) visit(value, below)
    else eachOption(ev, value, at, below, visit)
  }
}

function locOf(ev: Evaluator, option: Attrs): string[] {
  return tryList(ev, option, "loc").flatMap(place => {
    const name = tryForce(ev, place)
    return name !== undefined && isString(name) ? [textOfBytes(textOf(name))] : []
  })
}

type Way = Pick<ModuleOption, "steps" | "nameAt">

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

function waysOfOption(
  ev: Evaluator,
  option: Attrs,
  steps: readonly ModuleStep[],
  nameAt: number | undefined,
  seen: SeenTypes,
): Way[] {
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
): Way[] {
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
    case "submodule":
      return waysThroughSubmodule(ev, type, steps, seen, wrapped)
    default:
      return []
  }
}

/**
 * A submodule that is no member of a set is evaluated with the rest, and so what it declares is found by itself, under the
 * same path: of that one only the names that it does not declare are of interest.
 */
function waysThroughSubmodule(
  ev: Evaluator,
  type: Attrs,
  steps: readonly ModuleStep[],
  seen: SeenTypes,
  wrapped: number,
): Way[] {
  const nameAt = steps.length === 0 ? undefined : lastChosen(steps)
  const free = tryAttrs(ev, type, "nestedTypes", "freeformType")
  if (steps.length === 0 && free === undefined) return []
  const declare = tryAttr(ev, type, "getSubOptions")
  const options = attempt(ev, () => ev.call(declare ?? null, fromPlain([]))).value
  if (!(options instanceof Attrs)) return []
  const ways: Way[] = []
  if (steps.length > 0)
    eachOption(ev, options, [], [], (option, names) => {
      const further = [...steps, ...names.map(name => ({ name }))]
      if (!isTooDeep(further)) ways.push(...waysOfOption(ev, option, further, nameAt, seen))
    })
  if (free !== undefined) {
    const declared = Array.from(options.shape.sorted, slot => textOfBytes(nameOf(options.shape.keys[slot])))
    for (const way of waysThrough(ev, free, steps, nameAt, seen, wrapped + 1))
      ways.push(except(way, steps.length, declared))
  }
  return distinct(ways)
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
function except({ steps, nameAt }: Way, at: number, declared: readonly string[]): Way {
  return { nameAt, steps: steps.map((step, i) => (i === at && "not" in step ? { not: declared } : step)) }
}

function distinct(ways: readonly Way[]): Way[] {
  return [...new Map(ways.map(way => [JSON.stringify(way), way])).values()]
}

/** A module that an option holds: the names below the option, and the files that make it. */
export interface HeldModule {
  readonly names: readonly string[]
  readonly files: readonly string[]
}

/**
 * The modules that an option's value holds. Which files make one is asked twice, since either way may lead nowhere: the
 * definitions of the option, of which one may be a function; and the module itself, which an option may hide in a function.
 */
export function heldModules(ev: Evaluator, { option, steps }: ModuleOption): HeldModule[] {
  const value = tryAttr(ev, option, "value")
  if (value === undefined) return []
  const raw = definitionsOf(ev, option)
  return heldBelow(ev, value, steps).map(({ names, files }) => {
    const written = winners(definitionsBelow(ev, raw, names)).map(({ file }) => splitFile(file).file)
    return { names, files: [...new Set([...written, ...files])] }
  })
}

function winners(definitions: readonly RawDefinition[]): readonly RawDefinition[] {
  const highest = highestPriority(definitions)
  return definitions.filter(({ condition, priority }) => condition !== false && priority === highest)
}

function heldBelow(
  ev: Evaluator,
  value: Value | undefined,
  [step, ...rest]: readonly ModuleStep[],
): HeldModule[] {
  if (step === undefined)
    return mayBeModule(value) ? [{ names: [], files: definingParts(ev, value).map(({ file }) => file) }] : []
  if (!(value instanceof Attrs)) return []
  return Array.from(value.shape.sorted).flatMap(slot => {
    const name = textOfBytes(nameOf(value.shape.keys[slot]))
    if (!fitsStep(name, step)) return []
    const inner = tryForce(ev, value.at(slot))
    // Every submodule has what it declares; where nobody wrote anything there is an empty default.
    if ("name" in step && rest.length === 0 && definingParts(ev, inner).every(part => part.isEmpty)) return []
    return heldBelow(ev, inner, rest).map(({ names, files }) => ({ names: [name, ...names], files }))
  })
}

/** An option that holds modules may hold something else in their place: a text for `either str deferredModule`, or nothing. */
function mayBeModule(value: Value | undefined): boolean {
  return value === undefined || value instanceof Attrs || isFunction(value) || Array.isArray(value)
}

const MAX_WRAPPED = 4

interface DefiningPart {
  readonly file: string
  readonly isEmpty: boolean
}

/**
 * A merged `deferredModule` imports each of its definitions, which is named `FILE, via option PATH`. An option may wrap
 * what it holds in further modules (flake-parts says for which class each is), or hold a list of them.
 */
function definingParts(ev: Evaluator, module: unknown, wrapped = 0): DefiningPart[] {
  if (Array.isArray(module)) return module.flatMap(entry => definingParts(ev, tryForce(ev, entry), wrapped))
  if (!(module instanceof Attrs) || wrapped === MAX_WRAPPED) return []
  return tryList(ev, module, "imports").flatMap(place => {
    const part = tryForce(ev, place)
    if (!(part instanceof Attrs)) return []
    const { file, via } = splitFile(tryText(ev, part, "_file") ?? "")
    if (via.length === 0) return definingParts(ev, part, wrapped + 1)
    const [written] = tryList(ev, part, "imports")
    const value = written === undefined ? undefined : tryForce(ev, written)
    return [{ file, isEmpty: value instanceof Attrs && value.shape.sorted.length === 0 }]
  })
}
