// Starts the extension. After loading this file, VS Code asks its window for the context that `activate` gets, which takes a
// quarter of a second while the window is being drawn. Meanwhile the language server starts to load and to evaluate, and the rest of
// the extension (extension.ts) loads. A first hover waits for both.
//
// Hovers can be asked, and the status bar says so, before either has begun: VS Code loads a dozen extensions of its own right after
// this one, for a second or more, in which nobody answers it.

import { type ChildProcess, spawn } from "node:child_process"
import { createRequire } from "node:module"
import { join } from "node:path"
import { type ExtensionContext, workspace } from "vscode"
import type { Announcement } from "../../server/src/lsp/protocol.js"
import type { Server } from "./client.js"
import { answerHovers } from "./hovers.js"
import { proxyVariables, serverSettings } from "./settings.js"
import { startingStatus } from "./views/status.js"

let serverIsThere: (server: Server) => void
const server = new Promise<Server>(resolve => {
  serverIsThere = resolve
})
const hovers = answerHovers(server)
const status = startingStatus()
const processes = startedAhead(startServer)
const extension = new Promise<typeof import("./extension.js")>((resolve, reject) => {
  // After VS Code has asked its window.
  setImmediate(() => {
    try {
      resolve(createRequire(__filename)(join(__dirname, "client-main.js")))
    } catch (error) {
      reject(error)
    }
  })
})

/** Called by VS Code once, for the first Nix file or for a folder with a flake. */
export async function activate(context: ExtensionContext): Promise<void> {
  const { activate } = await extension
  context.subscriptions.push(hovers, status)
  serverIsThere(activate(context, processes, status))
}

/** Starts now what the first call of the returned function gets; later calls start anew. */
function startedAhead<T>(start: () => T): () => T {
  let ahead: T | undefined = start()
  return () => {
    const started = ahead ?? start()
    ahead = undefined
    return started
  }
}

/**
 * Starts a process of the language server, which speaks over stdin and stdout and ends with VS Code. CANOPY_INSPECT names a port for a
 * debugger.
 */
function startServer(): Promise<ChildProcess> {
  const port = process.env.CANOPY_INSPECT
  const inspected = port === undefined ? [] : ["--nolazy", `--inspect=${port}`]
  const announced = `--announced=${JSON.stringify(announcement())}`
  const program = [join(__dirname, "server.js"), "--stdio", `--clientProcessId=${process.pid}`, announced]
  // VS Code's own executable, told to run as Node.
  const env = { ...process.env, ...proxyVariables(), ELECTRON_RUN_AS_NODE: "1", ELECTRON_NO_ASAR: "1" }
  return new Promise((resolve, reject) => {
    const server = spawn(process.execPath, [...inspected, ...program], { env, stdio: "pipe" })
    server.once("spawn", () => resolve(server))
    server.once("error", reject)
  })
}

/** What the client is going to send with `initialize`, for a server that does not want to wait for it. */
function announcement(): Announcement {
  const folders = (workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === "file")
  return {
    folders: folders.map(({ uri }) => uri.fsPath),
    trusted: workspace.isTrusted,
    settings: serverSettings(),
  }
}
