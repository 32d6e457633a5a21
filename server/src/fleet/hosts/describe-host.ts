// What a list of hosts shows of each: its system, where it is deployed to, its aspects, and why Nix refuses it, if it does.
//
// Every host is described when a fleet opens. So each fact is read where that is cheapest, and only what looks wrong is checked.

import { Attrs, type EvalError, type Evaluator, intern } from "../../eval/index.js"
import { allModules, attempt, tryAttrs, tryText } from "../../modules/index.js"
import { aspectsOfGraph } from "../aspects/graph-aspects.js"
import { type OwnModules, seemsToSetUnknown } from "../check/unknown-options.js"
import { deploymentFacts, type NodeFacts } from "../frameworks/colmena.js"
import type { Host, HostClass } from "../model.js"
import type { HostHandle } from "./host-handle.js"
import type { MachineFacts } from "./machine-facts.js"

/** What describing hosts needs to know about the fleet. */
export interface HostSurroundings extends OwnModules {
  /** What the tool that deploys a host knows about it. */
  readonly machine: (name: string) => MachineFacts | undefined
  /** Puts an error into words. */
  readonly explain: (error: EvalError) => string
}

/** What a host is, for the tree and the command line. */
export function describeHost(ev: Evaluator, host: HostHandle, fleet: HostSurroundings): Host {
  const machine = fleet.machine(host.name)
  const isMachine = host.class !== "homeManager"
  const tool = isMachine ? machine?.deployer : undefined
  const deployer = tool === undefined ? {} : { deployer: tool }
  const common = { name: host.name, class: host.class, tags: machine?.tags ?? [], ...deployer }
  const configuration = host.unchecked()
  // Circular imports exhaust the stack, which takes a second for every question. There is no graph then, and nothing else is asked.
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
    aspects: [...new Set(aspectsOfGraph(host.graph() ?? [], fleet.containers).map(({ name }) => name))],
    modules: Array.from(allModules(host.graph() ?? [])).filter(({ disabled }) => !disabled).length,
    ...(error === undefined ? {} : { error: fleet.explain(error) }),
  }
}

/**
 * Why Nix refuses a host, if its files look as if it would. Homes are left to `check`: home-manager's options are made with the
 * home's own nixpkgs, so that looking up a few of them costs half as much as a check.
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
  return (
    host.complaints()[0] ?? attempt(ev, () => ev.attrs(configuration.get(intern("options")) ?? null)).error
  )
}

const platform = ["stdenv", "hostPlatform", "system"] as const
const ofPkgs = [
  ["pkgs", ...platform],
  ["config", "_module", "args", "pkgs", ...platform],
  ["_module", "args", "pkgs", ...platform],
] as const
const asSet = ["config", "nixpkgs", "system"] as const

// From cheap to expensive. home-manager makes a nixpkgs for each home, so the setting is asked first there.
const systemPaths: Readonly<Record<HostClass, readonly (readonly string[])[]>> = {
  nixos: [["config", "nixpkgs", "hostPlatform", "system"], ...ofPkgs, asSet],
  darwin: [["config", "nixpkgs", "hostPlatform", "system"], ...ofPkgs, asSet],
  homeManager: [asSet, ...ofPkgs],
}

/** The system double of a configuration; empty if evaluation does not tell. */
export function systemOf(ev: Evaluator, configuration: Attrs, hostClass: HostClass): string {
  for (const path of systemPaths[hostClass]) {
    const system = tryText(ev, configuration, ...path)
    if (system !== undefined) return system
  }
  return ""
}

/** What a configuration itself says about deploying it: by options of clan or of colmena. */
function ownFacts(ev: Evaluator, configuration: Attrs): NodeFacts {
  const clan = tryText(ev, configuration, "config", "clan", "core", "networking", "targetHost")
  if (clan !== undefined) return { tags: [], target: clan }
  const deployment = tryAttrs(ev, configuration, "config", "deployment")
  return deployment === undefined ? { tags: [], target: "" } : deploymentFacts(ev, deployment)
}
