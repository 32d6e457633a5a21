// What a host is, as a list of hosts shows it: its system, where it is deployed to, its aspects, and why it is refused if it is.
//
// Asked of every host when a fleet opens, so each fact is taken from where it costs least, and nothing is checked that does not
// look wrong.

import { Attrs, type EvalError, type Evaluator, intern } from "../../eval/index.js"
import { allModules, attempt, tryAttrs, tryText } from "../../modules/index.js"
import { type OwnModules, seemsToSetUnknown } from "../check/unknown-options.js"
import { deploymentFacts, type NodeFacts } from "../frameworks/colmena.js"
import type { Host, HostClass } from "../model.js"
import { aspectsOfHost, type HostHandle } from "./hosts.js"
import type { MachineFacts } from "./machine-facts.js"

/** What describing hosts needs to know about the fleet. */
export interface HostSurroundings extends OwnModules {
  /** What the tool that deploys a host says of it. */
  readonly machine: (name: string) => MachineFacts | undefined
  /** Puts an error into words. */
  readonly explain: (error: EvalError) => string
}

/** What a host is, for the tree and the command line. */
export function describeHost(ev: Evaluator, host: HostHandle, fleet: HostSurroundings): Host {
  const machine = fleet.machine(host.name)
  const isMachine = host.class !== "homeManager"
  const deployer = isMachine && machine !== undefined ? { deployer: machine.deployer } : {}
  const common = { name: host.name, class: host.class, tags: machine?.tags ?? [], ...deployer }
  const configuration = host.unchecked()
  // Imports that lead round exhaust the stack, at a second for every question: without a graph, no more are put.
  const isReadable = configuration instanceof Attrs && host.graph() !== undefined
  const system = isReadable ? systemOf(ev, configuration, host.class) : ""
  const error = system === "" ? refusalOf(ev, host) : mistakeOf(ev, host, fleet)
  if (
    !(configuration instanceof Attrs) ||
    (error !== undefined && !(host.configuration() instanceof Attrs))
  ) {
    const message = error === undefined ? {} : { error: fleet.explain(error) }
    return { ...common, system: "", target: machine?.target ?? "", aspects: [], modules: 0, ...message }
  }
  const own = ownFacts(ev, configuration)
  return {
    ...common,
    system: system || systemOf(ev, configuration, host.class),
    target: machine?.target || own.target,
    tags: common.tags.length > 0 ? common.tags : own.tags,
    aspects: [...new Set(aspectsOfHost(host, fleet.containers).map(({ name }) => name))],
    modules: Array.from(allModules(host.graph() ?? [])).filter(({ disabled }) => !disabled).length,
    ...(error === undefined ? {} : { error: fleet.explain(error) }),
  }
}

/**
 * Why a host is refused, if its files look as if it were. A home is not looked at so closely: home-manager's options are
 * made with the home's own nixpkgs, so that looking up a few costs half of what its check does. That is left to `check`.
 */
function mistakeOf(ev: Evaluator, host: HostHandle, fleet: OwnModules): EvalError | undefined {
  const configuration = host.unchecked()
  const graph = host.graph()
  const isFine =
    configuration instanceof Attrs &&
    graph !== undefined &&
    (host.class === "homeManager" || !seemsToSetUnknown(ev, configuration, graph, fleet))
  return isFine ? undefined : refusalOf(ev, host)
}

/** Why the module system refuses a host. */
function refusalOf(ev: Evaluator, host: HostHandle): EvalError | undefined {
  const configuration = host.configuration()
  if (!(configuration instanceof Attrs)) return configuration
  return host.complaint() ?? attempt(ev, () => ev.attrs(configuration.get(intern("options")) ?? null)).error
}

const platform = ["stdenv", "hostPlatform", "system"] as const
const ofPkgs = [
  ["pkgs", ...platform],
  ["config", "_module", "args", "pkgs", ...platform],
  ["_module", "args", "pkgs", ...platform],
] as const
const asSet = ["config", "nixpkgs", "system"] as const

// The cheapest first that is certain. home-manager makes its packages, a nixpkgs for each home, for the system that is set.
const systemPaths: Readonly<Record<HostClass, readonly (readonly string[])[]>> = {
  nixos: [["config", "nixpkgs", "hostPlatform", "system"], ...ofPkgs, asSet],
  darwin: [["config", "nixpkgs", "hostPlatform", "system"], ...ofPkgs, asSet],
  homeManager: [asSet, ...ofPkgs],
}

/** The system double that a configuration is for; empty when evaluation does not say. */
export function systemOf(ev: Evaluator, configuration: Attrs, hostClass: HostClass): string {
  for (const path of systemPaths[hostClass]) {
    const system = tryText(ev, configuration, ...path)
    if (system !== undefined) return system
  }
  return ""
}

/** What a configuration itself says of its deploy: the options of clan, or those of colmena. */
function ownFacts(ev: Evaluator, configuration: Attrs): NodeFacts {
  const clan = tryText(ev, configuration, "config", "clan", "core", "networking", "targetHost")
  if (clan !== undefined) return { tags: [], target: clan }
  const deployment = tryAttrs(ev, configuration, "config", "deployment")
  return deployment === undefined ? { tags: [], target: "" } : deploymentFacts(ev, deployment)
}
