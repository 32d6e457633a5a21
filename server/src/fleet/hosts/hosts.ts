// The machines and homes of a flake: what its outputs call `nixosConfigurations`, `darwinConfigurations` and `homeConfigurations`.

import {
  Attrs,
  EvalError,
  type Evaluator,
  fromPlain,
  intern,
  type Lazy,
  nameOf,
  type Span,
  textOfBytes,
} from "../../eval/index.js"
import {
  allModules,
  attempt,
  importCircle,
  type ModuleNode,
  moduleGraph,
  tryText,
  withoutCheck,
} from "../../modules/index.js"
import { aspectKey, aspectOf } from "../aspects/aspect-path.js"
import { moduleComplaint } from "../check/module-complaint.js"
import { hiveNodes } from "../frameworks/colmena.js"
import { standaloneHome, userHomes } from "../frameworks/home-manager.js"
import type { AspectContainer, AspectName, HostClass } from "../model.js"
import { madeConfiguration } from "./made-configuration.js"
import { onFirstSystem, perSystem } from "./system-outputs.js"

/** A host and its evaluated configuration. It never leaves the evaluation thread. */
export interface HostHandle {
  readonly name: string
  readonly class: HostClass
  /**
   * The result of the module evaluation, or why there is none. Evaluated when first asked for. If it sets options that do not
   * exist, it is evaluated without them; `complaint` has the error.
   */
  configuration(): Attrs | EvalError
  /** The configuration without the check that every definition has an option: cheaper if only little is read. */
  unchecked(): Attrs | EvalError
  /** The cheapest configuration in which options can be read, even if others are wrong: `unchecked`, or else `configuration`. */
  readable(): Attrs | EvalError
  /** Whether the module system refuses modules of a class. If it knows no classes, it refuses none. */
  refuses(moduleClass: string): boolean
  /** Why Nix refuses the configuration, although its other options can be evaluated. */
  complaint(): EvalError | undefined
  /** The import tree; undefined if there is none. */
  graph(): readonly ModuleNode[] | undefined
  /** The import trees of its users' homes, where home-manager is part of the host. */
  homeGraphs(): readonly (readonly ModuleNode[])[]
}

const outputsOfClass: readonly (readonly [string, HostClass])[] = [
  ["nixosConfigurations", "nixos"],
  ["darwinConfigurations", "darwin"],
  ["homeConfigurations", "homeManager"],
]

/** The outputs that hosts are looked for in. */
export const hostOutputs: readonly string[] = outputsOfClass.map(([output]) => output)

export interface HostList {
  readonly hosts: readonly HostHandle[]
  /** Outputs whose hosts could not be listed, with the reason. */
  readonly failures: readonly { readonly output: string; readonly error: EvalError }[]
}

/** The hosts in a flake's outputs. An output that fails does not affect the others. */
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
  if (failures.length === 0) hosts.push(...hostsAmongPackages(ev, flake, hosts))
  return { hosts: [...hosts, ...nodesBeside(ev, flake, hosts)], failures }
}

/** Hosts that are made for each system, once each. Evaluating packages takes long, so where there are others only homes are looked for. */
function hostsAmongPackages(ev: Evaluator, flake: Attrs, others: readonly HostHandle[]): HostHandle[] {
  if (others.length === 0) {
    const places = ["packages", "legacyPackages"]
    return outputsOfClass.flatMap(([output, hostClass]) =>
      onceEach(ev, perSystem(ev, flake, places, output), hostClass),
    )
  }
  // blueprint and nixos-unified keep homes here on every system, so that one says whether there are any.
  const place = "legacyPackages"
  const output = "homeConfigurations"
  return others.some(host => host.class === "homeManager") || !onFirstSystem(ev, flake, place, output)
    ? []
    : onceEach(ev, perSystem(ev, flake, [place], output), "homeManager")
}

function onceEach(ev: Evaluator, sets: readonly Attrs[], hostClass: HostClass): HostHandle[] {
  const hosts = sets.flatMap(set => hostsOf(ev, set, hostClass))
  return hosts.filter(({ name }, i) => hosts.findIndex(other => other.name === name) === i)
}

/** Nodes of a colmena hive that are not in another output as well. */
function nodesBeside(ev: Evaluator, flake: Attrs, hosts: readonly HostHandle[]): HostHandle[] {
  const known = new Set(hosts.filter(host => host.class === "nixos").map(({ name }) => name))
  return hiveNodes(ev, flake)
    .filter(({ name }) => !known.has(name))
    .map(node => new EvaluatedHost(ev, node.name, "nixos", () => ev.attrs(node.evaluate())))
}

