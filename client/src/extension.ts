// Activation: makes the context, shows the views, registers the commands, starts the server. Everything ends with VS Code's
// subscriptions, in the reverse order.

import { type ExtensionContext, window, workspace } from "vscode"
import { createServer } from "./client.js"
import { registerCommands } from "./commands/index.js"
import { type Context, followFleet } from "./context.js"
import { servePages } from "./pages.js"
import { showFleetTree } from "./views/fleet-tree.js"
import { showStatus } from "./views/status.js"

/** Called by VS Code once, for the first Nix file or a folder with a flake. */
export async function activate(extension: ExtensionContext): Promise<void> {
  const output = window.createOutputChannel("Canopy", { log: true })
  const server = createServer(extension.extensionPath, output)
  const context: Context = { server, output, fleet: followFleet(server) }
  extension.subscriptions.push(
    output,
    { dispose: () => void server.stop() },
    servePages(context),
    ...showFleetTree(context),
    ...showStatus(context),
    ...registerCommands(context),
    workspace.onDidGrantWorkspaceTrust(() => void server.notify("canopy/trusted", null)),
  )
  await server.start()
}
