// clan: the inventory that its flake module publishes, `clanInternals.inventoryClass.inventorySerialization`.

import { Attrs, type Evaluator, intern, nameOf, textOfBytes } from "../../eval/index.js"
import { tryAttrs, tryForce, tryText, tryTexts } from "../../modules/index.js"
import { beginsWith } from "../attr-path.js"

/** What the inventory says about a machine. */
export interface InventoryMachine {
  readonly tags: readonly string[]
  /** `user@host`, empty when the inventory names none. */
  readonly target: string
}

/** The machines of the inventory by name; empty for a flake that is no clan. */
export function inventoryMachines(ev: Evaluator, flake: Attrs): ReadonlyMap<string, InventoryMachine> {
  const serialized = tryAttrs(ev, flake, "clanInternals", "inventoryClass", "inventorySerialization")
  const machines = tryAttrs(ev, serialized, "machines")
  if (machines === undefined) return new Map()
  return new Map(
    Array.from(machines.shape.sorted, slot => {
      const value = tryForce(ev, machines.at(slot))
      const machine = value instanceof Attrs ? describe(ev, value) : { tags: [], target: "" }
      return [textOfBytes(nameOf(machines.shape.keys[slot])), machine] as const
    }),
  )
}

/** Whether an option belongs to clan: the modules it holds are machines and services, which are no aspects. */
export function isClanOption(path: readonly string[]): boolean {
  const at = path.indexOf("clan")
  // The inventory of a clan that a function makes is a configuration by itself.
  return at === 0 || (at === 1 && path[0] === "flake") || beginsWith(path, ["inventory", "instances"])
}

/** Whether a configuration is clan's own, as `lib.clan` makes it: its options are those of `clan` without that name before them. */
export function isClanConfiguration(ev: Evaluator, configuration: Attrs): boolean {
  const options = tryAttrs(ev, configuration, "options")
  // The outputs of a flake have `clanInternals`, too, and hold aspects.
  return options !== undefined && ["inventory", "clanInternals"].every(name => options.has(intern(name)))
}

function describe(ev: Evaluator, machine: Attrs): InventoryMachine {
  const tags = tryTexts(ev, machine, "tags")
  return { tags, target: tryText(ev, machine, "deploy", "targetHost") ?? "" }
}