function hostsOf(ev: Evaluator, configurations: Attrs, hostClass: HostClass): HostHandle[] {
  return Array.from(configurations.shape.sorted, slot => {
    const name = textOfBytes(nameOf(configurations.shape.keys[slot]))
    const place = configurations.at(slot)
    return new EvaluatedHost(ev, name, hostClass, () =>
      hostClass === "homeManager"
        ? standaloneHome(ev, place)
        : wholeSystem(ev, hostClass, place, configurations.shape.spanAt(slot)),
    )
  })
}

/**
 * The whole configuration of a host. `import nixpkgs/nixos { .. }` returns only parts of it, which lead to the rest.
 * @param span where the host is named
 */
function wholeSystem(ev: Evaluator, hostClass: HostClass, place: Lazy, span: Span): Attrs {
  const given = ev.attrs(place)
  const config = given.get(intern("config"))
  const isWhole = config === undefined || given.has(intern("extendModules"))
  const system = isWhole
    ? given
    : madeConfiguration(ev, hostClass, () => {
        ev.attrs(config)
        return given
      })
  if (system.has(intern("options"))) return system
  throw new EvalError(
    "missing-attribute",
    "this was not made by a function such as 'lib.nixosSystem': it has no attribute 'options'",
    span,
  )
}

/** A host whose parts are evaluated when first asked for, and kept. */
class EvaluatedHost implements HostHandle {
  readonly class: HostClass
  private evaluated: Attrs | EvalError | undefined
  private checked: TolerantConfiguration | EvalError | undefined
  private notChecked: Attrs | undefined
  private modules: { readonly graph: readonly ModuleNode[] | undefined } | undefined
  private homes: readonly (readonly ModuleNode[])[] | undefined

  constructor(
    private readonly ev: Evaluator,
    readonly name: string,
    hostClass: HostClass,
    private readonly evaluate: () => Attrs,
  ) {
    this.class = hostClass
  }

  private evaluation(): Attrs | EvalError {
    if (this.evaluated !== undefined) return this.evaluated
    const outcome = attempt(this.ev, this.evaluate)
    // An error that depends on the caller may not come the next time.
    if (outcome.error?.dependsOnAsker) return outcome.error
    this.evaluated = outcome.error ?? outcome.value
    return this.evaluated
  }

  private tolerant(): TolerantConfiguration | EvalError {
    if (this.checked !== undefined) return this.checked
    const found = this.evaluation()
    if (found instanceof EvalError) return found
    this.checked = withoutUnknown(this.ev, found)
    return this.checked
  }

  configuration(): Attrs | EvalError {
    const tolerant = this.tolerant()
    return tolerant instanceof EvalError ? tolerant : tolerant.configuration
  }

  complaint(): EvalError | undefined {
    const tolerant = this.tolerant()
    return tolerant instanceof EvalError ? undefined : tolerant.complaint
  }

  refuses(moduleClass: string): boolean {
    // Every home-manager that is in use with aspects knows its class.
    if (moduleClass === this.class || this.class === "homeManager") return moduleClass !== this.class
    const found = this.evaluation()
    return found instanceof EvalError || ![undefined, moduleClass].includes(tryText(this.ev, found, "class"))
  }

  unchecked(): Attrs | EvalError {
    const found = this.evaluation()
    if (found instanceof EvalError) return found
    return (this.notChecked ??= withoutCheck(this.ev, found) ?? found)
  }

  readable(): Attrs | EvalError {
    const found = this.unchecked()
    return found === this.evaluated ? this.configuration() : found
  }

  graph(): readonly ModuleNode[] | undefined {
    if (this.modules === undefined) {
      const found = this.evaluation()
      this.modules = { graph: found instanceof Attrs ? moduleGraph(this.ev, found) : undefined }
    }
    return this.modules.graph
  }

  homeGraphs(): readonly (readonly ModuleNode[])[] {
    return (this.homes ??= this.readHomes())
  }

  private readHomes(): readonly (readonly ModuleNode[])[] {
    const { ev } = this
    // A standalone home has no users, and finding that out would cost as much as its own tree.
    if (this.class === "homeManager") return []
    const found = this.graph() === undefined ? this.configuration() : this.readable()
    if (!(found instanceof Attrs)) return []
    return userHomes(ev, found).map(({ configuration }) => moduleGraph(ev, configuration) ?? [])
  }
}

interface TolerantConfiguration {
  readonly configuration: Attrs
  readonly complaint?: EvalError
}

/**
 * A configuration whose options can be read. The module system refuses a configuration as a whole if it sets an option that does
 * not exist. While somebody types a name, that would take every answer away, so it is evaluated again without that check.
 */
function withoutUnknown(ev: Evaluator, configuration: Attrs): TolerantConfiguration | EvalError {
  const options = attempt(ev, () => ev.attrs(configuration.get(intern("options")) ?? null))
  // Otherwise every further question would overflow the stack again, which takes a second each time.
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
