// `canopy lsp --stdio`: the language server, for editors other than VS Code. The server is the bundle beside this one.

import { createRequire } from "node:module"
import { join } from "node:path"
import { UsageError } from "./arguments.js"
import { command } from "./command.js"

export const lspCommand = command({
  usage: "--stdio",
  summary: "the language server, for editors",
  flags: { "--stdio": 0 },
  run(given) {
    if (!given.has("--stdio")) throw new UsageError("the language server speaks over '--stdio' only")
    // The server finds its transport in the arguments of the process, and ends the process when its client disconnects.
    createRequire(__filename)(join(__dirname, "server.js"))
    return new Promise<never>(() => {})
  },
})
