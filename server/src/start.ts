// The language server's start: the evaluation thread begins to load, and only then does the server itself (main.ts), beside it.
// A first hover waits for whichever is ready last.

import { createRequire } from "node:module"
import { join } from "node:path"
import { makeMachineCode } from "./machine-code.js"
import { startedAhead, threadsOf } from "./thread.js"

makeMachineCode("late")

const threads = startedAhead(threadsOf(join(__dirname, "worker.js")))
const main: typeof import("./main.js") = createRequire(__filename)(join(__dirname, "server-main.js"))
main.runServer(threads)
