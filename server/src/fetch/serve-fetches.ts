// The fetching thread from inside: takes requests, several at once, and reports their progress and results.

import type { StagedBuild } from "../fleet/index.js"
import { FetchError } from "./fetch-error.js"
import { SourceFetcher } from "./fetch-source.js"
import type { FetchThreadData, FromFetcher, ToFetcher } from "./fetch-thread.js"

/** How often the progress of a download is reported at most. */
const REPORT_MS = 200

const BEAT_MS = 1000

/** Builds what is staged; undefined when that succeeded, otherwise why not. Rejects only when the signal is aborted. */
export type Build = (staged: StagedBuild, signal: AbortSignal) => Promise<string | undefined>

/** Serves until the thread ends. */
export function serveFetches({ port, bell, settings }: FetchThreadData, build: Build): void {
  let fetcher: SourceFetcher | undefined
  const running = new Map<number, AbortController>()
  const counter = new Int32Array(bell)
  const ring = (): void => {
    Atomics.add(counter, 0, 1)
    Atomics.notify(counter, 0)
  }
  const tell = (message: FromFetcher): void => {
    port.postMessage(message)
    ring()
  }
  // A waiting thread has to tell a long download from a dead thread.
  setInterval(() => running.size > 0 && ring(), BEAT_MS).unref()
  process.on("uncaughtException", error => {
    for (const id of running.keys()) tell({ kind: "done", id, outcome: reasonOf(error) })
    running.clear()
  })
  port.on("message", async (message: ToFetcher) => {
    if (message.kind === "cancel") return running.get(message.id)?.abort()
    const { id } = message
    const controller = new AbortController()
    running.set(id, controller)
    let last = 0
    const onBytes = (source: string, done: number, total: number | undefined): void => {
      if (Date.now() - last < REPORT_MS) return
      last = Date.now()
      tell({ kind: "bytes", id, message: progressText(source, done, total) })
    }
    try {
      const { signal } = controller
      const outcome =
        message.kind === "build"
          ? await build(message.staged, signal)
          : await (fetcher ??= new SourceFetcher(settings)).fetch(
              message.wanted,
              signal,
              onBytes,
              message.tokens,
            )
      tell({ kind: "done", id, outcome })
    } catch (error) {
      tell({ kind: "done", id, outcome: reasonOf(error) })
    } finally {
      running.delete(id)
    }
  })
}

/** A bug in the fetcher has to reach people as well, or they would wait for ever. */
function reasonOf(error: unknown): string {
  if (error instanceof FetchError) return error.message
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

function progressText(source: string, done: number, total: number | undefined): string {
  const megabytes = (bytes: number) => (bytes / 2 ** 20).toFixed(1)
  const of = total === undefined ? "" : ` of ${megabytes(total)}`
  return `fetching ${source}: ${megabytes(done)}${of} MB`
}
