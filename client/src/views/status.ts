// The state of the fleet in the status bar, and as `when` clauses (`canopy.state`, `canopy.isBusy`) for the welcome texts and menus.

import { commands, type Disposable, StatusBarAlignment, type StatusBarItem, window, workspace } from "vscode"
import type { FleetReport } from "../../../server/src/lsp/protocol.js"
import type { Server } from "../client.js"
import { type Context, hostsOf, troubleOf } from "../context.js"

const showView = "canopy.fleet.focus"

type ViewState =
  | "starting"
  | "stopped"
  | "untrusted"
  | "noFleet"
  | "loading"
  | "interrupted"
  | "failed"
  | "noHosts"
  | "ready"

/** The item in the status bar, which says that Canopy starts. */
export function startingStatus(): StatusBarItem {
  const item = window.createStatusBarItem("canopy.status", StatusBarAlignment.Left)
  item.name = "Canopy"
  item.command = showView
  say(item, "starting", undefined)
  item.show()
  return item
}

/** Keeps it up to date until it is disposed of. */
export function showStatus(item: StatusBarItem, context: Context): Disposable[] {
  show(item, context)
  return [
    context.fleet.onDidChange(() => show(item, context)),
    context.server.onDidChangeState(() => show(item, context)),
  ]
}

function show(item: StatusBarItem, { server, fleet: { report } }: Context): void {
  const state = viewState(server, report)
  void commands.executeCommand("setContext", "canopy.state", state)
  void commands.executeCommand("setContext", "canopy.isBusy", isBusy(report))
  say(item, state, report)
  item.command = state === "interrupted" ? "canopy.refresh" : showView
  if (state === "noFleet") item.hide()
  else item.show()
}

function say(item: StatusBarItem, state: ViewState, report: FleetReport | undefined): void {
  item.text = textOf(state, report)
  item.tooltip = tooltipOf(state, report)
  // Without this, screen readers read out the names of icons.
  const label = `${item.text.replace(/^\S+ /, "")}, ${item.tooltip}`
  item.accessibilityInformation = { label, role: "button" }
}

function viewState({ state }: Server, report: FleetReport | undefined): ViewState {
  if (state === "stopped") return "stopped"
  if (!workspace.isTrusted) return "untrusted"
  if (report === undefined) return "starting"
  if (report.fleets.length === 0) return "noFleet"
  const kinds = report.fleets.map(({ status }) => status.kind)
  if (kinds.includes("loading")) return "loading"
  if (!kinds.every(kind => kind === "ready" || kind === "interrupted")) return "failed"
  if (kinds.includes("interrupted")) return "interrupted"
  return hostsOf(report).length === 0 ? "noHosts" : "ready"
}

/** Whether something goes on unasked, such as a check. */
function isBusy(report: FleetReport | undefined): boolean {
  return report?.fleets.some(fleet => fleet.isBusy) === true
}

function textOf(state: ViewState, report: FleetReport | undefined): string {
  switch (state) {
    case "starting":
      return "$(sync~spin) Canopy"
    case "loading":
      return `$(sync~spin) ${countOf(report)}`
    case "noHosts":
      return "$(warning) no hosts"
    case "ready":
      return `$(${isBusy(report) ? "sync~spin" : "server"}) ${countOf(report)}`
    case "interrupted":
      return `$(debug-pause) ${countOf(report)}`
    case "failed":
    case "stopped":
      return "$(error) Canopy"
    case "untrusted":
      return "$(workspace-untrusted) Canopy"
    case "noFleet":
      return ""
  }
}

/** Machines and standalone homes: `8 hosts, 1 home`; while none are known, the name of the extension. */
function countOf(report: FleetReport | undefined): string {
  const all = hostsOf(report)
  if (all.length === 0) return "Canopy"
  const homes = all.filter(({ host }) => host.class === "homeManager").length
  const count = (number: number, word: string) => `${number} ${word}${number === 1 ? "" : "s"}`
  const machines = all.length - homes
  if (homes === 0) return count(machines, "host")
  return machines === 0 ? count(homes, "home") : `${count(machines, "host")}, ${count(homes, "home")}`
}

function tooltipOf(state: ViewState, report: FleetReport | undefined): string {
  switch (state) {
    case "starting":
      return "Canopy is starting"
    case "stopped":
      return "Canopy's language server is not running"
    case "loading":
      return "Canopy is evaluating the fleet"
    case "ready":
      return isBusy(report)
        ? "Canopy is checking the fleet: there may be more problems"
        : "The fleet that Canopy evaluates"
    case "interrupted":
      return `${troublesOf(report)} Or click here.`
    case "noHosts":
    case "failed":
      return troublesOf(report)
    case "untrusted":
      return "Canopy does not evaluate folders that are not trusted"
    case "noFleet":
      return ""
  }
}

function troublesOf(report: FleetReport | undefined): string {
  return (report?.fleets ?? []).flatMap(entry => troubleOf(entry) ?? []).join("\n")
}
