// Canopy: Stop Evaluating, which ends loading, checking and fetching until something changes.

import type { Context } from "../context.js"

/** What was loaded and found stays. */
export function stopEvaluating({ server }: Context): Promise<void> {
  return server.notify("canopy/stop", null)
}
