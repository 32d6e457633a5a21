// The machines and homes of a flake: what its outputs call `nixosConfigurations`, `darwinConfigurations` and `homeConfigurations`.

import {
  Attrs,
  EvalError,
  type Evaluator,
  fromPlain,
  intern,
  isString,
  type Lazy,
  nameOf,
  textOf,
  textOfBytes,
} from "../eval/index.js"
import {
  allModules,
  attempt,
  importCircle,
  type ModuleNode,
  moduleGraph,
  tryAttr,
  tryAttrs,
  withoutCheck,
} from "../modules/index.js"
import { aspectKey, aspectOf } from "./aspect-path.js"
import { moduleComplaint } from "./check/module-complaint.js"
import { type OwnFiles, seemsToSetUnknown } from "./check/unknown-options.js"
import { deploymentFacts, hiveNodes, type NodeFacts } from "./frameworks/colmena.js"
import { standaloneHome, userHomes } from "./frameworks/home-manager.js"
import type { MachineFacts } from "./machine-facts.js"
import { madeConfiguration } from "./made-configuration.js"
import type { AspectContainer, AspectName, Host, HostClass } from "./model.js"

/** A host with its evaluated configuration, which the evaluation thread keeps to itself. */
export interface HostHandle {
  readonly name: string
  readonly class: HostClass
  /**
   * The result of the module evaluation, or why there is none. Evaluated when first asked for. One that sets options which
   * do not exist is evaluated without them, see `complaint`.
   */
  configuration(): Attrs | EvalError
  /** The configuration without the check that every definition has an option: for who asks for little, at little cost. */
  unchecked(): Attrs | EvalError
  /** Why Nix refuses the configuration, although its other options can be evaluated. */
  complaint(): EvalError | undefined
  /** The import tree; undefined when it is not to be had. */
  graph(): readonly ModuleNode[] | undefined
  /** The import trees of its users' homes, where home-manager is part of the host. */
  homeGraphs(): readonly (readonly ModuleNode[])[]
}

const outputsOfClass: readonly (readonly [string, HostClass])[] = [
  ["nixosConfigurations", "nixos"],
  ["darwinConfigurations", "darwin"],
  ["homeConfigurations", "homeManager"],
]

export interface HostList {
  readonly hosts: readonly HostHandle[]
  /** Outputs whose names could not be read, with the reason. */
  readonly failures: readonly { readonly output: string; readonly error: EvalError }[]
}

/** The hosts that a flake's outputs name. One output that fails costs the others nothing. */
export function listHosts(ev: Evaluator, flake: Attrs): HostList {
  const hosts: HostHandle[] = []
  const failures: { output: string; error: EvalError }[] = []
  for (const [output, hostClass] of outputsOfClass) {
    const place = flake.get(intern(output))
    if (place === undefined) continue
    const outcome = attempt(ev, () => ev.attrs(place))
    if (outcome.error !== undefined) failures.push({ output, error: outcome.error })
    else hosts.push(...hostsOf(ev, outcome.value, hostClass))
  }
  return { hosts: [...hosts, ...nodesBeside(ev, flake, hosts)], failures }
}

/** Nodes of a colmena hive that are no host of another output. */
function nodesBeside(ev: Evaluator, flake: Attrs, hosts: readonly HostHandle[]): HostHandle[] {
  const known = new Set(hosts.filter(host => host.class === "nixos").map(({ name }) => name))
  return hiveNodes(ev, flake)
    .filter(({ name }) => !known.has(name))
    .map(node => handle(ev, node.name, "nixos", () => ev.attrs(node.evaluate())))
}

function hostsOf(ev: Evaluator, configurations: Attrs, hostClass: HostClass): HostHandle[] {
  return Array.from(configurations.shape.sorted, slot => {
    const name = textOfBytes(nameOf(configurations.shape.keys[slot]))
    const place = configurations.at(slot)
    return handle(ev, name, hostClass, () =>
      hostClass === "homeManager" ? standaloneHome(ev, place) : wholeSystem(ev, hostClass, place),
    )
  })
}

/** `import nixpkgs/nixos { .. }` gives only values and options of its configuration away. */
function wholeSystem(ev: Evaluator, hostClass: HostClass, place: Lazy): Attrs {
  const system = ev.attrs(place)
  const config = system.get(intern("config"))
  if (config === undefined || system.has(intern("extendModules"))) return system
  return madeConfiguration(ev, hostClass, () => {
    ev.attrs(config)
    return system
  })
}

