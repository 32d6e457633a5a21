// The language server's start: the evaluation thread begins to load, and only then does the server itself (main.ts), beside it.
// A first hover waits for whichever is ready last.

import { createRequire } from "node:module"
import { join } from "node:path"
import { setFlagsFromString } from "node:v8"
import { startedAhead, threadsOf } from "./thread.js"

// A first hover is over before machine code pays: V8 begins to make it seven times later than by itself. Measured on the
// example, CPU time of all that is evaluated for it: 1.1 s in place of 1.7.
setFlagsFromString("--interrupt-budget=500000")

const threads = startedAhead(threadsOf(join(__dirname, "worker.js")))
const main: typeof import("./main.js") = createRequire(__filename)(join(__dirname, "server-main.js"))
main.runServer(threads)
