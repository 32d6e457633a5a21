// String context: which store paths and derivations a string depends on. Elements are written as Nix writes them
// (libexpr, value/context): `/nix/store/..` a path, `=/nix/store/..drv` a derivation with its whole closure,
// `!out!/nix/store/..drv` an output of a derivation, `!out!dev!/nix/store/..drv` an output of the derivation that the output
// `dev` is. Sets are shared and never change.

import { NixString, type Value } from "./value.js"

export type Context = ReadonlySet<string>

export const noContext: Context = new Set()

/** A context that others join one by one. It is copied once at most: the inputs of a derivation come by the hundred. */
export interface GrowingContext {
  context: Context
  /** `context` itself, as long as nobody else has it. */
  own: Set<string> | undefined
}

/** Adds all of a context. */
export function joinContext(growing: GrowingContext, context: Context): void {
  if (context.size === 0 || context === growing.context) return
  if (growing.context.size === 0) {
    growing.context = context
    return
  }
  for (const element of context) {
    if (growing.context.has(element)) continue
    growing.own ??= new Set(growing.context)
    growing.own.add(element)
    growing.context = growing.own
  }
}

/** A string value; without context it is a plain JavaScript string. */
export function withContext(text: string, context: Context): string | NixString {
  return context.size === 0 ? text : new NixString(text, context)
}

/** Whether a value is a string, with or without context. */
export function isString(value: Value): value is string | NixString {
  return typeof value === "string" || value instanceof NixString
}

/** The bytes of a string. */
export function textOf(value: string | NixString): string {
  return typeof value === "string" ? value : value.text
}

/** The context of a string; empty for most. */
export function contextOf(value: string | NixString): Context {
  return typeof value === "string" ? noContext : value.context
}

/** A context element taken apart. */
export interface ContextElement {
  readonly path: string
  /** Outputs on the way from the derivation at `path`, the first one its own; empty for a path itself. */
  readonly outputs: readonly string[]
  /** Whether it is the derivation with its whole closure. */
  readonly deep: boolean
}

const noOutputs: readonly string[] = []

/** Elements that were taken apart: the same few are, again and again, and each time their parts would be texts of their own. */
const known = new Map<string, ContextElement>()

/** Some 10 MB of them. */
const MOST_KNOWN = 20_000

/** Takes an element of context apart into store path and outputs. */
export function parseElement(element: string): ContextElement {
  const before = known.get(element)
  if (before !== undefined) return before
  if (known.size >= MOST_KNOWN) known.clear()
  const parsed = takenApart(element)
  known.set(element, parsed)
  return parsed
}

function takenApart(element: string): ContextElement {
  if (element.startsWith("=")) return { path: element.slice(1), outputs: noOutputs, deep: true }
  if (!element.startsWith("!")) return { path: element, outputs: noOutputs, deep: false }
  const end = element.lastIndexOf("!")
  const outputs = element.slice(1, end).split("!").reverse()
  return { path: element.slice(end + 1), outputs, deep: false }
}

/** The element for an output, see `ContextElement`. */
export function outputElement(path: string, outputs: readonly string[]): string {
  return `!${outputs.toReversed().join("!")}!${path}`
}

/** An element as messages show it: `/nix/store/..drv^out`. */
export function showElement({ path, outputs, deep }: ContextElement): string {
  return deep ? `${path} (deep)` : [path, ...outputs].join("^")
}

/** The elements in the order in which Nix keeps them: paths before closures before outputs, each sorted. */
export function sortedElements(context: Context): string[] {
  return [...context].sort((a, b) => {
    const [left, right] = [parseElement(a), parseElement(b)]
    return rank(left) - rank(right) || compare(left.path, right.path) || compare(a, b)
  })
}

/** The element that Nix comes to first. */
export function firstElement(context: Context): ContextElement {
  return parseElement(sortedElements(context)[0])
}

function rank({ outputs, deep }: ContextElement): number {
  return outputs.length > 0 ? 2 : deep ? 1 : 0
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