function handle(ev: Evaluator, name: string, hostClass: HostClass, evaluate: () => Attrs): HostHandle {
  let evaluated: Attrs | EvalError | undefined
  let configuration: Attrs | EvalError | undefined
  let unchecked: Attrs | undefined
  let complaint: EvalError | undefined
  let graph: readonly ModuleNode[] | undefined | "unread" = "unread"
  let homes: readonly (readonly ModuleNode[])[] | undefined
  const evaluation = (): Attrs | EvalError => {
    if (evaluated === undefined) {
      const outcome = attempt(ev, evaluate)
      // What depends on who asked is asked again the next time.
      if (outcome.error?.dependsOnAsker) return outcome.error
      evaluated = outcome.error ?? outcome.value
    }
    return evaluated
  }
  return {
    name,
    class: hostClass,
    configuration() {
      if (configuration === undefined) {
        const found = evaluation()
        if (found instanceof EvalError) return found
        const tolerant = withoutUnknown(ev, found)
        if (tolerant instanceof EvalError) configuration = tolerant
        else {
          configuration = tolerant.configuration
          complaint = tolerant.complaint
        }
      }
      return configuration
    },
    unchecked() {
      const found = evaluation()
      if (found instanceof EvalError) return found
      return (unchecked ??= withoutCheck(ev, found))
    },
    complaint() {
      this.configuration()
      return complaint
    },
    graph() {
      if (graph === "unread") {
        const found = evaluation()
        graph = found instanceof Attrs ? moduleGraph(ev, found) : undefined
      }
      return graph
    },
    homeGraphs() {
      if (homes === undefined) {
        const found = this.graph() === undefined ? this.configuration() : this.unchecked()
        homes =
          found instanceof Attrs
            ? userHomes(ev, found).map(home => moduleGraph(ev, home.configuration) ?? [])
            : []
      }
      return homes
    },
  }
}

/**
 * A configuration that can be asked for its options. The module system refuses all of one that sets an option which does
 * not exist; while somebody types a name, that would take every answer away. So it is evaluated again without that check.
 */
function withoutUnknown(
  ev: Evaluator,
  configuration: Attrs,
): { configuration: Attrs; complaint?: EvalError } | EvalError {
  const options = attempt(ev, () => ev.attrs(configuration.get(intern("options")) ?? null))
  // Every question would run into the same wall again, at a second each.
  if (options.error?.code === "stack-overflow") return importCircle(ev, configuration) ?? options.error
  if (options.error === undefined || moduleComplaint(options.error)?.code !== "unknown-option")
    return { configuration }
  const extend = configuration.get(intern("extendModules"))
  const modules = fromPlain({ modules: [{ _file: "canopy", _module: { check: false } }] })
  const again = attempt(ev, () => {
    if (extend === undefined) throw options.error
    const extended = ev.attrs(ev.call(ev.force(extend), modules))
    ev.attrs(extended.get(intern("options")) ?? null)
    return extended
  })
  return again.error === undefined
    ? { configuration: again.value, complaint: options.error }
    : { configuration }
}

/** The aspects among a host's modules, in order of import. */
export function aspectsOfHost(host: HostHandle, containers: readonly AspectContainer[]): AspectName[] {
  return aspectsOfGraph(host.graph() ?? [], containers)
}

/** The aspects in an import tree, in order. */
export function aspectsOfGraph(
  graph: readonly ModuleNode[],
  containers: readonly AspectContainer[],
): AspectName[] {
  const found = new Map<string, AspectName>()
  for (const node of allModules(graph))
    for (const label of node.via) {
      const aspect = aspectOf(label, containers)
      if (aspect !== undefined) found.set(aspectKey(aspect), aspect)
    }
  return [...found.values()]
}

/** What describing hosts needs to know about the fleet. */
export interface HostSurroundings extends OwnFiles {
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
function mistakeOf(ev: Evaluator, host: HostHandle, fleet: OwnFiles): EvalError | undefined {
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

/** Follows attribute names as far as they lead. */
function textAt(ev: Evaluator, from: Attrs, path: readonly string[]): string | undefined {
  let attrs: Attrs | undefined = from
  for (const name of path.slice(0, -1)) attrs = attrs === undefined ? undefined : tryAttrs(ev, attrs, name)
  const value = attrs === undefined ? undefined : tryAttr(ev, attrs, path[path.length - 1])
  return value !== undefined && isString(value) ? textOf(value) : undefined
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
    const system = textAt(ev, configuration, path)
    if (system !== undefined) return system
  }
  return ""
}

/** What a configuration itself says of its deploy: the options of clan, or those of colmena. */
function ownFacts(ev: Evaluator, configuration: Attrs): NodeFacts {
  const clan = textAt(ev, configuration, ["config", "clan", "core", "networking", "targetHost"])
  if (clan !== undefined) return { tags: [], target: clan }
  const config = tryAttrs(ev, configuration, "config")
  const deployment = config === undefined ? undefined : tryAttrs(ev, config, "deployment")
  return deployment === undefined ? { tags: [], target: "" } : deploymentFacts(ev, deployment)
}
