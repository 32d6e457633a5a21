// The derivation of a host's whole system, which `canopy hosts --drv` adds. It is evaluated apart, as `nix eval` would do
// it, because it costs seconds where the rest of the table costs next to nothing.

import type { Host, HostClass } from "../fleet/index.js"
import type { Given } from "./arguments.js"
import { allowsBuilds } from "./build-flags.js"
import type { EvalRequest, Outcome } from "./eval-request.js"
import { evaluationThread } from "./eval-start.js"
import type { FleetFlag } from "./fleet.js"

const outputs: Readonly<Record<HostClass, readonly [output: string, path: string]>> = {
  nixos: ["nixosConfigurations", "config.system.build.toplevel"],
  darwin: ["darwinConfigurations", "config.system.build.toplevel"],
  homeManager: ["homeConfigurations", "activationPackage"],
}

/** The hosts with `drvPath`, or with the `error` that evaluating it ended in. */
export async function withSystems(
  root: string,
  hosts: readonly Host[],
  given: Given<FleetFlag>,
): Promise<Host[]> {
  const asked = hosts.filter(host => host.error === undefined)
  const outcomes: Outcome[] = []
  const task = { kind: "each", request: requestFor(root, given), attrs: asked.map(systemAttr) } as const
  const { failure } = await evaluationThread(task, outcome => outcomes.push(outcome))
  const missing = { error: failure ?? "its system was not evaluated" }
  return hosts.map(host => {
    const at = asked.indexOf(host)
    if (at < 0) return host
    const outcome = outcomes[at] ?? missing
    return "text" in outcome ? { ...host, drvPath: outcome.text } : { ...host, error: outcome.error }
  })
}

function systemAttr({ name, class: hostClass }: Host): string {
  const [output, path] = outputs[hostClass]
  return `.${output}."${name}".${path}.drvPath`
}

function requestFor(root: string, given: Given<FleetFlag>): EvalRequest {
  return {
    source: { kind: "flake", reference: root },
    attr: "",
    output: "raw",
    strict: false,
    pure: true,
    searchPath: [],
    args: [],
    apply: undefined,
    overrideInputs: Object.fromEntries(given.pairs("--override-input")),
    offline: given.has("--offline"),
    allowBuilds: allowsBuilds(given),
    language: {},
    trace: false,
    stats: false,
    folder: process.cwd(),
  }
}
