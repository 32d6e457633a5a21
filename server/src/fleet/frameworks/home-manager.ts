// home-manager inside of a host: each user's home is a configuration of its own, a submodule of `home-manager.users`.

import { Attrs, type Evaluator, nameOf, textOfBytes } from "../../eval/index.js"
import { findTarget, tryAttrs, tryForce } from "../../modules/index.js"

export interface UserHome {
  readonly user: string
  readonly configuration: Attrs
}

/** The homes of a host's users; none where home-manager is not part of it. */
export function userHomes(ev: Evaluator, configuration: Attrs): UserHome[] {
  const target = findTarget(ev, configuration, ["home-manager", "users"])
  const meta = target.kind === "option" ? tryAttrs(ev, target.option, "valueMeta") : undefined
  const users = meta === undefined ? undefined : tryAttrs(ev, meta, "attrs")
  if (users === undefined) return []
  return Array.from(users.shape.sorted).flatMap(slot => {
    const value = tryForce(ev, users.at(slot))
    const home = value instanceof Attrs ? tryAttrs(ev, value, "configuration") : undefined
    return home === undefined
      ? []
      : [{ user: textOfBytes(nameOf(users.shape.keys[slot])), configuration: home }]
  })
}
