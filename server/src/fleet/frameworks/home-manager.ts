// home-manager: on a host, each user's home is a configuration of its own, a submodule of `home-manager.users`. A standalone home is
// in `homeConfigurations`.

import { Attrs, type Evaluator, type Lazy, nameOf, textOfBytes } from "../../eval/index.js"
import { findTarget, tryAttrs, tryForce } from "../../modules/index.js"
import { madeConfiguration } from "../hosts/made-configuration.js"

export interface UserHome {
  readonly user: string
  readonly configuration: Attrs
}

/** The homes of a host's users; empty without home-manager. */
export function userHomes(ev: Evaluator, configuration: Attrs): UserHome[] {
  const target = findTarget(ev, configuration, ["home-manager", "users"])
  const users = target.kind === "option" ? tryAttrs(ev, target.option, "valueMeta", "attrs") : undefined
  if (users === undefined) return []
  return Array.from(users.shape.sorted).flatMap(slot => {
    const value = tryForce(ev, users.at(slot))
    const home = value instanceof Attrs ? tryAttrs(ev, value, "configuration") : undefined
    return home === undefined
      ? []
      : [{ user: textOfBytes(nameOf(users.shape.keys[slot])), configuration: home }]
  })
}

/**
 * The configuration of a standalone home as the module system made it. `homeManagerConfiguration` first checks all warnings and
 * assertions, which evaluates most of the home: a list of 18 homes took 38 s of CPU instead of 9. Here `check` reads them like other
 * options, and a home that fails an assertion still has its options.
 */
export function standaloneHome(ev: Evaluator, place: Lazy): Attrs {
  return madeConfiguration(ev, "homeManager", () => ev.attrs(place))
}
