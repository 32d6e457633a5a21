// Configurations that a flake keeps among the packages of a system: `packages.x86_64-linux.homeConfigurations`, as flakes that are
// made for every system at once have them. Nix looks for `.#homeConfigurations` there too, and so does home-manager.

import { type Attrs, type Evaluator, intern } from "../../eval/index.js"
import { tryAttrs } from "../../modules/index.js"
import { namesOf } from "../frameworks/names.js"

/** Where Nix looks, in its order. */
const outputs = ["packages", "legacyPackages"]

/** The systems to be preferred where several have a configuration of one name; others follow by their names. */
const common = ["x86_64-linux", "aarch64-linux", "aarch64-darwin", "x86_64-darwin"]

/** The sets of configurations that an output of this name has on each system. */
export function perSystem(ev: Evaluator, flake: Attrs, output: string): Attrs[] {
  return outputs.flatMap(name => {
    const systems = flake.has(intern(name)) ? tryAttrs(ev, flake, name) : undefined
    return systems === undefined
      ? []
      : inOrder(namesOf(systems)).flatMap(system => tryAttrs(ev, systems, system, output) ?? [])
  })
}

function inOrder(systems: readonly string[]): string[] {
  return [
    ...common.filter(system => systems.includes(system)),
    ...systems.filter(system => !common.includes(system)),
  ]
}
