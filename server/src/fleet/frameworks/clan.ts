// clan: the inventory that its flake module publishes, `clanInternals.inventoryClass.inventorySerialization`.

import { Attrs, type Evaluator, intern, textOfBytes } from "../../eval/index.js"
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
  return new Map(
    members(ev, tryAttrs(ev, inventoryOf(ev, flake), "machines")).map(([name, machine]) => [
      name,
      machine === undefined ? { tags: [], target: "" } : describe(ev, machine),
    ]),
  )
}

/** What an instance of a service has a role for: a machine by its name, or the machines with a tag. */
export interface RoleMember {
  readonly instance: string
  readonly role: string
  readonly by: "machines" | "tags"
  readonly name: string
  /** The names that there are. */
  readonly known: readonly string[]
}

/** Roles for machines and tags that are not in the inventory: nobody has them, which clan says at most in a trace. */
export function rolesOfNobody(ev: Evaluator, flake: Attrs): RoleMember[] {
  const inventory = inventoryOf(ev, flake)
  const machines = inventoryMachines(ev, flake)
  const tags = members(ev, tryAttrs(ev, inventory, "tags")).map(([tag]) => tag)
  const known = {
    machines: [...machines.keys()],
    tags: [...new Set([...tags, ...Array.from(machines.values(), machine => machine.tags).flat()])],
  }
  return members(ev, tryAttrs(ev, inventory, "instances")).flatMap(([instance, value]) =>
    members(ev, tryAttrs(ev, value, "roles")).flatMap(([role, of]) =>
      (["machines", "tags"] as const).flatMap(by =>
        members(ev, tryAttrs(ev, of, by))
          .filter(([name]) => !known[by].includes(name))
          .map(([name]) => ({ instance, role, by, name, known: known[by] })),
      ),
    ),
  )
}

function inventoryOf(ev: Evaluator, flake: Attrs): Attrs | undefined {
  return tryAttrs(ev, flake, "clanInternals", "inventoryClass", "inventorySerialization")
}

/** The attributes of a set, each with its value if that is a set. */
function members(ev: Evaluator, set: Attrs | undefined): (readonly [string, Attrs | undefined])[] {
  if (set === undefined) return []
  return Array.from(set.shape.sorted, slot => {
    const value = tryForce(ev, set.at(slot))
    return [textOfBytes(set.shape.nameAt(slot)), value instanceof Attrs ? value : undefined] as const
  })
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
