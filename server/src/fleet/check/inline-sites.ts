// Modules that have no file: those written among the `modules` of a call, as in `nixosSystem { modules = [ { .. } ]; }`, and those that
// functions and variables put there. The module system knows no file of theirs, or names them after a file of nixpkgs that passes
// them on, so nothing says which file of the fleet writes them. These are the places that may.

import { allModules, type ModuleNode } from "../../modules/index.js"
import { hostOutputs } from "../hosts/hosts.js"
import type { AttributePlace } from "../texts/attribute-places.js"

/** What the module system calls the modules of a configuration that have no file of the fleet. */
export function namelessFiles(
  graph: readonly ModuleNode[],
  isOwn: (file: string) => boolean,
): ReadonlySet<string> {
  const nameless = Array.from(allModules(graph)).filter(
    ({ key, via, file }) => key.startsWith(":anon-") && via.length === 0 && !isOwn(file),
  )
  return new Set(nameless.map(({ file }) => file))
}

/** Whether a file hands modules to a configuration, by its attributes. */
export function givesModules(places: readonly AttributePlace[]): boolean {
  return places.some(({ names, value }) => names.at(-1) === "modules" && value.kind !== "attrset")
}

/** Whether a place is in what a flake says of another host. */
export function isOfOtherHost({ names }: AttributePlace, host: string): boolean {
  const output = names.findIndex(name => hostOutputs.includes(name))
  const named = output < 0 ? undefined : names[output + 1]
  return named !== undefined && named !== "*" && named !== host
}
