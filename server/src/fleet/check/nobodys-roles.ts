// Roles of clan's services for machines or tags that the inventory does not have. Nobody gets such a role, and the service is missing
// on hosts in silence: clan warns of a tag in a trace, and of a machine not at all.

import { nearNames } from "../../eval/index.js"
import type { RoleMember } from "../frameworks/clan.js"
import type { Finding } from "../model.js"
import { onlyPlaceOf } from "../texts/only-place.js"
import type { ErrorSurroundings } from "./error-place.js"
import { firstLine } from "./findings.js"

/** What is said of a member that there is not, at its name or else at its role. */
export function findingOfMember(
  { instance, role, by, name, known }: RoleMember,
  { files, sources, entry }: ErrorSurroundings,
): Finding {
  const way = [instance, "roles", role, by, name]
  const where =
    onlyPlaceOf(way, files, sources) ??
    onlyPlaceOf(way.slice(0, -1), files, sources) ??
    firstLine(entry, sources.get(entry))
  const to = nearNames([[name, known]])
  const what = by === "machines" ? `there is no machine '${name}'` : `no machine has the tag '${name}'`
  const hint = to.length === 0 ? "" : `; did you mean ${to.map(near => `'${near}'`).join(" or ")}?`
  return {
    ...where,
    severity: "warning",
    code: "role-of-nobody",
    message: `${what}, for which instance '${instance}' has the role '${role}'${hint}`,
    hosts: [],
    related: [],
    ...(to.length === 0 ? {} : { fix: { kind: "rename", from: name, to } }),
  }
}
