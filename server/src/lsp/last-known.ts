// The hosts that a fleet loses while somebody types in the file that names them: they are shown as they were, with the reason.

import type { Fleet } from "../fleet/index.js"
import type { LastKnown } from "./protocol.js"

/** @param whole the fleet when all of it could be evaluated last; undefined if it never could */
export function lastKnownHosts(whole: Fleet | undefined, now: Fleet): LastKnown | undefined {
  if (whole === undefined || now.incomplete === undefined) return undefined
  const hosts = whole.hosts.filter(
    host => !now.hosts.some(it => it.name === host.name && it.class === host.class),
  )
  return hosts.length === 0 ? undefined : { fleet: { ...whole, hosts }, because: now.incomplete }
}
