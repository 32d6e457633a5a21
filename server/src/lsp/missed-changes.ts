// What changes after a fleet has read it and before the editor watches it. An editor says that it watches a while before it does, so
// there is a second look.

import { log } from "../base/index.js"
import type { FleetPort } from "../fleet/index.js"

const pausesMs = [0, 5_000]

/** Tells of the paths that have changed since the fleet read them, as far as it has not been told of them. Never rejects. */
export async function findMissedChanges(
  port: FleetPort,
  closed: AbortSignal,
  tell: (paths: readonly string[]) => void,
): Promise<void> {
  try {
    for (const ms of pausesMs) {
      await new Promise(resolve => setTimeout(resolve, ms).unref())
      const changed = await port.ask({ kind: "changed" }, { signal: closed })
      if (changed.length > 0) tell(changed)
    }
  } catch (error) {
    log("fleet", () => `not looking for missed changes: ${String(error)}`)
  }
}
