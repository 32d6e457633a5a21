// Options of the configuration that makes the flake's outputs: flake-parts' own, and those of modules imported into it, such as
// `clan.inventory`.
//
// No host has these options, but people set them in the same files as options of hosts. If a path may mean either, both answer.

import { Attrs, bytesOf, intern } from "../../eval/index.js"
import { allModules, attempt, findTarget, moduleGraph, tryAttrs, tryText } from "../../modules/index.js"
import { splitAttrPath } from "../attr-path.js"
import type { EvaluatedFleet } from "../evaluated-fleet.js"
import type { HostHandle } from "../hosts/host-handle.js"
import type { OptionOnHost } from "../model.js"
import { type Asked, answerOf, nearOptions } from "./option-answer.js"
import type { Places } from "./placed-definition.js"

/** The name under which the flake's own configuration answers, in place of a host's. */
const FLAKE = "flake.nix"

/** The option of the flake's own configuration; undefined if it has none. Evaluates no host. */
export function flakeOption(fleet: EvaluatedFleet, path: string, places: Places): OptionOnHost | undefined {
  const names = splitAttrPath(path)
  const configuration = fleet.configurations.find(
    made => declares(fleet, made, names) && isOwnConfiguration(fleet, made),
  )
  if (configuration === undefined) return undefined
  const fine = () => undefined
  const asked: Asked = { name: FLAKE, class: "flake", configuration, refusal: fine, complaints: () => [] }
  return answerOf(fleet.ev, { path, byName: false, aspects: undefined }, asked, places)
}

/** Paths like one that leads nowhere in the flake's own configuration. Evaluates no host. */
export function nearFlakeOptions(fleet: EvaluatedFleet, path: string): string[] {
  const own = fleet.configurations.filter(made => isOwnConfiguration(fleet, made))
  return own.flatMap(configuration => nearOptions(fleet.ev, configuration, path))
}

/** Whether a path leads to an option, or into one. */
function declares({ ev }: EvaluatedFleet, configuration: Attrs, path: readonly string[]): boolean {
  const options = tryAttrs(ev, configuration, "options")
  if (options === undefined || path.length === 0 || !options.has(intern(path[0]))) return false
  const { kind } = findTarget(ev, configuration, path)
  return kind === "option" || kind === "member"
}

/** Whether a configuration has a module of the fleet. Inputs are often made like the fleet, and their configurations do not count. */
export function isOwnConfiguration({ ev, paths }: EvaluatedFleet, configuration: Attrs): boolean {
  // What a type of submodules is described by; nothing that is set gets there.
  if (tryText(ev, configuration, "_module", "args", "name") === NO_NAME) return false
  const { moduleFile } = paths
  for (const { file } of allModules(moduleGraph(ev, configuration) ?? []))
    if (paths.isOwn(moduleFile(file))) return true
  return false
}

/** The name that the module system gives to a submodule that stands for all. */
const NO_NAME = bytesOf("‹name›")

/** Whether hosts may have an option. One host of each class is asked. */
export function isHostOption(fleet: EvaluatedFleet, path: string): boolean {
  const names = splitAttrPath(path)
  const firsts = new Map<string, HostHandle>()
  for (const host of fleet.hostList.hosts) if (!firsts.has(host.class)) firsts.set(host.class, host)
  return [...firsts.values()].some(host => {
    const configuration = host.readable()
    if (!(configuration instanceof Attrs)) return false
    const target = attempt(fleet.ev, () => findTarget(fleet.ev, configuration, names)).value
    return target?.kind === "option" || target?.kind === "member"
  })
}
