// Where Canopy keeps what it can make or fetch again: sources, and the code of earlier runs.

import { homedir } from "node:os"
import { join } from "node:path"

/** Follows the XDG rules, also on a Mac: nobody looks for the cache of a Nix tool in `~/Library/Caches`. */
export function cacheFolder(): string {
  const { CANOPY_CACHE, XDG_CACHE_HOME } = process.env
  if (CANOPY_CACHE) return CANOPY_CACHE
  return join(XDG_CACHE_HOME || join(homedir(), ".cache"), "canopy")
}
