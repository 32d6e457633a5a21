// Names of aspects: splits a label such as `flake.modules.nixos."machines/nixos/cinnabar"` into option, class and name.

import { fitsStep } from "../../modules/index.js"
import type { AspectContainer, AspectName } from "../model.js"

/** Splits an attrpath as Nix prints it. Quoted names may contain dots; between two dots is an empty name. */
export function splitAttrPath(text: string): string[] {
  const names: string[] = []
  if (text === "") return names
  for (const [, quoted, bare] of `.${text}`.matchAll(/\.(?:"((?:[^"\\]|\\.)*)"|([^."]*))/g))
    names.push(quoted === undefined ? bare : quoted.replace(/\\(.)/g, "$1"))
  return names
}

/** Joins names to an attrpath, quoting those that need it. */
export function joinAttrPath(names: readonly string[]): string {
  return names.map(name => (/^[A-Za-z_][\w'-]*$/.test(name) ? name : JSON.stringify(name))).join(".")
}

/** The container whose aspects a path leads into, if it does. */
export function containerOf<C extends AspectContainer>(
  path: readonly string[],
  containers: readonly C[],
): C | undefined {
  return containers.find(
    ({ option, depth, shape }) =>
      path.length >= option.length + depth &&
      option.every((name, i) => path[i] === name) &&
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
  return aspectAt(splitAttrPath(label), containers)
}

/** The aspect that a path names or leads into. */
export function aspectAt(
  path: readonly string[],
  containers: readonly AspectContainer[],
): AspectName | undefined {
  const container = containerOf(path, containers)
  if (container === undefined) return undefined
  const { option, depth, shape } = container
  return nameBelow(option, path.slice(option.length, option.length + depth), shape?.nameAt)
}

/** Names that say which class a module is for, wherever they are in a path. */
const classes: ReadonlySet<string> = new Set(["nixos", "darwin", "homeManager", "generic"])

/**
 * The aspect at some names below an option. An option that is itself a module goes by its own last name. Fleets write both
 * `nixos.base` and `base.nixos`: if exactly one name is that of a class, it is the class.
 */
export function nameBelow(
  option: readonly string[],
  names: readonly string[],
  nameAt = names.length - 1,
): AspectName {
  const holder = joinAttrPath(option)
  const own = option.at(-1) ?? ""
  const classAt = names.findIndex(name => classes.has(name))
  if (classAt >= 0 && !names.some((name, i) => i !== classAt && classes.has(name))) {
    const name = names[classAt === nameAt ? (classAt === 0 ? 1 : classAt - 1) : nameAt]
    return { option: holder, class: names[classAt], name: name ?? own }
  }
  const above = nameAt === names.length - 1 ? names.at(-2) : names.at(-1)
  return { option: holder, class: above ?? "", name: names[nameAt] ?? own }
}

/** A text that identifies an aspect. */
export function aspectKey({ option, class: above, name }: AspectName): string {
  return `${option}\0${above}\0${name}`
}

/** Whether two paths are the same. */
export function sameNames(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((name, i) => name === b[i])
}
