// The language server as a program: `node server.js --stdio`, or forked by VS Code with an ipc channel (`--node-ipc`).
//
// Gives the protocol what it must not know: the disk, and threads to evaluate in. The evaluation thread is the bundle
// beside this one.

import { readdirSync, readFileSync, rmSync, statSync } from "node:fs"
import { join } from "node:path"
import { setFlagsFromString } from "node:v8"
import { createConnection, ProposedFeatures } from "vscode-languageserver/node"
import { version } from "../../package.json"
import { defaultFetchSettings } from "./fetch/fetch-settings.js"
import { FetchThread } from "./fetch/fetch-thread.js"
import { connectFleet } from "./fleet/index.js"
import { startLog } from "./log-file.js"
import { serve } from "./lsp/index.js"
import { startedAhead, threadsOf } from "./thread.js"

// A first hover is over before machine code pays: V8 begins to make it seven times later than by itself. Measured on the
// example, CPU time from nothing to the first hover: 1.4 s in place of 2.1.
setFlagsFromString("--interrupt-budget=500000")

startLog("server")
const connection = createConnection(ProposedFeatures.all)
const fetcher = new FetchThread(join(__dirname, "fetcher.js"), defaultFetchSettings())
const threads = startedAhead(threadsOf(join(__dirname, "worker.js")))

serve(connection, {
  version,
  isFile: path => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false,
  foldersIn,
  readText,
  connect: setup => connectFleet(setup, threads),
  async fetch(wanted, tokens, signal, report) {
    const outcome = await fetcher.fetch(wanted, tokens, signal, report)
    return typeof outcome === "string" ? outcome : undefined
  },
  build: (staged, signal) =>
    fetcher.build(staged, signal).finally(() => rmSync(staged.folder, { recursive: true, force: true })),
})
connection.listen()

function foldersIn(path: string): string[] {
  try {
    return readdirSync(path, { withFileTypes: true }).flatMap(entry =>
      entry.isDirectory() ? [entry.name] : [],
    )
  } catch {
    // Not a folder, or not to be read: then nothing is to be found in it.
    return []
  }
}

function readText(path: string): string | undefined {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ? readFileSync(path, "utf8") : undefined
}
