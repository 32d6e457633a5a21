// home-manager: on a host, each user's home is a configuration of its own, a submodule of `home-manager.users`. A standalone home is
// in `homeConfigurations`.

import { type Attrs, type Evaluator, intern, type Lazy } from "../../eval/index.js"
import { attempt, findTarget, setsIn, tryAttrs } from "../../modules/index.js"
import { beginsWith } from "../attr-path.js"
import { madeConfiguration } from "../hosts/made-configuration.js"

export interface UserHome {
  readonly user: string
  readonly configuration: Attrs
}

/** The homes of a host's users; empty without home-manager. */
export function userHomes(ev: Evaluator, configuration: Attrs): UserHome[] {
  const target = findTarget(ev, configuration, USERS)
  const users = target.kind === "option" ? tryAttrs(ev, target.option, "valueMeta", "attrs") : undefined
  if (users === undefined) return []
  return setsIn(ev, users).flatMap(([user, home]) => {
    const configuration = tryAttrs(ev, home, "configuration")
    return configuration === undefined ? [] : [{ user, configuration }]
  })
}

/** Where a host keeps the homes of its users. */
const USERS = ["home-manager", "users"]

/** The user whose home has an option, and the option's path in there; undefined for an option of the host itself. */
export function inHome(option: readonly string[]): { user: string; path: readonly string[] } | undefined {
  const [user, ...path] = option.slice(USERS.length)
  return beginsWith(option, USERS) && path.length > 0 ? { user, path } : undefined
}

/** A message about an option of a user's home, as it would be about a home of its own. */
export function withoutUser(message: string): string {
  return message.replace(/\bhome-manager\.users\.(?:"[^"]*"|[\w'-]+)\./g, "")
}

/**
 * The configuration of a standalone home as the module system made it. `homeManagerConfiguration` first checks all warnings and
 * assertions, which evaluates most of the home: a list of 18 homes took 38 s of CPU instead of 9. Here `check` reads them like other
 * options, and a home that fails an assertion still has its options.
 */
export function standaloneHome(ev: Evaluator, place: Lazy): Attrs {
  return madeConfiguration(ev, "homeManager", () => {
    const home = ev.attrs(place)
    // Up to 25.11 it hands on parts of the configuration, without its graph, and makes it when the first of them is asked for.
    attempt(ev, () => ev.force(home.get(intern("options")) ?? null))
    return home
  })
}
