// Finds what is under the cursor: the question that hover begins with, and that completion, definition and rename will begin with.

import { rangeOf, type TextRange } from "../../base/index.js"
import { isGlobalName } from "../../eval/index.js"
import type { AspectContainer } from "../../fleet/index.js"
import {
  type AttrBinding,
  type AttrName,
  type Expr,
  type InheritBinding,
  type Lambda,
  type Local,
  lookup,
  type Path,
  plainText,
  type Scope,
} from "../../syntax/index.js"
import { inputAt } from "./flake-inputs.js"
import { hostNameIn, hostNameOf } from "./host-name.js"
import { nameIn } from "./literal-name.js"
import { locate, rangeUpTo, type Spot } from "./locate.js"
import { below, entered, type Place } from "./module-place.js"
import { flakeOf, type ModulePlaces, modulePlaces } from "./module-places.js"
import { type Reference, referenceOf, variableReference } from "./reference.js"
import type { BindingTarget, FileTarget, OptionTarget, Target } from "./target.js"

/** Whether something may be known of what is at an offset, once the fleet is loaded: not of comments, numbers and most texts. */
export function mayBeTarget(tree: Expr, offset: number): boolean {
  const flake = flakeOf(tree)
  if (flake !== undefined && inputAt(flake, offset) !== undefined) return true
  const spot = locate(tree, offset)
  if (spot?.kind !== "text") return spot !== undefined
  return spot.list !== undefined || hostNameOf(spot.string, spot.above) !== undefined
}

/** What is at an offset of a file, given the aspect containers that the fleet has; undefined when nothing is known. */
export function targetAt(
  tree: Expr,
  offset: number,
  containers: readonly AspectContainer[],
): Target | undefined {
  const flake = flakeOf(tree)
  const input = flake && inputAt(flake, offset)
  if (input !== undefined) return { kind: "input", ...input }
  const spot = locate(tree, offset)
  if (spot === undefined) return undefined
  const file: File = { tree, containers, places: modulePlaces(tree, containers) }
  switch (spot.kind) {
    case "variable":
      return variableTarget(spot.variable.name, rangeOf(spot.variable), spot.scope, file)
    case "selected":
      return hostAt(spot.expr.path, spot.index, undefined, selectedTarget(spot, file), spot.scope)
    case "bound": {
      const above = spot.owner.kind === "attrset" ? spot.above : undefined
      return hostAt(spot.binding.path, spot.index, above, boundTarget(spot, file), spot.scope)
    }
    case "inherited":
      return inheritedTarget(spot, file)
    case "argument":
      return variableTarget(spot.name.name, rangeOf(spot.name), spot.scope, file)
    case "path":
      return fileTarget(spot.path)
    case "text":
      return textTarget(spot, file)
  }
}

/** `target`, unless the name at `index` of an attrpath is in a set of hosts or tags. @param above the name of the set around */
function hostAt(
  path: readonly AttrName[],
  index: number,
  above: AttrName | undefined,
  target: Target | undefined,
  scope: Scope,
): Target | undefined {
  const found = hostNameIn(path, index, above, scope)
  return found === undefined ? target : { kind: "host", ...found, otherwise: target }
}

/** Text in the path of an option, or that of a host's name. */
function textTarget({ string, list, above }: SpotOf<"text">, { places }: File): Target | undefined {
  const place = list && places.optionLists.get(list)
  if (list !== undefined && place !== undefined) {
    const names = list.elements
      .slice(0, list.elements.indexOf(string) + 1)
      .map(element => (element.kind === "string" ? plainText(element) : undefined))
    if (!names.every(name => name !== undefined)) return undefined
    return optionTarget({ ...place, path: [...place.path, ...names] }, rangeOf(string))
  }
  const found = hostNameOf(string, above)
  return found && { kind: "host", ...found, otherwise: undefined }
}

function optionTarget({ container, path }: Place, range: TextRange): OptionTarget {
  return { ...OPTION, ...(container === undefined ? {} : { container }), path, read: true, range }
}

function fileTarget(path: Path): FileTarget | undefined {
  const text = plainText(path)
  return text === undefined || text.startsWith("~")
    ? undefined
    : { kind: "file", path: text, range: rangeOf(path) }
}

interface File {
  readonly tree: Expr
  readonly containers: readonly AspectContainer[]
  readonly places: ModulePlaces
}

type SpotOf<K extends Spot["kind"]> = Extract<Spot, { kind: K }>

function variableTarget(name: string, range: TextRange, scope: Scope, file: File): Target | undefined {
  const found = lookup(name, scope)
  if (found.kind === "local") {
    const reference = variableReference(name, scope)
    if (found.local.role === "argument" && reference?.root === "inputs" && reference.path.length === 1)
      return { kind: "input", path: [name], range }
    const target = bindingTarget(found.local, range)
    // For `inherit (lib) mkIf` the library says more than the binding.
    const isInherited =
      found.local.role === "let" && reference?.root === "lib" && reference.path.at(-1) === name
    return (
      (isInherited && referenceTarget(reference, range, file)) || optionOf(target, reference, file) || target
    )
  }
  // Nix's own globals beat `with`.
  if (isGlobalName(name)) return { kind: "builtin", name: withoutUnderscores(name), range }
  const reference = variableReference(name, scope)
  return reference && referenceTarget(reference, range, file)
}

/** The option that `cfg = config.services.nginx;` means by `cfg`. */
function optionOf(local: BindingTarget, reference: Reference | undefined, file: File): Target | undefined {
  if (local.role !== "let" || reference?.root !== "config") return undefined
  // A set of aspects as a value is a list of functions: its source says more.
  const holds = ({ option }: AspectContainer) =>
    reference.path.every((name, i) => option[i] === undefined || option[i] === name)
  if (file.containers.some(holds)) return undefined
  const target = referenceTarget(reference, local.range, file)
  return target?.kind === "option" ? { ...target, local } : undefined
}

