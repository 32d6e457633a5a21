// Where on this machine Canopy keeps what it can make or fetch again: sources, and the code of earlier runs.

import { homedir } from "node:os"
import { join } from "node:path"

/** By the XDG rules; `~/Library/Caches` on a Mac is where nobody looks for a Nix tool's cache, so there too. */
export function cacheFolder(): string {
  const { CANOPY_CACHE, XDG_CACHE_HOME } = process.env
  if (CANOPY_CACHE) return CANOPY_CACHE
  return join(XDG_CACHE_HOME || join(homedir(), ".cache"), "canopy")
}
