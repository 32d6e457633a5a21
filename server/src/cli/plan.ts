// `canopy plan`: what deploying these hosts would run and change, and what to know before. Runs nothing.

import { planPage } from "../deploy/index.js"
import type { FleetPort, Plan, RequestOptions } from "../fleet/index.js"
import { UsageError } from "./arguments.js"
import { command, exit } from "./command.js"
import { fleetFlags, fleetUsage, loadFleet, withFleet } from "./fleet.js"
import { printAnswer } from "./shown/answer.js"

export const planCommand = command({
  usage: `HOST... [--flake FLAKE] [--json]\n${fleetUsage}`,
  summary: "what deploying these hosts would run and change",
  flags: { ...fleetFlags, "--flake": 1, "--json": 0 },
  async run(given, terminal) {
    if (given.operands.length === 0) throw new UsageError("no host is given")
    const plan = await withFleet(given.one("--flake") ?? ".", given, terminal, (port, progress) =>
      planFor(port, given.operands, progress),
    )
    printAnswer(plan, given, terminal, planPage)
    return exit.done
  },
})

/** The plan for these hosts. @throws Failure when the flake does not evaluate, instead of "no such host" */
export async function planFor(
  port: FleetPort,
  hosts: readonly string[],
  options: RequestOptions,
): Promise<Plan> {
  await loadFleet(port, options)
  return port.ask({ kind: "plan", hosts }, options)
}
