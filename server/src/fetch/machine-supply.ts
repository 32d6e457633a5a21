// What an evaluation on this machine gets from elsewhere: from the cache always, from the network if it may wait for it.

import type { CancelFlag } from "../base/index.js"
import { bytesOf } from "../eval/index.js"
import type { SourceSupply } from "../fleet/index.js"
import type { FetchSettings } from "./fetch-settings.js"
import type { FetchThread } from "./fetch-thread.js"
import { remembered } from "./memo.js"
import { SourceCache } from "./source-cache.js"

export interface SupplySettings {
  readonly settings: FetchSettings
  /** The thread to ask and wait for; without one nothing is fetched. */
  readonly thread: FetchThread | undefined
  readonly cancel?: CancelFlag
  readonly report: (message: string) => void
}

/** The supply of sources for evaluations on this machine. */
export function machineSupply({ settings, thread, cancel, report }: SupplySettings): SourceSupply {
  const cache = new SourceCache(settings.cacheFolder, settings.cacheLimit)
  return {
    cached: storeName => {
      const path = cache.find(storeName)
      return path === undefined ? undefined : bytesOf(path)
    },
    fetch: wanted =>
      remembered(wanted, cache, settings.refreshSeconds) ?? thread?.fetchNow(wanted, cancel, report),
  }
}
