// Canopy: Deploy This Host. Shows the plan, asks, and runs it in a terminal only after an explicit yes. The plan is made of what the
// editor shows and the terminal reads the disk, so what is not saved is saved between them.

import { basename } from "node:path"
import { type TextDocument, window, workspace } from "vscode"
import type { DeployArguments, PlanReport } from "../../../server/src/lsp/protocol.js"
import type { Context } from "../context.js"
import { asked } from "./asked.js"
import { pickHost } from "./pick-host.js"

/** Deploys `target`, which a tree row or a code action passes; without it the person picks a host. */
export async function deployHost(context: Context, target?: DeployArguments): Promise<void> {
  const chosen = target ?? (await pickHost(context, "Deploy which host?"))
  if (chosen === undefined) return
  const { host } = chosen
  const fleet = chosen.root === undefined ? {} : { root: chosen.root }
  const report = await asked(`Planning the deploy of ${host}`, token =>
    context.server.request("canopy/plan", { hosts: [host], ...fleet }, token),
  )
  if (report === undefined) return
  await context.pages.show("canopy-plan", `Deploy ${host}`, { subject: host, ...fleet }, report.markdown)
  const unsaved = workspace.textDocuments.filter(
    ({ isDirty, uri }) => isDirty && uri.fsPath.startsWith(`${report.folder}/`),
  )
  if ((await isWanted(host, report, unsaved)) && (await areSaved(unsaved))) run(host, report)
}

async function isWanted(
  host: string,
  { plan, commands }: PlanReport,
  unsaved: readonly TextDocument[],
): Promise<boolean> {
  const warnings = plan.hosts.flatMap(it => it.warnings)
  if (commands.length === 0) {
    await window.showErrorMessage(`${host} cannot be deployed`, {
      modal: true,
      detail: warnings.join("\n\n"),
    })
    return false
  }
  // The dialog covers the page, so it repeats what matters.
  const changes = plan.hosts.flatMap(it => it.changes)
  const detail = [
    commands.join("\n"),
    ...list("What will change", changes),
    ...list("Before you say yes", [...warnings, ...unsaved.map(savedFirst)]),
  ].join("\n\n")
  const yes = unsaved.length === 0 ? "Deploy" : "Save and Deploy"
  return (await window.showWarningMessage(`Deploy ${host}?`, { modal: true, detail }, yes)) === yes
}

function savedFirst({ uri }: TextDocument): string {
  return `${basename(uri.fsPath)} is not saved yet: it will be`
}

async function areSaved(documents: readonly TextDocument[]): Promise<boolean> {
  return (await Promise.all(documents.map(document => document.save()))).every(Boolean)
}

function list(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`${title}:\n${lines.map(line => `• ${line}`).join("\n")}`]
}

function run(host: string, { commands, folder }: PlanReport): void {
  const terminal = window.createTerminal({ name: `Deploy ${host}`, cwd: folder })
  terminal.show()
  for (const command of commands) terminal.sendText(command)
}
