// A fetching thread that dies of what it is asked for, in the way that `ref.url` says.

import { workerData } from "node:worker_threads"
import { SourceFetcher } from "../../server/src/fetch/fetch-source.js"
import type { FetchThreadData } from "../../server/src/fetch/fetch-thread.js"
import { serveFetches } from "../../server/src/fetch/serve-fetches.js"

SourceFetcher.prototype.fetch = async ({ ref }) => {
  if (ref.url === "throws") throw new Error("a defect")
  if (ref.url === "later") setTimeout(() => Promise.resolve().then(() => JSON.parse("{")), 10)
  return new Promise(() => {})
}
serveFetches(workerData as FetchThreadData, async () => undefined)
