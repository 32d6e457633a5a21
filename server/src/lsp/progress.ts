// Work-done progress, shown only once the work has taken a while.

import type { Connection, WorkDoneProgressServerReporter } from "vscode-languageserver"
import type { Progress } from "../fleet/index.js"
import { signalOf } from "./cancellation.js"
import type { FleetEvents } from "./surroundings.js"

// Less than this is not worth a notification that comes and goes.
const patienceMs = 1_500

/**
 * Gives the function that runs work with a signal, which the person can abort from the progress notification, and which `outer`
 * aborts as well. It resolves and rejects as the work does.
 * @param supported whether the client shows progress
 */
export function progressAt(connection: Connection, supported: boolean): FleetEvents["working"] {
  return async (title, outer, work) => {
    const controller = new AbortController()
    const abort = () => controller.abort()
    outer.addEventListener("abort", abort)
    if (outer.aborted) abort()
    let reporter: WorkDoneProgressServerReporter | undefined
    let ended = false
    const timer = setTimeout(async () => {
      if (!supported) return
      const created = await connection.window.createWorkDoneProgress()
      created.begin(title, 0, undefined, true)
      if (ended) return created.done()
      signalOf(created.token).addEventListener("abort", abort)
      reporter = created
    }, patienceMs)
    const onProgress = (progress: Progress) => reporter?.report(percentage(progress), words(progress))
    try {
      return await work({ signal: controller.signal, onProgress })
    } finally {
      ended = true
      clearTimeout(timer)
      outer.removeEventListener("abort", abort)
      reporter?.done()
    }
  }
}

function words({ message, done, total }: Progress): string {
  return done === undefined || !total ? message : `${message} (${done + 1} of ${total})`
}

function percentage({ done, total }: Progress): number {
  return done === undefined || !total ? 0 : Math.round((100 * done) / total)
}
