// Names of aspects: from `flake.modules.nixos."machines/nixos/cinnabar"`, as modules are labelled, to option, class and name.

import type { AspectContainer, AspectName } from "./model.js"

/** Splits an attrpath as Nix prints it; quoted names may hold dots. */
export function splitAttrPath(text: string): string[] {
  const names: string[] = []
  for (const [, quoted, bare] of text.matchAll(/"((?:[^"\\]|\\.)*)"|([^."]+)/g))
    names.push(quoted === undefined ? bare : quoted.replace(/\\(.)/g, "$1"))
  return names
}

/** Joins names to an attrpath, quoting those that need it. */
export function joinAttrPath(names: readonly string[]): string {
  return names.map(name => (/^[A-Za-z_][\w'-]*$/.test(name) ? name : JSON.stringify(name))).join(".")
}

/** The aspect that a module's label names, if it is one of the containers'. */
export function aspectOf(label: string, containers: readonly AspectContainer[]): AspectName | undefined {
  const path = splitAttrPath(label)
  const container = containers.find(
    ({ option, depth }) =>
      path.length >= option.length + depth && option.every((name, i) => path[i] === name),
  )
  if (container === undefined) return undefined
  const { option, depth } = container
  return nameBelow(option, path.slice(option.length, option.length + depth))
}

/** The aspect at some names below an option; an option that is itself a module is named by its own last name. */
export function nameBelow(option: readonly string[], names: readonly string[]): AspectName {
  const [last, above] = [names.at(-1), names.at(-2)]
  return { option: joinAttrPath(option), class: above ?? "", name: last ?? option.at(-1) ?? "" }
}

/** One text for each aspect, equal only for the same. */
export function aspectKey({ option, class: above, name }: AspectName): string {
  return `${option}\0${above}\0${name}`
}
