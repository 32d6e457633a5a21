// Activation, of what start.ts leaves to it: makes the context, shows the views, registers the commands, and speaks to the server.
// Everything ends with VS Code's subscriptions, in the reverse order.

import { type ExtensionContext, window, workspace } from "vscode"
import { createServer, type ServerProcesses } from "./client.js"
import { registerCommands } from "./commands/index.js"
import { type Context, followFleet } from "./context.js"
import { answerHovers } from "./hovers.js"
import { servePages } from "./pages.js"
import { showFleetTree } from "./views/fleet-tree.js"
import { showStatus } from "./views/status.js"

export async function activate(extension: ExtensionContext, processes: ServerProcesses): Promise<void> {
  const output = window.createOutputChannel("Canopy", { log: true })
  const server = createServer(processes, output)
  const started = server.start()
  const context: Context = { server, output, fleet: followFleet(server) }
  extension.subscriptions.push(
    output,
    { dispose: () => void server.stop() },
    answerHovers(server),
    servePages(context),
    ...showFleetTree(context),
    ...showStatus(context),
    ...registerCommands(context),
    workspace.onDidGrantWorkspaceTrust(() => void server.notify("canopy/trusted", null)),
  )
  await started
}
