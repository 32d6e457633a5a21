// Supplies sources to an evaluation on this machine: always from the cache, and from the network if evaluation may wait for it.

import type { CancelFlag } from "../base/index.js"
import { bytesOf } from "../eval/index.js"
import type { SourceSupply } from "../fleet/index.js"
import type { FetchSettings } from "./fetch-settings.js"
import type { FetchThread } from "./fetch-thread.js"
import { isLocalGit, isMoving, remembered } from "./memo.js"
import { SourceCache } from "./source-cache.js"

export interface SupplySettings {
  readonly settings: FetchSettings
  /** The thread that fetches while evaluation waits; without it nothing is fetched. */
  readonly thread: FetchThread | undefined
  /** Whether it fetches only from repositories on this machine. */
  readonly offline?: boolean
  readonly cancel?: CancelFlag
  readonly report: (message: string) => void
}

/** The supply of sources for evaluations on this machine. */
export function machineSupply(supply: SupplySettings): SourceSupply {
  const { settings, thread, cancel, report, offline = false } = supply
  const cache = new SourceCache(settings.cacheFolder, settings.cacheLimit)
  return {
    cached: storeName => {
      const path = cache.find(storeName)
      return path === undefined ? undefined : bytesOf(path)
    },
    fetch: wanted => {
      const fetcher = offline && !isLocalGit(wanted.ref) ? undefined : thread
      const known =
        fetcher !== undefined && isMoving(wanted)
          ? undefined
          : remembered(wanted, cache, settings.refreshSeconds)
      return known ?? fetcher?.fetchNow(wanted, cancel, report)
    },
  }
}
