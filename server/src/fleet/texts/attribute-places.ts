// Finds where a file writes a definition that evaluation saw: the attribute that fits best.
//
// Evaluation knows the file, and the place of values that were computed, but not of constants. So every attribute of the file is
// rated: by how much of the option's path it ends with, whether it is around the place that evaluation knows, whether the value is
// written there, and whether a condition is.

import type { TextRange } from "../../base/index.js"
import { type AttrName, childrenOf, type Expr } from "../../syntax/index.js"
import { beginsWith } from "../attr-path.js"
import { namedCall } from "./named-call.js"
import { isDeclaration, writtenPriority } from "./written-priority.js"

export interface AttributePlace {
  /** The attribute names above and at this place, as far as they are literal. */
  readonly names: readonly string[]
  /** The names as written. */
  readonly range: TextRange
  readonly value: Expr
  /** Whether an `if` or a function such as `mkIf` stands around it. */
  readonly conditional: boolean
}

/** What is known about a definition. */
export interface Wanted {
  readonly path: readonly string[]
  /** Names of the aspect that it came through; empty for none. */
  readonly via: readonly string[]
  /** Offset of its value, or -1. */
  readonly near: number
  /** Its value as text. */
  readonly valueText: string
  readonly priority: number
  readonly conditional: boolean
}

/** Every attribute of a file, wherever it stands. */
export function attributePlaces(tree: Expr): AttributePlace[] {
  const found: AttributePlace[] = []
  visit(tree, [], false, found)
  return found
}

function visit(e: Expr, names: readonly string[], conditional: boolean, found: AttributePlace[]): void {
  if (e.kind === "attrset" || e.kind === "let" || e.kind === "legacyLet") {
    // Names in a `let` are variables and no part of an option's path, but their values may be modules.
    const above = e.kind === "attrset" ? names : []
    for (const binding of e.bindings) {
      if (binding.kind === "binding") {
        const inner = [...above, ...literal(binding.path)]
        const last = binding.path.at(-1)
        const range = { start: binding.path[0]?.start ?? binding.start, end: last?.end ?? binding.start }
        found.push({ names: inner, range, value: binding.value, conditional })
        visit(binding.value, inner, conditional, found)
      } else
        for (const name of binding.names)
          found.push({
            names: [...above, ...literal([name])],
            range: name,
            value: variable(name),
            conditional,
          })
    }
    if (e.kind === "let") visit(e.body, names, conditional, found)
    return
  }
  const decides = conditional || e.kind === "if" || isCondition(e)
  for (const child of childrenOf(e)) visit(child, names, decides, found)
}

function literal(path: readonly AttrName[]): string[] {
  return path.map(name => (name.kind === "static" ? name.name : "*"))
}

function variable(name: AttrName): Expr {
  return { kind: "variable", name: name.kind === "static" ? name.name : "", start: name.start, end: name.end }
}

const conditions = new Set(["mkIf", "optionalAttrs", "optional", "optionals"])

function isCondition(e: Expr): boolean {
  const call = namedCall(e)
  return call?.args.length === 2 && conditions.has(call.name)
}

/** The place that fits a definition best, or undefined if the file has none that fits at all. */
export function bestPlace(
  places: readonly AttributePlace[],
  wanted: Wanted,
  text: string,
): AttributePlace | undefined {
  let best: AttributePlace | undefined
  let bestScore = 0
  for (const place of places) {
    const score = weigh(place, wanted, text)
    if (score > bestScore) {
      best = place
      bestScore = score
    }
  }
  return best ?? (wanted.near < 0 ? places.find(({ names }) => isAspect(names, wanted.via)) : undefined)
}

/**
 * Whether a place is where an aspect is given. What it is given may be no module that is written there: a text or a path, of which
 * the option makes one (`coercedTo`), or a call.
 */
function isAspect(names: readonly string[], via: readonly string[]): boolean {
  const own = inConfig(names)
  return via.length > 0 && own.length === via.length && beginsWith(own, via)
}

/** Whether a place is in another aspect than the one that a definition came through. */
function isInOther(names: readonly string[], via: readonly string[]): boolean {
  const own = inConfig(names)
  const differs = via.findIndex((name, i) => own[i] !== undefined && own[i] !== name && own[i] !== "*")
  // The first two names may be an alias of the option.
  return differs >= Math.max(1, Math.min(2, via.length - 1))
}

/** The names without the `config` that a module may write around them. */
function inConfig(names: readonly string[]): readonly string[] {
  return names[0] === "config" ? names.slice(1) : names
}

/** Rates a place; 0 means that it cannot be the one. */
function weigh({ names, range, value, conditional }: AttributePlace, wanted: Wanted, text: string): number {
  const { path, via, near, valueText, priority } = wanted
  if (isDeclaration(value)) return 0
  const match = matchedAtTop(names, wanted) ?? matchedNames(names, path)
  if (match === undefined) return 0
  const around = near >= range.start && near <= value.end
  // A single name such as `enable` fits too many places, unless it is all there is or evaluation points there.
  if (match.count < Math.min(2, path.length) && !match.atTop && !around) return 0
  if (isInOther(names, via) && !around) return 0
  const written = text.slice(value.start, value.end).includes(valueText)
  return (
    (match.whole ? 1000 : 0) +
    match.count * 20 -
    match.beyond * 15 +
    (around ? 200 : near >= 0 ? 0 : 5) +
    (written ? 10 : 0) +
    // Of what declares an option, only this sets it.
    (match.beyond === 1 && names.at(-1) === "default" ? 1 : 0) +
    (writtenPriority(value) === priority ? 12 : 0) +
    (conditional === wanted.conditional ? 6 : 0) +
    (via.length > 0 && beginsWith(inConfig(names), via) ? 8 : 0)
  )
}

interface Match {
  /** Names in common. */
  readonly count: number
  /** Whether all of the option's path is there, up to its end. */
  readonly whole: boolean
  /** Names that go on into the option's value: `labels.os = ..` defines `labels`. */
  readonly beyond: number
  /** Whether it is set at the top of the file or the aspect. */
  readonly atTop?: boolean
}

/**
 * The end of a path that a file or an aspect sets at its top: a module of a home says `programs.git`, and the option is
 * `home-manager.users.NAME.programs.git`.
 */
function matchedAtTop(names: readonly string[], { path, via }: Wanted): Match | undefined {
  const own = inConfig(names)
  if (!beginsWith(own, via)) return undefined
  const set = own.slice(via.length)
  for (let count = Math.min(set.length, path.length); count > 0; count--)
    if (beginsWith(set, path.slice(-count)))
      return { count, whole: true, beyond: set.length - count, atTop: true }
  return undefined
}

/** How much of an option's path the names of a place have. */
function matchedNames(names: readonly string[], path: readonly string[]): Match | undefined {
  for (let beyond = 0; beyond < names.length; beyond++) {
    const count = commonSuffix(names.slice(0, names.length - beyond), path)
    if (count >= Math.min(2, path.length)) return { count, whole: true, beyond }
  }
  for (let end = path.length; end > 0; end--) {
    const count = commonSuffix(names, path.slice(0, end))
    if (count > 0) return { count, whole: end === path.length, beyond: 0 }
  }
  return undefined
}

function commonSuffix(a: readonly string[], b: readonly string[]): number {
  let count = 0
  while (count < a.length && count < b.length) {
    const name = a[a.length - 1 - count]
    if (name !== b[b.length - 1 - count] && name !== "*") break
    count++
  }
  return count
}
