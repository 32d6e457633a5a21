// From a flake to the value that is named behind `#`: Nix's order is the packages of a system, its legacy packages, then the
// outputs themselves. Unlike with a file, a selection path leads through sets alone: no function on the way is called, and
// no list has elements.

import {
  Attrs,
  didYouMeanOneOf,
  during,
  EvalError,
  intern,
  type Lazy,
  selectionPath,
  type Value,
} from "../../eval/index.js"
import type { OpenFlake } from "../../fleet/index.js"

type Evaluator = OpenFlake["evaluator"]

const OUTPUTS = intern("outputs")

/**
 * The output that `attr` names, its default package for "".
 * @param attr a selection path; one that starts with a dot is looked for only in the outputs themselves
 * @throws EvalError
 */
export function flakeOutput(flake: OpenFlake, attr: string, system: string): Value {
  if (flake.self instanceof EvalError) throw flake.self
  if (flake.lockFailure !== undefined)
    throw during(
      new EvalError("missing-input", flake.lockFailure),
      `while updating the lock file of flake '${flake.name}'`,
      0,
    )
  const outputs = flake.evaluator.attrs(flake.self.get(OUTPUTS) ?? null)
  const paths = candidates(attr, system)
  const misses: Miss[] = []
  // As Nix does, all paths are followed: on the way to another one something may fail.
  const found: Lazy[] = []
  for (const path of paths) {
    const output = outputAt(flake.evaluator, outputs, path)
    if ("missing" in output) misses.push(output)
    else found.push(output.place)
  }
  const [first] = found
  if (first !== undefined) return flake.evaluator.force(first)
  const names = paths.map(path => `'${path}'`)
  const listed = [names.slice(0, -1).join(", "), names.at(-1)].filter(Boolean).join(" or ")
  const error = new EvalError(
    "missing-attribute",
    `flake '${flake.name}' does not provide attribute ${listed}`,
  )
  error.hint = didYouMeanOneOf(misses.map(({ missing, names }) => [missing, names]))
  throw error
}

function candidates(attr: string, system: string): string[] {
  if (attr === "") return [`packages.${system}.default`, `defaultPackage.${system}`]
  if (attr.startsWith(".")) return [attr.slice(1)]
  return [`packages.${system}.${attr}`, `legacyPackages.${system}.${attr}`, attr]
}

/** A step of a path that leads nowhere, and where it might have led. */
interface Miss {
  readonly missing: string
  readonly names: readonly string[]
}

function outputAt(ev: Evaluator, outputs: Attrs, path: string): { readonly place: Lazy } | Miss {
  let place: Lazy = outputs
  const passed: string[] = []
  for (const name of selectionPath(path)) {
    const value = ev.force(place)
    if (!(value instanceof Attrs))
      throw new EvalError("type", `'${passed.join(".")}' is not an attribute set`)
    const found = value.get(intern(name))
    if (found === undefined) return { missing: name, names: value.shape.names }
    place = found
    passed.push(name)
  }
  return { place }
}
