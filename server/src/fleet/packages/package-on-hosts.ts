// One package on the hosts of a fleet: its version on each, and whether it is allowed there. It is quick enough for a hover, because
// only the package's own attributes are read and nothing that it is built from. `check` reports what fails in there.

import { Attrs, bytesOf, textOfBytes } from "../../eval/index.js"
import { attempt, isDerivation, tryAttrs, tryText } from "../../modules/index.js"
import type { EvaluatedFleet } from "../evaluated-fleet.js"
import type { PackageAnswer, PackageOnHost, SourcePlace } from "../model.js"
import type { Report } from "../session/session-port.js"
import { packagesOf, refusalOf, setAt } from "./package-state.js"

/** Asks the named hosts, or all. @throws Cancelled */
export function packageOnHosts(
  fleet: EvaluatedFleet,
  path: readonly string[],
  hosts: readonly string[] | undefined,
  report: Report,
): PackageAnswer {
  report({ message: `evaluating pkgs.${path.join(".")}` })
  const names = path.map(bytesOf)
  const answers = Array.from(fleet.oneByOne(hosts), host => {
    const configuration = host.readable()
    const pkgs = configuration instanceof Attrs ? packagesOf(fleet.ev, configuration) : undefined
    const found = pkgs && packageIn(fleet, pkgs, names)
    return found === undefined ? [] : [{ host: host.name, ...found }]
  })
  return { path: path.join("."), hosts: answers.flat() }
}

function packageIn(
  fleet: EvaluatedFleet,
  pkgs: Attrs,
  path: readonly string[],
): Omit<PackageOnHost, "host"> | undefined {
  const { ev } = fleet
  const found = attempt(ev, () => setAt(ev, pkgs, path))
  if (found.error !== undefined)
    return { version: "", description: "", homepage: "", error: fleet.errors.explain(found.error) }
  const derivation = found.value
  if (derivation === undefined || !isDerivation(ev, derivation)) return undefined
  const meta = tryAttrs(ev, derivation, "meta")
  const said = (name: string) => textOfBytes((meta && tryText(ev, meta, name)) ?? "")
  const place = placeOf(said("position"), fleet)
  const refusal = refusalOf(ev, derivation)
  return {
    version: textOfBytes(tryText(ev, derivation, "version") ?? ""),
    description: said("description"),
    homepage: said("homepage"),
    ...(place === undefined ? {} : { place }),
    ...(refusal === undefined ? {} : { error: refusal.why }),
  }
}

/** `FILE:LINE`, as `meta.position` has it. */
function placeOf(position: string, { paths }: EvaluatedFleet): SourcePlace | undefined {
  const [, file, line] = /^(\/.*):(\d+)$/.exec(position) ?? []
  if (file === undefined) return undefined
  return { file: textOfBytes(paths.realPath(bytesOf(file))), line: Number(line), column: 1 }
}
