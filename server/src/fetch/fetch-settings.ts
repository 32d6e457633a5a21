// How fetching behaves: limits, timeouts, logins. Plain data, since it crosses to the fetching thread.

import { cacheFolder } from "../machine/cache-folder.js"
import type { Login } from "./netrc.js"

export interface FetchSettings {
  /** Folder of Canopy's own cache. */
  readonly cacheFolder: string
  /** Bytes that cached sources may take together. */
  readonly cacheLimit: number
  /** Bytes of one download, and of what is in it once unpacked. */
  readonly downloadLimit: number
  readonly unpackLimit: number
  /** Milliseconds without a byte before a connection is given up, and how often that is tried again. */
  readonly idleMs: number
  readonly retries: number
  /** Milliseconds before the first retry; each further one waits twice as long. */
  readonly retryDelayMs: number
  /** Logins by host, for hosts without a token: as `netrc-file` of nix.conf. */
  readonly logins?: readonly Login[]
  /** Seconds for which the result of an unlocked reference is reused. */
  readonly refreshSeconds: number
}

const GiB = 2 ** 30

/** Settings for a person's machine, without what nix.conf adds to them. */
export function defaultFetchSettings(): FetchSettings {
  return {
    cacheFolder: cacheFolder(),
    cacheLimit: 8 * GiB,
    downloadLimit: 2 * GiB,
    unpackLimit: 6 * GiB,
    idleMs: 30_000,
    retries: 4,
    retryDelayMs: 500,
    refreshSeconds: 3600,
  }
}
