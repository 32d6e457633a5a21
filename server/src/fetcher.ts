// The fetching thread: brings sources from the network into Canopy's cache (see fetch/).

import { workerData } from "node:worker_threads"
import type { FetchThreadData } from "./fetch/fetch-thread.js"
import { serveFetches } from "./fetch/serve-fetches.js"

serveFetches(workerData as FetchThreadData)
