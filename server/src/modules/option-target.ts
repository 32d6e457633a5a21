// Where a path leads in a configuration: to an option, into the value of one, to a set of options, or nowhere.
//
// A path leads through the option tree. If it goes on below an option, into a submodule or a set, `valueMeta` (which nixpkgs keeps
// for this purpose) has the options inside; if there are none, the value and its definitions are followed as plain sets.

import { Attrs, EvalError, type Evaluator, intern, type Value } from "../eval/index.js"
import { attempt, type Outcome, tryAttrs, tryText } from "./attempt.js"
import { definitionsBelow, definitionsOf } from "./definition.js"
import { namesOf } from "./members.js"
import { optionsOf } from "./unchecked.js"

/** Where a path leads in a configuration. */
export type Target =
  | { readonly kind: "option"; readonly option: Attrs; readonly around: readonly Surrounding[] }
  /** A place inside the value of an option that is not an option itself. */
  | { readonly kind: "member"; readonly option: Attrs; readonly rest: readonly string[] }
  /** A level of the option tree, with options below it. */
  | { readonly kind: "group"; readonly names: readonly string[] }
  | { readonly kind: "missing"; readonly error?: EvalError }

/** A target that is an option, or lies in one. */
export type InOption = Extract<Target, { option: Attrs }>

/** An option of submodule type on the way to another option, and the names that continue from it. */
export interface Surrounding {
  readonly option: Attrs
  readonly rest: readonly string[]
}

/** Follows a path through the options of a configuration (the result of `lib.evalModules`). */
export function findTarget(ev: Evaluator, configuration: Attrs, path: readonly string[]): Target {
  const options = optionsOf(ev, configuration)
  if (options.value === undefined) return { kind: "missing", error: options.error }
  return descend(ev, options.value, path)
}

function descend(ev: Evaluator, level: Attrs, path: readonly string[]): Target {
  let attrs = level
  for (let i = 0; ; i++) {
    if (isOption(ev, attrs)) return below(ev, attrs, path.slice(i))
    if (i === path.length) return { kind: "group", names: namesOf(attrs) }
    const count = namesOfAttr(attrs, path.slice(i))
    if (count === 0) return { kind: "missing" }
    const place = attrs.get(intern(path.slice(i, i + count).join("."))) ?? null
    const next = attempt(ev, () => ev.force(place))
    if (!(next.value instanceof Attrs))
      return next.error === undefined ? { kind: "missing" } : { kind: "missing", error: next.error }
    attrs = next.value
    i += count - 1
  }
}

/**
 * How many names of a path lead to one attribute: several where its name has dots and whoever wrote the path left the quotes
 * away, as in `system.defaults.NSGlobalDomain.com.apple.mouse.tapBehavior`. None if there is no such attribute.
 */
function namesOfAttr(attrs: Attrs, path: readonly string[]): number {
  return 1 + path.findIndex((_, i) => attrs.has(intern(path.slice(0, i + 1).join("."))))
}

function below(ev: Evaluator, option: Attrs, rest: readonly string[]): Target {
  if (rest.length === 0) return { kind: "option", option, around: [] }
  const meta = tryAttrs(ev, option, "valueMeta")
  const inner = meta === undefined ? undefined : belowMeta(ev, meta, rest)
  if (inner?.kind === "option") return { ...inner, around: [{ option, rest }, ...inner.around] }
  if (inner !== undefined) return inner
  return isThere(ev, option, rest) ? { kind: "member", option, rest } : { kind: "missing" }
}

/** Whether a value has something at some names, or fails, or would have something there if a condition were true. */
function isThere(ev: Evaluator, option: Attrs, rest: readonly string[]): boolean {
  const { error } = valueOf(ev, option, rest)
  return (
    error?.code !== "missing-attribute" || definitionsBelow(ev, definitionsOf(ev, option), rest).length > 0
  )
}

/** Looks for options inside a value: those of a submodule, or of the element that the next name picks. */
function belowMeta(ev: Evaluator, meta: Attrs, rest: readonly string[]): Target | undefined {
  const options = optionsInMeta(ev, meta)
  if (options !== undefined) {
    const target = descend(ev, options, rest)
    return target.kind === "missing" ? undefined : target
  }
  const elements = tryAttrs(ev, meta, "attrs")
  const count = elements === undefined ? 0 : namesOfAttr(elements, rest)
  const name = rest.slice(0, count).join(".")
  const element = elements === undefined || count === 0 ? undefined : tryAttrs(ev, elements, name)
  return element === undefined || rest.length === count
    ? undefined
    : belowMeta(ev, element, rest.slice(count))
}

/** The names that may follow a path: those of a set of options, or inside the value of one. */
export function namesAfter(ev: Evaluator, configuration: Attrs, path: readonly string[]): string[] {
  const target = findTarget(ev, configuration, path)
  switch (target.kind) {
    case "group":
      return [...target.names]
    case "option":
      return namesInMeta(ev, target.option, [])
    case "member":
      return namesInMeta(ev, target.option, target.rest)
    case "missing":
      return []
  }
}

function namesInMeta(ev: Evaluator, option: Attrs, rest: readonly string[]): string[] {
  const meta = tryAttrs(ev, option, "valueMeta", ...rest.flatMap(name => ["attrs", name]))
  if (meta === undefined) return []
  const names = optionsInMeta(ev, meta) ?? tryAttrs(ev, meta, "attrs")
  return names === undefined ? [] : namesOf(names)
}

/** The options of a submodule. */
function optionsInMeta(ev: Evaluator, meta: Attrs): Attrs | undefined {
  const configuration = tryAttrs(ev, meta, "configuration")
  return configuration && optionsOf(ev, configuration).value
}

/** Whether a set is an option and not a level of the option tree. */
export function isOption(ev: Evaluator, attrs: Attrs): boolean {
  return tryText(ev, attrs, "_type") === "option"
}

/** The value of an option, or what lies in it at some names. */
export function valueOf(ev: Evaluator, option: Attrs, rest: readonly string[]): Outcome<Value> {
  return attempt(ev, () => {
    let value = ev.force(option.get(VALUE) ?? missing("the option has no value"))
    for (const name of rest) {
      const member = value instanceof Attrs ? value.get(intern(name)) : undefined
      value = ev.force(member ?? missing(`attribute '${name}' missing`))
    }
    return value
  })
}

/** It has no place, since no expression asked. */
function missing(message: string): never {
  throw new EvalError("missing-attribute", message)
}

const VALUE = intern("value")
