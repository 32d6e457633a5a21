// The machines and homes of a flake: what its outputs call `nixosConfigurations`, `darwinConfigurations` and `homeConfigurations`.

import {
  type Attrs,
  EvalError,
  type Evaluator,
  intern,
  type Lazy,
  type Span,
  textOfBytes,
} from "../../eval/index.js"
import { attempt } from "../../modules/index.js"
import { hiveNodes } from "../frameworks/colmena.js"
import { standaloneHome } from "../frameworks/home-manager.js"
import type { HostClass } from "../model.js"
import { HostHandle } from "./host-handle.js"
import { madeConfiguration } from "./made-configuration.js"
import { onFirstSystem, perSystem } from "./system-outputs.js"

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
  /** Names of all outputs. */
  readonly outputs: readonly string[]
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
  const outputs = flake.shape.names.map(textOfBytes)
  return { hosts: [...hosts, ...nodesBeside(ev, flake, hosts)], failures, outputs }
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
    .map(node => new HostHandle(ev, node.name, "nixos", () => ev.attrs(node.evaluate())))
}

function hostsOf(ev: Evaluator, configurations: Attrs, hostClass: HostClass): HostHandle[] {
  return Array.from(configurations.shape.sorted, slot => {
    const name = textOfBytes(configurations.shape.nameAt(slot))
    const place = configurations.at(slot)
    if (hostClass === "homeManager")
      return new HostHandle(
        ev,
        name,
        hostClass,
        () => standaloneHome(ev, place),
        () => ev.attrs(place),
      )
    const span = configurations.shape.spanAt(slot)
    return new HostHandle(ev, name, hostClass, () => wholeSystem(ev, hostClass, place, span))
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
