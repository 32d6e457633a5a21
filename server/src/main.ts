// The language server as a program: `node server.js --stdio`, or forked by VS Code with an ipc channel (`--node-ipc`).
//
// Gives the protocol what it must not know: the disk, and threads to evaluate in. The evaluation thread is the bundle
// beside this one.

import { readFileSync, statSync } from "node:fs"
import { join } from "node:path"
import { createConnection, ProposedFeatures } from "vscode-languageserver/node"
import { version } from "../../package.json"
import { connectFleet } from "./fleet/index.js"
import { serve } from "./lsp/index.js"
import { threadsOf } from "./thread.js"

const connection = createConnection(ProposedFeatures.all)
const threads = threadsOf(join(__dirname, "worker.js"))

serve(connection, {
  version,
  isFile: path => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false,
  readText,
  connect: setup => connectFleet(setup, threads),
})
connection.listen()

function readText(path: string): string | undefined {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ? readFileSync(path, "utf8") : undefined
}
