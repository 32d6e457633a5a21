// The main part of activation, called by start.ts: makes the context, shows the views, registers the commands, and starts the
// server. Everything ends with VS Code's subscriptions.

import { type ExtensionContext, type StatusBarItem, window, workspace } from "vscode"
import { createServer, type Server } from "./client.js"
import { registerCommands } from "./commands/index.js"
import { type Context, followFleet } from "./context.js"
import { messageOf, sayWhenStopped } from "./failures.js"
import { servePages } from "./pages.js"
import type { ServerProcesses } from "./quiet-client.js"
import { showFleetTree } from "./views/fleet-tree.js"
import { showStatus } from "./views/status.js"

/** Does not wait for the server: commands that come earlier show that it is starting. */
export function activate(
  extension: ExtensionContext,
  processes: ServerProcesses,
  status: StatusBarItem,
): Server {
  const output = window.createOutputChannel("Canopy", { log: true })
  const server = createServer(processes, output)
  void server.start()
  const fleet = followFleet(server)
  const context: Context = { server, output, fleet, pages: servePages(server, fleet) }
  extension.subscriptions.push(
    output,
    server,
    context.pages,
    ...showFleetTree(context),
    ...showStatus(status, context),
    sayWhenStopped(context),
    ...registerCommands(context),
    workspace.onDidGrantWorkspaceTrust(() => trust(context)),
  )
  return server
}

/** Tells the server that the workspace is trusted now. A stopped server learns it when it is started again. */
async function trust({ server, output }: Context): Promise<void> {
  try {
    await server.notify("canopy/trusted", null)
  } catch (error) {
    output.warn(`the server was not told of the trust: ${messageOf(error)}`)
  }
}
