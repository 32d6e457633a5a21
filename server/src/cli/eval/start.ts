// Starts the thread that evaluates for the command line: the same bundle, entered again (cli.ts), with a large stack.

import { totalmem } from "node:os"
import { join } from "node:path"
import { Worker } from "node:worker_threads"
import { nurseryMb } from "../../machine/thread.js"
import { exit } from "../command.js"
import type { Outcome, ThreadTask } from "./request.js"

export interface ThreadEnd {
  /** Exit status of the thread. */
  readonly status: number
  /** Why it died, where it did. */
  readonly failure?: string
}

const program = join(__dirname, "cli.js")
// Nobody else wants this process's memory: the thread may have most of the machine's.
const heapMb = Math.max(2048, Math.floor((totalmem() / 2 ** 20) * 0.75))
const resourceLimits = {
  stackSizeMb: 512,
  maxOldGenerationSizeMb: heapMb,
  maxYoungGenerationSizeMb: nurseryMb,
}

/** Runs a task to its end. Never rejects. */
export function evaluationThread(
  task: ThreadTask,
  onOutcome: (outcome: Outcome) => void,
): Promise<ThreadEnd> {
  const worker = new Worker(program, { workerData: task, resourceLimits })
  worker.on("message", onOutcome)
  return new Promise(done => {
    worker.on("error", (error: NodeJS.ErrnoException) => {
      const outOfMemory = error.code === "ERR_WORKER_OUT_OF_MEMORY"
      const failure = outOfMemory ? `evaluation ran out of memory (${heapMb} MB)` : String(error.stack)
      done({ status: exit.failed, failure })
    })
    worker.on("exit", status => done({ status }))
  })
}
