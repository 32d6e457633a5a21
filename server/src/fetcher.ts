// The fetching thread: brings sources from the network into Canopy's cache (see fetch/), and lets Nix build what evaluation needs.

import { workerData } from "node:worker_threads"
import { nixBuild } from "./build/nix-build.js"
import type { FetchThreadData } from "./fetch/fetch-thread.js"
import { serveFetches } from "./fetch/serve-fetches.js"

serveFetches(workerData as FetchThreadData, nixBuild)
