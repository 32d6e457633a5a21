// The language server's start: the evaluation thread begins to load, and only then does the server itself (main.ts), beside it.
// A first hover waits for whichever is ready last.

import { join } from "node:path"
import { loadProgram } from "./machine/load-program.js"
import { makeMachineCode } from "./machine/machine-code.js"
import { startedAhead, threadsOf } from "./machine/thread.js"

makeMachineCode("late")

const threads = startedAhead(threadsOf(join(__dirname, "worker.js")))
const server = loadProgram<typeof import("./main.js")>("server-main")
process.on("exit", () => server.keep())
server.run().runServer(threads)
