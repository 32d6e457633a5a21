// A snapshot of a host's whole system, to be compared with another one: its derivation, everything that it is built from, and the
// values of a few options. It is inert, so that the values can be dropped before the next host is evaluated.

import { Attrs, bytesOf, type Evaluator, textOfBytes } from "../eval/index.js"
import { attempt, findTarget, reportOption, tryTexts } from "../modules/index.js"
import { joinAttrPath } from "./attr-path.js"
import type { EvaluatedFleet } from "./evaluated-fleet.js"
import { userHomes } from "./frameworks/home-manager.js"
import type { HostHandle } from "./hosts/host-handle.js"
import type { RoomOf } from "./hosts/host-visits.js"
import { builtDerivation } from "./hosts/system-path.js"
import type { HostClass } from "./model.js"
import type { Report } from "./session/session-port.js"

/** The derivation of a host's whole system. Name and class identify the host: a machine and a home may have the same name. */
export interface Toplevel {
  readonly host: string
  readonly class: HostClass
  /** Empty when the system does not evaluate. */
  readonly drvPath: string
  readonly error?: string
}

export interface SystemSnapshot extends Toplevel {
  /** Paths of all derivations that the system is built from. */
  readonly closure: readonly string[]
  /** Values as texts, by option. */
  readonly options: Readonly<Record<string, string>>
}

/**
 * The systems of the named hosts, or of all, one after the other.
 * @param options paths to look at, each where the host or one of its homes has such an option
 * @throws Cancelled
 */
export function systemSnapshots(
  fleet: EvaluatedFleet,
  hosts: readonly string[] | undefined,
  options: readonly (readonly string[])[],
  report: Report,
): SystemSnapshot[] {
  return eachSystem(fleet, hosts, report, host => {
    const toplevel = toplevelOf(fleet, host)
    const configuration = host.configuration()
    return {
      ...toplevel,
      closure: toplevel.drvPath === "" ? [] : closureOf(fleet.ev, bytesOf(toplevel.drvPath)),
      options: configuration instanceof Attrs ? valuesOf(fleet.ev, configuration, options) : {},
    }
  })
}

/**
 * The derivations alone.
 * @throws Cancelled
 */
export function toplevels(
  fleet: EvaluatedFleet,
  hosts: readonly string[] | undefined,
  report: Report,
): Toplevel[] {
  return eachSystem(fleet, hosts, report, host => toplevelOf(fleet, host))
}

/**
 * Whole systems share most of their packages: dropping these after each host, when systems are all that is wanted, takes a third more
 * time for ten hosts of a real fleet, and twice as much with their 18 homes.
 */
const allowSystems: RoomOf = () => ({ beyond: 1200 })

function eachSystem<T>(
  fleet: EvaluatedFleet,
  hosts: readonly string[] | undefined,
  report: Report,
  read: (host: HostHandle) => T,
): T[] {
  const total = fleet.named(hosts).length
  return Array.from(fleet.oneByOne(hosts, allowSystems), (host, done) => {
    report({ message: `evaluating the system of ${host.name}`, done, total })
    return read(host)
  })
}

function toplevelOf(fleet: EvaluatedFleet, host: HostHandle): Toplevel {
  const outcome = attempt(fleet.ev, () => {
    // Its options can be read, but Nix refuses the system.
    const [complaint] = host.complaints()
    if (complaint !== undefined) throw complaint
    return builtDerivation(fleet.ev, host)
  })
  const error =
    fleet.errors.unknownBecause(host.name) ?? (outcome.error && fleet.errors.explain(outcome.error))
  const named = { host: host.name, class: host.class }
  return error === undefined
    ? { ...named, drvPath: textOfBytes(outcome.value ?? "") }
    : { ...named, drvPath: "", error }
}

function closureOf(ev: Evaluator, drvPath: string): string[] {
  const seen = new Set([drvPath])
  // Iterating a Set visits what is added meanwhile, too.
  for (const path of seen)
    for (const input of ev.store.derivations.get(path)?.inputDrvs.keys() ?? []) seen.add(input)
  return Array.from(seen, textOfBytes)
}

function valuesOf(
  ev: Evaluator,
  configuration: Attrs,
  paths: readonly (readonly string[])[],
): Record<string, string> {
  const values: Record<string, string> = {}
  if (paths.length === 0) return values
  const homes = userHomes(ev, configuration).map(home => home.configuration)
  for (const whole of [configuration, ...homes])
    for (const path of paths) {
      const target = findTarget(ev, whole, path)
      if (target.kind !== "option" && target.kind !== "member") continue
      const name = joinAttrPath(tryTexts(ev, target.option, "loc").map(textOfBytes))
      if (Object.hasOwn(values, name)) continue
      const { value, valueText } = reportOption(ev, { kind: "option", option: target.option, around: [] })
      values[name] = JSON.stringify([value, valueText])
    }
  return values
}
