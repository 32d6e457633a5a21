// What a place in a file means to the module system, and where a name below it leads: to an option, to the declaration of one,
// or into an aspect, which is a module of its own.

import { type AspectContainer, containerOf } from "../../fleet/index.js"

/** An aspect: the option that holds it and its names there, such as `["flake", "modules"]` and `["nixos", "base"]`. */
export interface ContainerRef {
  readonly option: readonly string[]
  readonly names: readonly string[]
}

/** What a value in the file means to the module system. */
export interface Place {
  readonly container: ContainerRef | undefined
  readonly path: readonly string[]
  /** A whole module (in which `config`, `options` and `imports` are special), or one of these three parts. */
  readonly part: "module" | "config" | "options" | "imports"
}

/** The place of a file that is a module as a whole. */
export const WHOLE_FILE: Place = { container: undefined, path: [], part: "module" }

/** The place of attribute `name` in the set at `place`; undefined where that is no option. */
export function below(place: Place, name: string, containers: readonly AspectContainer[]): Place | undefined {
  if (place.part === "imports") return undefined
  if (place.part === "module") {
    if (name === "config" || name === "options" || name === "imports") return { ...place, part: name }
    if (NO_OPTIONS.has(name)) return undefined
  }
  const part = place.part === "options" ? "options" : "config"
  const path = [...place.path, name]
  const container = part === "config" && place.container === undefined ? entered(path, containers) : undefined
  if (container !== undefined) return { ...place, container, path: [], part: "module" }
  return { ...place, path, part }
}

const NO_OPTIONS = new Set(["_file", "key", "disabledModules", "require", "freeformType", "_class"])

/** The aspect that a path names exactly. */
export function entered(
  path: readonly string[],
  containers: readonly AspectContainer[],
): ContainerRef | undefined {
  const found = containerOf(
    path,
    containers.filter(({ option, depth }) => path.length === option.length + depth),
  )
  return found && { option: found.option, names: path.slice(found.option.length) }
}
