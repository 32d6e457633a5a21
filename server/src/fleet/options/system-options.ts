// Options of what `perSystem` of flake-parts makes for each system: packages, shells, checks. No host has them.

import { attrsOf, EvalError, type Evaluator } from "../../eval/index.js"
import { refusalsOf, withoutCheck } from "../../modules/index.js"
import type { EvaluatedFleet } from "../evaluated-fleet.js"
import { type SystemConfiguration, systemConfigurations } from "../frameworks/flake-parts.js"
import { isOwnConfiguration } from "./flake-option.js"
import { type Asked, answerIn, type OnHost } from "./option-answer.js"
import type { Places } from "./placed-definition.js"

/**
 * What every system says of a path; its name stands in place of a host's. Evaluates no host. Where a flake has several such modules
 * (partitions), the first that has the option answers.
 */
export function systemOptions(fleet: EvaluatedFleet, path: string, places: Places): OnHost {
  const { ev } = fleet
  const near: string[] = []
  for (const configuration of fleet.configurations) {
    if (!isOwnConfiguration(fleet, configuration)) continue
    const asked = systemConfigurations(ev, configuration).map(made => askedOf(ev, made))
    const answer = answerIn(ev, { path, byName: false, aspects: undefined }, asked, places)
    if (answer.options.length > 0 || answer.sets.length > 0) return answer
    near.push(...answer.near)
  }
  return { options: [], sets: [], near }
}

function askedOf(ev: Evaluator, { system, configuration }: SystemConfiguration): Asked {
  const as = { name: system, class: "perSystem" } as const
  if (configuration instanceof EvalError)
    return { ...as, configuration: attrsOf([]), refusal: () => configuration, complaints: () => [] }
  return {
    ...as,
    configuration: withoutCheck(ev, configuration) ?? configuration,
    refusal: () => undefined,
    complaints: () => refusalsOf(ev, configuration),
  }
}
