// The extension's start. When VS Code has loaded this file it asks its window for what `activate` is given, which takes a quarter
// of a second while the window is being drawn. In that time the language server begins to load and to evaluate, and the rest of the
// extension (extension.ts) loads too. A first hover waits for both.

import { type ChildProcess, spawn } from "node:child_process"
import { createRequire } from "node:module"
import { join } from "node:path"
import { type ExtensionContext, workspace } from "vscode"
import type { Announcement } from "../../server/src/lsp/protocol.js"
import { serverSettings } from "./settings.js"

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

/** Called by VS Code once, for the first Nix file or a folder with a flake. */
export async function activate(context: ExtensionContext): Promise<void> {
  const { activate } = await extension
  await activate(context, processes)
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

/**
 * A process of the language server, which speaks over its stdin and stdout. It ends when VS Code does. CANOPY_INSPECT names a
 * port at which a debugger finds it.
 */
function startServer(): Promise<ChildProcess> {
  const port = process.env.CANOPY_INSPECT
  const inspected = port === undefined ? [] : ["--nolazy", `--inspect=${port}`]
  const announced = `--announced=${JSON.stringify(announcement())}`
  const program = [join(__dirname, "server.js"), "--stdio", `--clientProcessId=${process.pid}`, announced]
  // The program is VS Code's own, which has to be told to be Node.
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: "1", ELECTRON_NO_ASAR: "1" }
  return new Promise((resolve, reject) => {
    const server = spawn(process.execPath, [...inspected, ...program], { env, stdio: "pipe" })
    server.once("spawn", () => resolve(server))
    server.once("error", reject)
  })
}

function announcement(): Announcement {
  const folders = (workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === "file")
  return {
    folders: folders.map(({ uri }) => uri.fsPath),
    trusted: workspace.isTrusted,
    settings: serverSettings(),
  }
}
