// Canopy: Deploy This Host. Shows the plan, asks, and runs it in a terminal only after an explicit yes.

import { window } from "vscode"
import type { DeployArguments, PlanReport } from "../../../server/src/lsp/protocol.js"
import type { Context } from "../context.js"
import { showPage } from "../pages.js"
import { pickHost } from "./pick-host.js"

/** `target` is a tree row or the arguments of a code action; without it the person picks a host. */
export async function deployHost(context: Context, target?: DeployArguments): Promise<void> {
  const chosen = target ?? (await pickHost(context, "Deploy which host?"))
  if (chosen === undefined) return
  const { host, root } = chosen
  const report = await context.server.request("canopy/plan", {
    hosts: [host],
    ...(root === undefined ? {} : { root }),
  })
  await showPage("canopy-plan", host, root)
  if (await isWanted(host, report)) run(host, report)
}

async function isWanted(host: string, { plan, commands }: PlanReport): Promise<boolean> {
  const warnings = plan.hosts.flatMap(step => step.warnings)
  if (commands.length === 0) {
    await window.showErrorMessage(`${host} cannot be deployed`, {
      modal: true,
      detail: warnings.join("\n\n"),
    })
    return false
  }
  const detail = [...commands, ...warnings].join("\n\n")
  return (await window.showWarningMessage(`Deploy ${host}?`, { modal: true, detail }, "Deploy")) === "Deploy"
}

function run(host: string, { commands, folder }: PlanReport): void {
  const terminal = window.createTerminal({ name: `Deploy ${host}`, cwd: folder })
  terminal.show()
  for (const command of commands) terminal.sendText(command)
}
