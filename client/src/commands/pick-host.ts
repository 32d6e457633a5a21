// Asks for a host when a command was not given one.

import { window } from "vscode"
import type { DeployArguments } from "../../../server/src/lsp/protocol.js"
import { type Context, hostsOf } from "../context.js"

/** The host that the person picks; undefined when there is none to pick, which is said, or when they leave. */
export async function pickHost(context: Context, title: string): Promise<DeployArguments | undefined> {
  const hosts = hostsOf(context.fleet.report)
  if (hosts.length === 0) {
    await window.showInformationMessage("Canopy knows no hosts yet: see the Fleet view.")
    return undefined
  }
  const items = hosts.map(({ entry, host }) => ({
    label: host.name,
    description: [host.class, host.system].filter(Boolean).join(" · "),
    target: { host: host.name, root: entry.root },
  }))
  return (await window.showQuickPick(items, { title, matchOnDescription: true }))?.target
}
