// clan: the inventory that its flake module publishes, `clanInternals.inventoryClass.inventorySerialization`.

import { Attrs, type Evaluator, isString, nameOf, textOf, textOfBytes } from "../../eval/index.js"
import { tryAttr, tryAttrs, tryForce, tryList } from "../../modules/index.js"

/** What the inventory says of a machine. */
export interface InventoryMachine {
  readonly tags: readonly string[]
  /** `user@host`, empty when the inventory names none. */
  readonly target: string
}

/** The machines of the inventory by name; empty for a flake that is no clan. */
export function inventoryMachines(ev: Evaluator, flake: Attrs): ReadonlyMap<string, InventoryMachine> {
  const machines = follow(ev, flake, [
    "clanInternals",
    "inventoryClass",
    "inventorySerialization",
    "machines",
  ])
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
  return at === 0 || (at === 1 && path[0] === "flake")
}

function describe(ev: Evaluator, machine: Attrs): InventoryMachine {
  const deploy = tryAttrs(ev, machine, "deploy")
  const target = deploy === undefined ? undefined : tryAttr(ev, deploy, "targetHost")
  const tags = tryList(ev, machine, "tags").flatMap(place => {
    const tag = tryForce(ev, place)
    return tag !== undefined && isString(tag) ? [textOf(tag)] : []
  })
  return { tags, target: target !== undefined && isString(target) ? textOf(target) : "" }
}

function follow(ev: Evaluator, from: Attrs, path: readonly string[]): Attrs | undefined {
  let attrs: Attrs | undefined = from
  for (const name of path) attrs = attrs === undefined ? undefined : tryAttrs(ev, attrs, name)
  return attrs
}
