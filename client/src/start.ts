// The extension's start: the language server begins to load, and only then does the rest of the extension (extension.ts), beside
// it. A first hover waits for the server, and the client of its protocol takes a tenth of a second to load.

import { type ChildProcess, spawn } from "node:child_process"
import { createRequire } from "node:module"
import { join } from "node:path"
import { type ExtensionContext, ExtensionMode } from "vscode"

/** Called by VS Code once, for the first Nix file or a folder with a flake. */
export async function activate(extension: ExtensionContext): Promise<void> {
  const processes = startedAhead(() => startServer(extension))
  const main: typeof import("./extension.js") = createRequire(__filename)(join(__dirname, "client-main.js"))
  await main.activate(extension, processes)
}

/** The first call gives what is started now. */
function startedAhead<T>(start: () => T): () => T {
  let ahead: T | undefined = start()
  return () => {
    const started = ahead ?? start()
    ahead = undefined
    return started
  }
}

/** A process of the language server, which speaks over its stdin and stdout. It ends when VS Code does. */
function startServer({ extensionPath, extensionMode }: ExtensionContext): Promise<ChildProcess> {
  const inspected = extensionMode === ExtensionMode.Development ? ["--nolazy", "--inspect=6009"] : []
  const program = [join(extensionPath, "dist", "server.js"), "--stdio", `--clientProcessId=${process.pid}`]
  // The program is VS Code's own, which has to be told to be Node.
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: "1", ELECTRON_NO_ASAR: "1" }
  return new Promise((resolve, reject) => {
    const server = spawn(process.execPath, [...inspected, ...program], { env, stdio: "pipe" })
    server.once("spawn", () => resolve(server))
    server.once("error", reject)
  })
}
