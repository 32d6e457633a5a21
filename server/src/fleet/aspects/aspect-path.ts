// Names of aspects: takes a path such as `flake.modules.nixos."machines/nixos/cinnabar"` apart into option, class and name.

import { fitsStep, isElement } from "../../modules/index.js"
import { beginsWith, joinAttrPath, splitAttrPath } from "../attr-path.js"
import type { AspectContainer, AspectName, AspectShape, HostClass } from "../model.js"

/** The container whose aspects a path leads into, if it does. */
export function containerOf<C extends AspectContainer>(
  path: readonly string[],
  containers: readonly C[],
): C | undefined {
  return containers.find(
    ({ option, depth, shape }) =>
      path.length >= option.length + depth &&
      beginsWith(path, option) &&
      (shape === undefined || shape.steps.every((step, i) => fitsStep(path[option.length + i], step))),
  )
}

/** Whether a path leads towards aspects without being inside one: `flake`, `flake.modules.nixos`. */
export function leadsToAspects(path: readonly string[], containers: readonly AspectContainer[]): boolean {
  return containers.some(({ option, depth, shape }) => {
    const fits = (name: string, i: number) =>
      i < option.length
        ? option[i] === name
        : shape === undefined || fitsStep(name, shape.steps[i - option.length])
    return path.length <= option.length + depth && path.every(fits)
  })
}

/** The aspect that a module's label names, if it is one of the containers'. */
export function aspectOf(label: string, containers: readonly AspectContainer[]): AspectName | undefined {
  const path = splitAttrPath(label).filter(name => name !== FUNCTION_BODY)
  const ways = path.some(isElement)
    ? [path, withoutLists(path), path.filter(name => !isElement(name))]
    : [path]
  for (const way of ways) {
    const aspect = aspectAt(way, containers)
    if (aspect !== undefined) return aspect
  }
  return undefined
}

/** What the module system calls the result of a function that an option holds. */
const FUNCTION_BODY = "<function body>"

/** The names of a label that somebody wrote: those of elements of lists, and of what functions return, are the module system's. */
export function writtenNames(label: string): string[] {
  return splitAttrPath(label).filter(name => name !== FUNCTION_BODY && !isElement(name))
}

/** What an aspect has in a list (`base.includes = [ { nixos = ..; } ]`) is part of it: `base.nixos`. */
function withoutLists(path: readonly string[]): string[] {
  return path.filter((name, i) => !isElement(name) && !isElement(path[i + 1] ?? ""))
}

/** The aspect that a path names or leads into. */
export function aspectAt(
  path: readonly string[],
  containers: readonly AspectContainer[],
): AspectName | undefined {
  const container = containerOf(path, containers)
  if (container === undefined) return undefined
  const kept = container.aliasOf ?? container
  return nameBelow(kept.option, keptPath(path, container).slice(kept.option.length), kept.shape)
}

/** The names of the aspect that a path leads into, from the option on that keeps it. */
export function keptPath(path: readonly string[], { option, depth, aliasOf }: AspectContainer): string[] {
  const { option: whole, names } = aliasOf ?? { option, names: [] }
  return [...whole, ...names, ...path.slice(option.length, option.length + depth)]
}

/** Classes whose aspects hosts import. Aspects of other classes (terranix) serve something else, unless a host imports one. */
export const hostClasses: ReadonlySet<string> = new Set<HostClass>(["nixos", "darwin", "homeManager"])

/** Names that say which class a module is for, wherever they are in a path. */
const classes: ReadonlySet<string> = new Set([...hostClasses, "generic"])

/**
 * The aspect at some names below an option. Fleets write both `nixos.base` and `base.nixos`: if exactly one name is that of a
 * class, it is the class, unless the option is called after one. All the other names that a person chose make up the aspect's
 * name, since two may end alike: `web.provides.tls` and `mail.provides.tls`.
 */
export function nameBelow(
  option: readonly string[],
  names: readonly string[],
  shape: AspectShape | undefined,
): AspectName {
  if (names.length === 0) return namedByOption(option, shape?.called)
  const classAt = classOfOption(option) === "" ? placeOfClass(names, shape) : placeOfHome(names, shape)
  const others = names.filter((_, i) => i !== classAt)
  const chosen = names.filter((_, i) => i !== classAt && isChosen(i, shape))
  const parts = [
    ...(shape?.called === undefined ? [] : [shape.called]),
    ...(chosen.length > 0 ? chosen : others),
  ]
  return {
    option: joinAttrPath(option),
    class: names[classAt] ?? classOfOption(option),
    name: parts.length > 1 ? joinAttrPath(parts) : (parts[0] ?? option.at(-1) ?? ""),
  }
}

/** The class that an option says in its own name, if it does: `options.my.nixos`. */
function classOfOption(option: readonly string[]): string {
  const last = option.at(-1) ?? ""
  return classes.has(last) ? last : ""
}

/** An option that is itself a module: `base`, `nixos.base`, `base.nixos` or `base.home`. In an element of a list it is called as that is. */
function namedByOption(option: readonly string[], called: string | undefined): AspectName {
  const [above, last = ""] = option.length > 1 ? option.slice(-2) : ["", ...option]
  const named = (name: string, class_: string) => ({ option: joinAttrPath(option), class: class_, name })
  if ((classes.has(last) || (last === HOME && !classes.has(above))) && above !== "")
    return named(called ?? above, last)
  return named(called ?? last, classes.has(above) ? above : "")
}

/** What frameworks call the modules for homes beside those for machines: unify has `unify.nixos` and `unify.home`. */
const HOME = "home"

/** Where a submodule has modules for homes although its option is called after machines: `unify.hosts.nixos.alpha.home`. */
function placeOfHome(names: readonly string[], shape: AspectShape | undefined): number {
  return names.findIndex((name, i) => name === HOME && !isChosen(i, shape))
}

/** Which of some names says what an aspect is for; -1 if none does. */
function placeOfClass(names: readonly string[], shape: AspectShape | undefined): number {
  const known = names.flatMap((name, i) => (classes.has(name) ? [i] : []))
  if (known.length === 1) return known[0]
  const nameAt = shape?.nameAt ?? names.length - 1
  if (nameAt >= names.length - 1) return names.length > 1 ? 0 : -1
  const fixed = names.findIndex((_, i) => i > nameAt && !isChosen(i, shape))
  if (fixed < 0) return names.length - 1
  return wordForModule.test(names[fixed]) ? -1 : fixed
}

/** Whether somebody chose the name at a place below an option: what a submodule declares beneath an aspect is no name of it. */
function isChosen(i: number, shape: AspectShape | undefined): boolean {
  return shape === undefined || i <= shape.nameAt || "not" in shape.steps[i]
}

/** What a submodule may call the module in it without saying for which class it is: `configurations.home.anna.module`. */
const wordForModule = /^config(uration)?$|modules?$/i

/** A text that identifies an aspect. */
export function aspectKey({ option, class: above, name }: AspectName): string {
  return `${option}\0${above}\0${name}`
}
