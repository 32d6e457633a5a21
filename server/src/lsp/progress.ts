// Work-done progress, shown only once the work has taken a while.

import type { Connection, WorkDoneProgressServerReporter } from "vscode-languageserver"
import type { Progress, RequestOptions } from "../fleet/index.js"
import { signalOf } from "./cancellation.js"

// Less than this is not worth a notification that comes and goes.
const patienceMs = 1_500

/**
 * Runs `work` with a signal that the person can abort from the progress notification, and that `outer` aborts as well.
 * Resolves and rejects as `work` does.
 * @param supported whether the client shows progress
 */
export async function withProgress<T>(
  connection: Connection,
  supported: boolean,
  title: string,
  outer: AbortSignal,
  work: (options: Required<RequestOptions>) => Promise<T>,
): Promise<T> {
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

function words({ message, done, total }: Progress): string {
  return done === undefined || !total ? message : `${message} (${done + 1} of ${total})`
}

function percentage({ done, total }: Progress): number {
  return done === undefined || !total ? 0 : Math.round((100 * done) / total)
}
