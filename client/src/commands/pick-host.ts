// Asks for a host when a command was not given one.

import { type QuickPickItem, window } from "vscode"
import type { DeployArguments, FleetReport } from "../../../server/src/lsp/protocol.js"
import { type Context, type FleetState, hostsOf } from "../context.js"

/** The host that the person picks, from a list that waits for a fleet which is still loading; undefined when they leave. */
export async function pickHost(context: Context, title: string): Promise<DeployArguments | undefined> {
  const picked = await window.showQuickPick(hostItems(context), { title, matchOnDescription: true })
  return picked?.target
}

interface HostItem extends QuickPickItem {
  readonly target: DeployArguments
}

async function hostItems({ fleet }: Context): Promise<HostItem[]> {
  const report = await loaded(fleet)
  const hosts = hostsOf(report)
  if (hosts.length === 0) throw new Error("there are no hosts yet: see the Fleet view")
  return hosts.map(({ entry, host }) => ({
    label: host.name,
    description: [host.class, host.system].filter(Boolean).join(" · "),
    target: { host: host.name, root: entry.root },
  }))
}

/** The first report that has hosts, or has no more to come. */
function loaded(fleet: FleetState): Promise<FleetReport> {
  const isLoaded = (report: FleetReport | undefined) =>
    report !== undefined &&
    (0 < hostsOf(report).length || report.fleets.every(({ status }) => status.kind !== "loading"))
  const { report } = fleet
  if (report !== undefined && isLoaded(report)) return Promise.resolve(report)
  return new Promise(resolve => {
    const following = fleet.onDidChange(report => {
      if (!isLoaded(report)) return
      following.dispose()
      resolve(report)
    })
  })
}
