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
} from "../modules/index.js"
import { aspectKey, aspectOf } from "./aspect-path.js"
import { deploymentFacts, hiveNodes, type NodeFacts } from "./frameworks/colmena.js"
import { standaloneHome, userHomes } from "./frameworks/home-manager.js"
import type { MachineFacts } from "./machine-facts.js"
import { madeConfiguration } from "./made-configuration.js"
import type { AspectContainer, AspectName, Host, HostClass } from "./model.js"
import { moduleComplaint } from "./module-complaint.js"

/** A host with its evaluated configuration, which the evaluation thread keeps to itself. */
export interface HostHandle {
  readonly name: string
  readonly class: HostClass
  /**
   * The result of the module evaluation, or why there is none. Evaluated when first asked for. One that sets options which
   * do not exist is evaluated without them, see `complaint`.
   */
  configuration(): Attrs | EvalError
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
  let configuration: Attrs | EvalError | undefined
  let complaint: EvalError | undefined
  let graph: readonly ModuleNode[] | undefined | "unread" = "unread"
  let homes: readonly (readonly ModuleNode[])[] | undefined
  return {
    name,
    class: hostClass,
    configuration() {
      if (configuration === undefined) {
        const outcome = attempt(ev, evaluate)
        // What depends on who asked is asked again the next time.
        if (outcome.error?.dependsOnAsker) return outcome.error
        const tolerant = outcome.error ?? withoutUnknown(ev, outcome.value)
        if (tolerant instanceof EvalError) configuration = tolerant
        else {
          configuration = tolerant.configuration
          complaint = tolerant.complaint
        }
      }
      return configuration
    },
    complaint() {
      this.configuration()
      return complaint
    },
    graph() {
      if (graph === "unread") {
        const found = this.configuration()
        graph = found instanceof Attrs ? moduleGraph(ev, found) : undefined
      }
      return graph
    },
    homeGraphs() {
      if (homes === undefined) {
        const found = this.configuration()
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

/** What a host is, for the tree and the command line. `explain` puts an error into words. */
export function describeHost(
  ev: Evaluator,
  host: HostHandle,
  containers: readonly AspectContainer[],
  machine: MachineFacts | undefined,
  explain: (error: EvalError) => string,
): Host {
  const configuration = host.configuration()
  const isMachine = host.class !== "homeManager"
  const deployer = isMachine && machine !== undefined ? { deployer: machine.deployer } : {}
  const common = { name: host.name, class: host.class, tags: machine?.tags ?? [], ...deployer }
  if (!(configuration instanceof Attrs)) {
    const target = machine?.target ?? ""
    return { ...common, system: "", target, aspects: [], modules: 0, error: explain(configuration) }
  }
  const options = attempt(ev, () => ev.attrs(configuration.get(intern("options")) ?? null))
  const error = host.complaint() ?? options.error
  const own = ownFacts(ev, configuration)
  return {
    ...common,
    system: systemOf(ev, configuration),
    target: machine?.target || own.target,
    tags: common.tags.length > 0 ? common.tags : own.tags,
    aspects: [...new Set(aspectsOfHost(host, containers).map(({ name }) => name))],
    modules: Array.from(allModules(host.graph() ?? [])).filter(({ disabled }) => !disabled).length,
    ...(error === undefined ? {} : { error: explain(error) }),
  }
}

/** Follows attribute names as far as they lead. */
function textAt(ev: Evaluator, from: Attrs, path: readonly string[]): string | undefined {
  let attrs: Attrs | undefined = from
  for (const name of path.slice(0, -1)) attrs = attrs === undefined ? undefined : tryAttrs(ev, attrs, name)
  const value = attrs === undefined ? undefined : tryAttr(ev, attrs, path[path.length - 1])
  return value !== undefined && isString(value) ? textOf(value) : undefined
}

const systemPaths: readonly (readonly string[])[] = [
  ["config", "nixpkgs", "hostPlatform", "system"],
  ["pkgs", "stdenv", "hostPlatform", "system"],
  ["_module", "args", "pkgs", "stdenv", "hostPlatform", "system"],
  ["config", "nixpkgs", "system"],
]

/** The system double that a configuration is for; empty when evaluation does not say. */
export function systemOf(ev: Evaluator, configuration: Attrs): string {
  for (const path of systemPaths) {
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
