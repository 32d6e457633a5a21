// Options that hold modules: those whose type leads to `deferredModule`, through sets and submodules of it, however deep.
//
// `flake.modules` is a set of sets of modules; a fleet's own option may as well hold a submodule for each aspect, with a
// module for each class in it (`fleet.aspects.base.nixos`). Names that such a submodule declares are fixed, all others are
// the person's.

import {
  Attrs,
  type Evaluator,
  isFunction,
  isString,
  textOf,
  textOfBytes,
  type Value,
} from "../eval/index.js"
import { tryAttr, tryAttrs, tryForce, tryList, tryText, tryTexts } from "./attempt.js"
import { definitionsBelow, definitionsOf, highestPriority, type RawDefinition } from "./definition.js"
import { splitFile } from "./graph.js"
import { fitsStep, isElement, type ModuleStep } from "./module-step.js"
import { configurationWithModules, type ModuleWay, type OtherName, waysToModules } from "./module-ways.js"
import { aliasTarget } from "./option-alias.js"
import { optionsIn } from "./option-tree.js"

export interface ModuleOption extends ModuleWay {
  readonly path: readonly string[]
  readonly option: Attrs
  /** What the element of a list calls itself, in whose submodule the option lies: `[ { name = "base"; nixos = ..; } ]`. */
  readonly called?: string
  /** Where what is set here is kept, if this is another name for a part of another option (den calls `den.ful.eg` just `eg`). */
  readonly aliasOf?: { readonly whole: ModuleOption; readonly names: readonly string[] }
}

/** An option that `lib.mkAliasOptionModule` made. */
export interface OptionAlias {
  readonly path: readonly string[]
  readonly option: Attrs
  /** The path of what it is another name for, as Nix prints it: an option that holds modules, or a part of one. */
  readonly of: string
}

/** What is found in one configuration. */
export interface FoundOptions {
  readonly found: readonly ModuleOption[]
  /** Other names for such options, or for parts of them, which may be in other configurations. */
  readonly aliases: readonly OptionAlias[]
  /** Submodules in it that may have more: configurations by themselves, with the same paths. */
  readonly submodules: readonly Attrs[]
}

/**
 * All options of a configuration that hold modules. An option that fails is passed over: it is some other feature's error.
 * @param isOther options that are known to hold something else
 * @param at path of the only options of interest; empty for all
 */
export function moduleOptions(
  ev: Evaluator,
  configuration: Attrs,
  isOther: (path: readonly string[]) => boolean,
  at: readonly string[],
): FoundOptions {
  const found: ModuleOption[] = []
  const aliases: OptionAlias[] = []
  const submodules: Attrs[] = []
  const options = tryAttrs(ev, configuration, "options")
  if (options === undefined) return { found, aliases, submodules }
  // The configuration may be a submodule's, whose options do not repeat the names that lead to it.
  const starts = at.length === 0 ? [at] : at.map((_, start) => at.slice(start))
  for (const names of starts)
    for (const { option } of optionsIn(ev, options, names)) {
      const path = locOf(ev, option)
      if (isOther(path)) continue
      const ways = waysToModules(ev, option)
      const of = ways.length > 0 || isSubmodule(ev, option) ? aliasTarget(ev, option) : undefined
      if (of !== undefined) {
        aliases.push({ path, option, of })
        continue
      }
      const called = path.some(isElement) ? tryText(ev, configuration, "config", "name") : undefined
      for (const way of ways)
        found.push({ path, option, ...way, ...(called === undefined ? {} : { called: textOfBytes(called) }) })
      const inside = configurationWithModules(ev, option)
      if (inside !== undefined) submodules.push(inside)
    }
  return { found, aliases, submodules }
}

/** An alias of a part of an option has no better type. */
function isSubmodule(ev: Evaluator, option: Attrs): boolean {
  return tryText(ev, option, "type", "name") === "submodule"
}

function locOf(ev: Evaluator, option: Attrs): string[] {
  return tryList(ev, option, "loc").flatMap(place => {
    const name = tryForce(ev, place)
    return name !== undefined && isString(name) ? [textOfBytes(textOf(name))] : []
  })
}

