// The evaluation thread: answers questions about one fleet, synchronously, on a large stack (see thread.ts).

import { parentPort } from "node:worker_threads"
import { type FleetSession, serveFleet } from "./fleet/index.js"

const port = parentPort
if (port === null) throw new Error("worker.js is started by the language server, not by hand")

serveFleet(
  { post: message => port.postMessage(message), onMessage: listener => port.on("message", listener) },
  (): FleetSession => {
    throw new Error("this build has no evaluator")
  },
)
