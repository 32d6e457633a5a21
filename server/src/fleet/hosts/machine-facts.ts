// What the tools that deploy a fleet know about its machines, besides their configurations: tags, addresses, and the tool itself.

import type { Attrs, Evaluator } from "../../eval/index.js"
import { inventoryMachines } from "../frameworks/clan.js"
import { hiveFacts, isMorph } from "../frameworks/colmena.js"
import { deployTargets } from "../frameworks/deploy-rs.js"
import type { Deployer } from "../model.js"

export interface MachineFacts {
  readonly tags: readonly string[]
  /** `user@host`, empty when the tool names none. */
  readonly target: string
  /** The tool, if Canopy knows how to call it. */
  readonly deployer?: Deployer
}

/** Facts by name of machine. If several tools know a machine, clan counts before colmena, and colmena before deploy-rs. */
export function machineFacts(ev: Evaluator, flake: Attrs): ReadonlyMap<string, MachineFacts> {
  const facts = new Map<string, MachineFacts>()
  for (const [name, target] of deployTargets(ev, flake))
    facts.set(name, { tags: [], target, deployer: "deploy-rs" })
  const tool = isMorph(ev, flake) ? {} : { deployer: "colmena" as const }
  for (const [name, node] of hiveFacts(ev, flake)) facts.set(name, { ...node, ...tool })
  for (const [name, machine] of inventoryMachines(ev, flake))
    facts.set(name, { ...machine, deployer: "clan" })
  return facts
}
