// Asks for a host if a command was called without one.

import { basename } from "node:path"
import { type QuickPickItem, window } from "vscode"
import type { DeployArguments, FleetReport } from "../../../server/src/lsp/protocol.js"
import { type Context, hostsOf, troubleOf } from "../context.js"
import { hostClasses } from "../host-classes.js"

/** The host that the person picks from a list, which waits for a fleet that is still loading; undefined if they leave. */
export async function pickHost(context: Context, title: string): Promise<DeployArguments | undefined> {
  const picked = await window.showQuickPick(hostItems(context), { title, matchOnDescription: true })
  return picked?.target
}

interface HostItem extends QuickPickItem {
  readonly target: DeployArguments
}

async function hostItems({ fleet }: Context): Promise<HostItem[]> {
  const report = await fleet.loaded()
  const hosts = hostsOf(report)
  if (hosts.length === 0) throw new Error(whyNone(report))
  const isOneFleet = hosts.every(({ entry }) => entry === hosts[0].entry)
  return hosts.map(({ entry, host }) => ({
    label: host.name,
    description: [hostClasses[host.class].title, host.system, isOneFleet ? "" : basename(entry.root)]
      .filter(Boolean)
      .join(" · "),
    target: { host: host.name, root: entry.root },
  }))
}

function whyNone(report: FleetReport | undefined): string {
  if (report?.fleets.length === 0) return "there is no fleet in this window"
  const [trouble = "there are no hosts yet: see the Fleet view"] =
    report?.fleets.flatMap(entry => troubleOf(entry) ?? []) ?? []
  return trouble
}
