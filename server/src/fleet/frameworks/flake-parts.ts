// flake-parts: the module in `perSystem` is evaluated for each of `systems`, as a configuration of its own.

import { type Attrs, type EvalError, type Evaluator, fromPlain, intern } from "../../eval/index.js"
import { attempt, tryAttrs, tryTexts } from "../../modules/index.js"
import { madeConfiguration } from "../hosts/made-configuration.js"
import type { AspectName } from "../model.js"

/** The option that holds the module, and the class of what it makes. */
const PER_SYSTEM = "perSystem"

/** Whether a module is part of `perSystem`, and so for no host. */
export function isForSystems({ option }: Pick<AspectName, "option">): boolean {
  return option === PER_SYSTEM
}

export interface SystemConfiguration {
  readonly system: string
  readonly configuration: Attrs | EvalError
}

/** What `perSystem` makes for each system; nothing where `configuration` is not flake-parts' own. */
export function systemConfigurations(ev: Evaluator, configuration: Attrs): SystemConfiguration[] {
  const config = tryAttrs(ev, configuration, "config")
  const evaluate = config?.get(intern(PER_SYSTEM))
  if (config === undefined || evaluate === undefined) return []
  return tryTexts(ev, config, "systems").map(system => {
    const make = () => ev.attrs(ev.call(ev.force(evaluate), fromPlain(system)))
    const made = attempt(ev, () => madeConfiguration(ev, PER_SYSTEM, make))
    return { system, configuration: made.error ?? made.value }
  })
}
