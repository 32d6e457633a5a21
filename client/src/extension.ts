// Activation, of what start.ts leaves to it: makes the context, shows the views, registers the commands, and speaks to the server.
// Everything ends with VS Code's subscriptions, in the reverse order.

import { type ExtensionContext, window, workspace } from "vscode"
import { createServer } from "./client.js"
import { registerCommands } from "./commands/index.js"
import { type Context, followFleet } from "./context.js"
import { sayWhenStopped } from "./failures.js"
import { answerHovers } from "./hovers.js"
import { servePages } from "./pages.js"
import type { ServerProcesses } from "./quiet-client.js"
import { showFleetTree } from "./views/fleet-tree.js"
import { showStatus } from "./views/status.js"

/** Does not wait for the server: what is pressed meanwhile shows that it starts. */
export function activate(extension: ExtensionContext, processes: ServerProcesses): void {
  const output = window.createOutputChannel("Canopy", { log: true })
  const server = createServer(processes, output)
  void server.start()
  const fleet = followFleet(server)
  const context: Context = { server, output, fleet, pages: servePages(server, fleet) }
  extension.subscriptions.push(
    output,
    server,
    answerHovers(server),
    context.pages,
    ...showFleetTree(context),
    ...showStatus(context),
    sayWhenStopped(context),
    ...registerCommands(context),
    workspace.onDidGrantWorkspaceTrust(() => trust(context)),
  )
}

/** A server that is stopped learns it when it is started again. */
async function trust({ server, output }: Context): Promise<void> {
  try {
    await server.notify("canopy/trusted", null)
  } catch (error) {
    output.warn(`nobody to tell of the trust: ${error instanceof Error ? error.message : error}`)
  }
}
