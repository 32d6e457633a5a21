// Options that hold modules: those whose type is `deferredModule`, or sets and lists of it, however deep.

import { Attrs, type Evaluator, isString, nameOf, textOf, textOfBytes } from "../eval/index.js"
import { tryAttr, tryAttrs, tryForce, tryList, tryText } from "./attempt.js"
import { isOption } from "./option.js"

export interface ModuleOption {
  readonly path: readonly string[]
  readonly option: Attrs
  /** How many levels of attribute names lie between the option and a module. */
  readonly depth: number
}

/** Levels of the tree that are looked through; aspects are kept near the top. */
const MAX_LEVELS = 6

/** All options of a configuration that hold modules. An option that fails is passed over: it is some other feature's error. */
export function moduleOptions(ev: Evaluator, configuration: Attrs): ModuleOption[] {
  const options = tryAttrs(ev, configuration, "options")
  const found: ModuleOption[] = []
  if (options !== undefined) walk(ev, options, 0, found)
  return found
}

function walk(ev: Evaluator, level: Attrs, depth: number, found: ModuleOption[]): void {
  if (depth > MAX_LEVELS) return
  for (const slot of level.shape.sorted) {
    if (nameOf(level.shape.keys[slot]).startsWith("_")) continue
    const value = tryForce(ev, level.at(slot))
    if (!(value instanceof Attrs)) continue
    if (isOption(ev, value)) addIfModules(ev, value, found)
    else walk(ev, value, depth + 1, found)
  }
}

function addIfModules(ev: Evaluator, option: Attrs, found: ModuleOption[]): void {
  const type = tryAttrs(ev, option, "type")
  const depth = type === undefined ? undefined : moduleDepth(ev, type)
  if (depth === undefined) return
  const path = tryList(ev, option, "loc").flatMap(place => {
    const name = tryForce(ev, place)
    return name !== undefined && isString(name) ? [textOfBytes(textOf(name))] : []
  })
  found.push({ path, option, depth })
}

/** How many attribute names lead from a value of the type to a module; undefined when none do. */
function moduleDepth(ev: Evaluator, type: Attrs, level = 0): number | undefined {
  if (level > MAX_LEVELS) return undefined
  const name = tryText(ev, type, "name")
  if (name === "deferredModule") return 0
  if (name !== "attrsOf" && name !== "lazyAttrsOf") return undefined
  const nested = tryAttrs(ev, type, "nestedTypes")
  const element = nested === undefined ? undefined : tryAttrs(ev, nested, "elemType")
  const inner = element === undefined ? undefined : moduleDepth(ev, element, level + 1)
  return inner === undefined ? undefined : inner + 1
}

/** The attribute names of an option's value, `depth` levels deep: one path for each module it holds. */
export function moduleNames(ev: Evaluator, { option, depth }: ModuleOption): string[][] {
  const value = tryAttr(ev, option, "value")
  return value === undefined ? [] : namesBelow(ev, value, depth)
}

function namesBelow(ev: Evaluator, value: unknown, depth: number): string[][] {
  if (depth === 0) return [[]]
  if (!(value instanceof Attrs)) return []
  return Array.from(value.shape.sorted).flatMap(slot => {
    const name = textOfBytes(nameOf(value.shape.keys[slot]))
    const inner = depth === 1 ? undefined : tryForce(ev, value.at(slot))
    return namesBelow(ev, inner, depth - 1).map(rest => [name, ...rest])
  })
}
