// What a place in a file is to the module system, and what a name below it leads to: an option, the declaration of one, or an
// aspect, which begins a module of its own.

import { type AspectContainer, containerOf } from "../fleet/index.js"

/** An aspect: `option` holds it, `names` is it, such as `["flake", "modules"]` and `["nixos", "base"]`. */
export interface ContainerRef {
  readonly option: readonly string[]
  readonly names: readonly string[]
}

/** What the value at some place of the file is to the module system. */
export interface Place {
  readonly container: ContainerRef | undefined
  readonly path: readonly string[]
  /** A module itself (where `config`, `options` and `imports` are special), a value of options, or declarations. */
  readonly part: "module" | "config" | "options" | "imports"
}

/** The module that a file is. */
export const WHOLE_FILE: Place = { container: undefined, path: [], part: "module" }

/** What is below `place` at a name; undefined where no option is. */
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
