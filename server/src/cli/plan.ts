// `canopy plan`: what a deploy of these hosts would run, what would change, and what to know before. Nothing runs.

import { planPage } from "../deploy/index.js"
import type { FleetPort, Plan, RequestOptions } from "../fleet/index.js"
import { UsageError } from "./arguments.js"
import { command, exit } from "./command.js"
import { fleetFlags, fleetUsage, loadFleet, withFleet } from "./fleet.js"

export const planCommand = command({
  usage: `HOST... [--flake FLAKE] [--json]\n${fleetUsage}`,
  summary: "what deploying these hosts would run and change",
  flags: { ...fleetFlags, "--flake": 1, "--json": 0 },
  async run(given, terminal) {
    if (given.operands.length === 0) throw new UsageError("no host is given")
    const plan = await withFleet(given.one("--flake") ?? ".", given, terminal, (port, progress) =>
      planFor(port, given.operands, progress),
    )
    terminal.out(given.has("--json") ? `${JSON.stringify(plan)}\n` : planPage(plan))
    return exit.done
  },
})

/** The plan. @throws Failure when the flake itself does not evaluate, which is why it has no such host */
export async function planFor(
  port: FleetPort,
  hosts: readonly string[],
  options: RequestOptions,
): Promise<Plan> {
  await loadFleet(port, options)
  return port.ask({ kind: "plan", hosts }, options)
}