function bindingTarget({ name, role, range: definition, site }: Local, range: TextRange): BindingTarget {
  return { kind: "binding", name, role, definition, site: rangeOf(site), range }
}

function selectedTarget({ expr, index, scope }: SpotOf<"selected">, file: File): Target | undefined {
  const subject = referenceOf(expr.subject, scope)
  const names = expr.path.slice(0, index + 1).map(name => nameIn(name, scope))
  if (subject === undefined || !names.every(name => name !== undefined)) return undefined
  const reference = { ...subject, path: [...subject.path, ...names] }
  return referenceTarget(reference, rangeUpTo(expr.path, index, expr.start), file)
}

function referenceTarget(
  { root, path, lambda }: Reference,
  range: TextRange,
  file: File,
): Target | undefined {
  const [first] = path
  if (first === undefined) return undefined
  switch (root) {
    case "builtins":
      return path.length === 1 ? { kind: "builtin", name: first, range } : undefined
    case "inputs":
      return path.length > 2 && path[1] === "lib"
        ? { kind: "function", root, path, range }
        : { kind: "input", path: [first], range }
    case "lib":
      return { kind: "function", root, path, range }
    case "pkgs":
      return packageTarget(path, lambda, range, file)
    case "config":
    case "options":
      return readTarget(path, lambda, range, file)
    case "osConfig":
      return { ...OPTION, path, read: true, ofMachine: true, range }
  }
}

function packageTarget(
  path: readonly string[],
  lambda: Lambda | undefined,
  range: TextRange,
  { places }: File,
): Target {
  const [first, ...rest] = path
  if (first === "lib" && rest.length > 0) return { kind: "function", root: "lib", path: rest, range }
  const module = lambda && places.functions.get(lambda)
  return { kind: "package", path, container: module?.container, range }
}

const OPTION = { kind: "option", alsoIn: [], read: false, declaration: false, ofMachine: false } as const

/** What `config.<path>` means in the module that `lambda` makes. */
function readTarget(
  path: readonly string[],
  lambda: Lambda | undefined,
  range: TextRange,
  { places, containers }: File,
): Target | undefined {
  const module = lambda && places.functions.get(lambda)
  // In a submodule, `config` is that of the submodule.
  const full = [...(module?.path ?? []), ...path]
  if (module?.container !== undefined)
    return { ...OPTION, path: full, container: module.container, read: true, range }
  for (let length = 1; length <= full.length; length++) {
    const container = entered(full.slice(0, length), containers)
    if (container === undefined) continue
    const rest = full.slice(length)
    if (rest.length === 0) return { kind: "aspect", container, read: true, range }
    return { ...OPTION, path: rest, container, read: true, range }
  }
  return { ...OPTION, path: full, read: true, range }
}

function boundTarget(spot: SpotOf<"bound">, file: File): Target | undefined {
  const { binding, index, owner, scope } = spot
  const range = rangeUpTo(binding.path, index)
  const names = binding.path.slice(0, index + 1).map(name => nameIn(name, scope))
  if (!names.every(name => name !== undefined)) return undefined
  const option = placeTarget(binding, names, range, file)
  if (option !== undefined) return option
  const isLocal = owner.kind !== "attrset" || owner.recursive
  const [first] = names
  return isLocal && index === 0 && first !== undefined ? localTarget(first, range, scope, file) : undefined
}

function localTarget(name: string, range: TextRange, scope: Scope, file: File): Target | undefined {
  const found = lookup(name, scope)
  if (found.kind !== "local") return undefined
  const target = bindingTarget(found.local, range)
  return optionOf(target, variableReference(name, scope), file) ?? target
}

/** The option or aspect that these names of a binding lead to. */
function placeTarget(
  binding: AttrBinding | InheritBinding,
  names: readonly string[],
  range: TextRange,
  { places, containers }: File,
): Target | undefined {
  const reached = (places.around.get(binding) ?? []).flatMap(place => descend(place, names, containers) ?? [])
  const [first] = reached
  if (first === undefined || first.part === "imports") return undefined
  const { container, path, part } = first
  if (path.length === 0)
    return container === undefined || part !== "module"
      ? undefined
      : { kind: "aspect", container, read: false, range }
  const alsoIn = reached.slice(1).flatMap(place => place.container ?? [])
  const option: OptionTarget = { ...OPTION, path, alsoIn, declaration: part === "options", range }
  return container === undefined ? option : { ...option, container }
}

function descend(
  place: Place,
  names: readonly string[],
  containers: readonly AspectContainer[],
): Place | undefined {
  let reached: Place | undefined = place
  for (const name of names) reached = reached && below(reached, name, containers)
  return reached
}

function inheritedTarget(spot: SpotOf<"inherited">, file: File): Target | undefined {
  const { binding, name: attr, owner, scope } = spot
  const name = nameIn(attr, scope)
  if (name === undefined) return undefined
  const range = rangeOf(attr)
  if (owner.kind === "attrset") {
    const option = placeTarget(binding, [name], range, file)
    if (option !== undefined) return option
  }
  if (binding.from === undefined) return variableTarget(name, range, scope, file)
  const source = referenceOf(binding.from, scope)
  const target = source && referenceTarget({ ...source, path: [...source.path, name] }, range, file)
  if (target !== undefined) return target
  return owner.kind === "attrset" && !owner.recursive ? undefined : localTarget(name, range, scope, file)
}

function withoutUnderscores(name: string): string {
  return name.replace(/^__/, "")
}
