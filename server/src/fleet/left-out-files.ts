// Opens a fleet, even if a single broken file takes every host away (flake-parts has no hosts if one of its files is not a module).
// Then the hosts are those of the fleet without the files that fail, and the errors in these files concern every host, as they do
// for Nix.

import type { EvalError } from "../eval/index.js"
import { placeOfError } from "./check/error-place.js"
import { EvaluatedFleet } from "./evaluated-fleet.js"
import type { FleetState } from "./evaluation.js"

/** At most so many files are left out to find hosts. */
const MOST_LEFT_OUT = 5

/** Opens a flake and lists its hosts; evaluates none of them. @throws Cancelled */
export function openEvaluatedFleet(state: FleetState): EvaluatedFleet {
  const whole = new EvaluatedFleet(state)
  const leftOut = new Map<string, EvalError>()
  let fleet = whole
  while (fleet.hostList.hosts.length === 0 && leftOut.size < MOST_LEFT_OUT) {
    const [failure] = fleet.hostList.failures
    const file = failure && placeOfError(failure.error, fleet.errors.surroundings)?.file
    if (file === undefined || leftOut.has(file) || file === `${fleet.root}/flake.nix`) return whole
    leftOut.set(file, failure.error)
    fleet = new EvaluatedFleet(state, new Map(leftOut))
  }
  return fleet.hostList.hosts.length > 0 ? fleet : whole
}
