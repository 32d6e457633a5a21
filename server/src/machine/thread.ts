// Starts evaluation threads, and sets their limits.
//
// Evaluation is plain recursion, so the stack is large: 256 MB hold millions of frames, and the evaluator's own depth counter raises
// Nix's error long before they run out. The heap is limited, so that a fleet that does not fit ends its thread and not the editor.
// Whatever the thread prints goes to stderr, since stdout belongs to the protocol.

import { Worker } from "node:worker_threads"
import type { StartThread, Thread } from "../fleet/index.js"

export interface ThreadLimits {
  /** Megabytes of heap (old generation) before the thread is ended. */
  readonly heapMb: number
  /** Megabytes of stack. */
  readonly stackMb: number
}

const defaultLimits: ThreadLimits = { heapMb: 3072, stackMb: 256 }
/**
 * Megabytes for new objects. Evaluation makes many that live shortly, so V8 would choose more; but touching memory for the first
 * time costs more than copying the few that live on (96 MB: 12,000 page faults more in a toplevel, 5 % of its time).
 */
export const nurseryMb = 24

/** A function that starts threads from the bundle (or source file) at `script`, which has to call `serveFleet`. */
export function threadsOf(
  script: string,
  limits: ThreadLimits = defaultLimits,
  execArgv: readonly string[] = [],
): StartThread {
  const resourceLimits = {
    stackSizeMb: limits.stackMb,
    maxOldGenerationSizeMb: limits.heapMb,
    maxYoungGenerationSizeMb: nurseryMb,
  }
  return (onMessage, onExit) => {
    const worker = new Worker(script, { resourceLimits, execArgv: [...execArgv], stdout: true, stderr: true })
    // Not piped: each pipe listens on stderr, where Node warns of more than ten, and a window may hold as many fleets.
    for (const said of [worker.stdout, worker.stderr]) said.on("data", chunk => process.stderr.write(chunk))
    let failure: string | undefined
    worker.on("message", onMessage)
    worker.on("error", error => {
      failure = describe(error, limits)
    })
    worker.on("exit", code => onExit(failure ?? `its thread ended with code ${code}`))
    return {
      post: message => worker.postMessage(message),
      async terminate() {
        worker.removeAllListeners("exit")
        await worker.terminate()
      },
    }
  }
}

/** The same function, but the first thread is started now, so that it has loaded by the time it is needed. */
export function startedAhead(start: StartThread): StartThread {
  type Listeners = Parameters<StartThread>
  let listeners: Listeners = [() => {}, () => {}]
  let ahead: Thread | undefined = start(
    message => listeners[0](message),
    reason => {
      ahead = undefined
      listeners[1](reason)
    },
  )
  return (...given) => {
    const thread = ahead
    if (thread === undefined) return start(...given)
    ahead = undefined
    listeners = given
    return thread
  }
}

function describe(error: Error & { code?: string }, limits: ThreadLimits): string {
  if (error.code !== "ERR_WORKER_OUT_OF_MEMORY") return error.message
  return `it ran out of memory (${limits.heapMb} MB)`
}
