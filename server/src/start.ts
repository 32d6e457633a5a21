// Starts the language server: first the evaluation thread, then the server itself (main.ts), so that they load side by side.
// The first hover has to wait for whichever is ready last.

import { join } from "node:path"
import { loadProgram } from "./machine/load-program.js"
import { makeMachineCode } from "./machine/machine-code.js"
import { startedAhead, threadsOf } from "./machine/thread.js"

makeMachineCode("late")

const threads = startedAhead(threadsOf(join(__dirname, "worker.js")))
const server = loadProgram<typeof import("./main.js")>("server-main")
process.on("exit", () => server.keep())
server.run().runServer(threads)
