// `canopy deploy`: shows the plan, asks, and runs its commands in this terminal. Nothing runs without a yes, typed here or given
// as `--yes`.

import { createInterface } from "node:readline/promises"
import { commandLine, deployCommands, planPage, runHere } from "../deploy/index.js"
import type { Plan } from "../fleet/index.js"
import { UsageError } from "./arguments.js"
import { command, exit, Failure } from "./command.js"
import { fleetFlags, fleetUsage, withFleet } from "./fleet.js"
import { planFor } from "./plan.js"
import type { Terminal } from "./terminal.js"

export const deployCommand = command({
  usage: `HOST... [--yes] [--dry-run] [--flake FLAKE]\n${fleetUsage}`,
  summary: "show the plan, ask, and deploy",
  flags: { ...fleetFlags, "--flake": 1, "--yes": 0, "--dry-run": 0 },
  async run(given, terminal) {
    if (given.operands.length === 0) throw new UsageError("no host is given")
    const { plan, root } = await withFleet(
      given.one("--flake") ?? ".",
      given,
      terminal,
      async (port, progress) => ({
        plan: await planFor(port, given.operands, progress),
        root: port.root,
      }),
    )
    terminal.out(planPage(plan))
    if (given.has("--dry-run")) return exit.done
    const blocked = plan.hosts.filter(({ steps }) => steps.length === 0).map(({ host }) => host)
    if (0 < blocked.length) throw new Failure(`nothing was run: ${blocked.join(", ")} cannot be deployed`)
    if (!given.has("--yes") && !(await confirmed(plan, terminal))) {
      terminal.err("nothing was run\n")
      return exit.failed
    }
    return runPlan(plan, root, terminal)
  },
})

/** Asks the person at the terminal. @throws Failure when there is nobody to ask */
async function confirmed(plan: Plan, terminal: Terminal): Promise<boolean> {
  if (!terminal.asks) throw new Failure("there is no terminal to ask on; '--yes' deploys without asking")
  const lines = createInterface({ input: process.stdin, output: process.stderr })
  try {
    const names = plan.hosts.map(({ host }) => host).join(", ")
    const answer = await lines.question(`Deploy ${names} now? [y/N] `)
    return /^y(es)?$/i.test(answer.trim())
  } finally {
    lines.close()
  }
}

async function runPlan(plan: Plan, root: string, terminal: Terminal): Promise<number> {
  const failure = await runHere(deployCommands(plan), root)
  if (failure === undefined) return exit.done
  terminal.err(
    `error: '${commandLine(failure.command)}' failed: ${failure.reason}; what came after it was not run\n`,
  )
  return exit.failed
}
