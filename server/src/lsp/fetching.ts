// Fetches missing inputs beside evaluation: by itself where that is allowed, and whenever the person asks. What arrives is there
// for the next evaluation; what failed is not tried again unless the person asks.

import { Cancelled } from "../base/index.js"
import type { FleetPort, RequestOptions, SourceRequest } from "../fleet/index.js"
import type { FetchReport } from "./protocol.js"
import type { World } from "./world.js"

/** Sources fetched at once: enough to fill a line, few enough for a forge that limits requests. */
const PARALLEL = 3

export interface Fetching {
  readonly port: FleetPort
  readonly world: World
  /** Sources that were tried before. This adds to them. */
  readonly tried: Set<string>
  readonly tokens: Readonly<Record<string, string>>
  /** Whether the person asked: then everything is tried, also again. */
  readonly again: boolean
}

/** Fetches what a fleet lacks. Rejects with `Cancelled`. */
export async function fetchMissing(
  { port, world, tried, tokens, again }: Fetching,
  options: Required<RequestOptions>,
): Promise<FetchReport> {
  const wanted = await port.ask({ kind: "wanted" }, { signal: options.signal })
  const queue = wanted.filter(request => again || (isLocked(request) && !tried.has(keyOf(request))))
  const failures: string[] = []
  let fetched = 0
  const total = queue.length
  const worker = async (): Promise<void> => {
    for (let request = queue.shift(); request !== undefined; request = queue.shift()) {
      tried.add(keyOf(request))
      const report = (message: string) => options.onProgress({ message, done: fetched, total })
      const failure = await world.fetch(request, tokens, options.signal, report)
      if (failure === undefined) fetched++
      else failures.push(failure)
    }
  }
  await Promise.all(Array.from({ length: PARALLEL }, worker))
  if (options.signal.aborted) throw new Cancelled()
  return { fetched, failures }
}

/** Whether a source is pinned. One that is not is only fetched on request: the person may still be typing its URL. */
export function isLocked({ ref, hash }: SourceRequest): boolean {
  return hash !== undefined || ref.rev !== undefined
}

function keyOf(request: SourceRequest): string {
  return JSON.stringify(request)
}
