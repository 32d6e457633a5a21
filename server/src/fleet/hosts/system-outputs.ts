// Configurations that a flake keeps among the packages of a system: `packages.x86_64-linux.homeConfigurations`, as flakes that are
// made for every system at once have them. Nix looks for `.#homeConfigurations` there too, and so does home-manager.

import { type Attrs, type Evaluator, intern } from "../../eval/index.js"
import { namesOf, tryAttrs } from "../../modules/index.js"

/** The systems to be preferred where several have a configuration of one name; others follow by their names. */
const common = ["x86_64-linux", "aarch64-linux", "aarch64-darwin", "x86_64-darwin"]

/**
 * The sets of configurations that an output of this name has on each system.
 * @param places the outputs to look in: `packages` or `legacyPackages`; Nix looks in both, in this order
 */
export function perSystem(ev: Evaluator, flake: Attrs, places: readonly string[], output: string): Attrs[] {
  return places.flatMap(place => {
    const systems = systemsOf(ev, flake, place)
    return systems === undefined
      ? []
      : inOrder(namesOf(systems)).flatMap(system => tryAttrs(ev, systems, system, output) ?? [])
  })
}

/** Whether the system that is looked at first has such configurations in a place. */
export function onFirstSystem(ev: Evaluator, flake: Attrs, place: string, output: string): boolean {
  const systems = systemsOf(ev, flake, place)
  const first = systems === undefined ? undefined : inOrder(namesOf(systems))[0]
  return systems !== undefined && first !== undefined && tryAttrs(ev, systems, first, output) !== undefined
}

function systemsOf(ev: Evaluator, flake: Attrs, place: string): Attrs | undefined {
  return flake.has(intern(place)) ? tryAttrs(ev, flake, place) : undefined
}

function inOrder(systems: readonly string[]): string[] {
  return [
    ...common.filter(system => systems.includes(system)),
    ...systems.filter(system => !common.includes(system)),
  ]
}
