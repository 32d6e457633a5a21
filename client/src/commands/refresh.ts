// Canopy: Refresh, which reads what has changed, and Canopy: Restart Server, which starts over.

import type { Context } from "../context.js"

/** Reads everything again and evaluates what changed. */
export function refresh({ server }: Context): Promise<void> {
  return server.notify("canopy/refresh", { restart: false })
}

/** Starts over with nothing computed: a new server, and with it a new evaluation thread. */
export function restartServer({ server }: Context): Promise<void> {
  return server.start()
}