/** A module that an option holds: the names below the option, and the files that make it. */
export interface HeldModule {
  readonly names: readonly string[]
  readonly files: readonly string[]
}

interface FoundModule extends HeldModule {
  /** Whether nothing is in it, as in the default of an option that nobody sets. */
  readonly isDefault: boolean
}

/**
 * The modules that an option's value holds. Which files make one is asked twice, since either way may lead nowhere: the
 * definitions of the option, of which one may be a function; and the module itself, which an option may hide in a function.
 */
export function heldModules(ev: Evaluator, { option, steps, otherNames }: ModuleOption): HeldModule[] {
  const value = tryAttr(ev, option, "value")
  if (value === undefined) return []
  const filesOf = definingFiles(ev, option, otherNames)
  return heldBelow(ev, value, steps).flatMap(({ names, files, isDefault }) => {
    const written = filesOf(names)
    if (isDefault && written.length === 0) return []
    return [{ names, files: [...new Set([...written, ...files])] }]
  })
}

/** Which files set what is at some names below an option. */
export function definingFiles(
  ev: Evaluator,
  option: Attrs,
  otherNames: readonly OtherName[],
): (names: readonly string[]) => string[] {
  const raw = definitionsOf(ev, option)
  return names =>
    winners(definitionsAt(ev, raw, names, 0, otherNames)).map(({ file }) => splitFile(file).file)
}

/**
 * What some definitions have at a path, by whatever names they have it, from one of its names on. A name that only a function's
 * result has, or an element of a list, stands in the definition with that function or list.
 */
function definitionsAt(
  ev: Evaluator,
  definitions: readonly RawDefinition[],
  names: readonly string[],
  from: number,
  otherNames: readonly OtherName[],
): readonly RawDefinition[] {
  if (from === names.length || definitions.length === 0) return definitions
  const below = (written: readonly string[], length: number) =>
    definitionsAt(ev, definitionsBelow(ev, definitions, written), names, from + length, otherNames)
  const found = [
    ...below([names[from]], 1),
    ...otherNames
      .filter(other => other.below.length === from && leadsAlong(names, other))
      .flatMap(({ name, of }) => below(name, of.length)),
  ]
  return found.length > 0 ? found : definitions.filter(definition => hidesNames(ev, definition))
}

function leadsAlong(names: readonly string[], { below, of }: OtherName): boolean {
  const steps = [...below, ...of.map(name => ({ name }))]
  return steps.length <= names.length && steps.every((step, i) => fitsStep(names[i], step))
}

function hidesNames(ev: Evaluator, { content, error }: RawDefinition): boolean {
  const value = error === undefined ? tryForce(ev, content) : undefined
  return value !== undefined && (isFunction(value) || Array.isArray(value))
}

/** The files that declare an option. */
export function declaringFiles(ev: Evaluator, option: Attrs): string[] {
  return tryTexts(ev, option, "declarations").map(textOfBytes)
}

function winners(definitions: readonly RawDefinition[]): readonly RawDefinition[] {
  const highest = highestPriority(definitions)
  return definitions.filter(definition => definition.condition !== false && definition.priority === highest)
}

/** @param isDeclared whether a submodule declares the last name, so that it is there even if nobody wrote it */
function heldBelow(
  ev: Evaluator,
  value: Value | undefined,
  [step, ...rest]: readonly ModuleStep[],
  isDeclared = false,
): FoundModule[] {
  if (step === undefined) {
    if (!mayBeModule(value)) return []
    const parts = definingParts(ev, value)
    const isDefault = isDeclared && parts.every(part => part.isEmpty)
    return [{ names: [], files: parts.map(({ file }) => file), isDefault }]
  }
  if (!(value instanceof Attrs)) return []
  return Array.from(value.shape.sorted).flatMap(slot => {
    const name = textOfBytes(value.shape.nameAt(slot))
    if (!fitsStep(name, step)) return []
    const inner = tryForce(ev, value.at(slot))
    return heldBelow(ev, inner, rest, "name" in step).map(found => ({
      ...found,
      names: [name, ...found.names],
    }))
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
