// Opens the first fleet of a window before the client has sent `initialize`. While VS Code draws a window, the client loads
// slowly: in four of seven openings of the example it sent `initialize` 0.1 to 1.4 s after the evaluation thread was ready. So it
// passes on the command line what it is going to send (`Announcement`).

import { log } from "../base/index.js"
import type { FleetPort } from "../fleet/index.js"
import { rootsIn } from "./fleet-roots.js"
import { setupOf } from "./open-fleet.js"
import type { Announcement } from "./protocol.js"
import { readSettings } from "./settings.js"
import type { World } from "./world.js"

/** The same world, in which the first fleet is already being evaluated. Without trust, nothing is. */
export function openedAhead(world: World, { folders, trusted, ...announcement }: Announcement): World {
  const settings = readSettings(announcement.settings)
  const [root] = trusted ? folders.flatMap(folder => rootsIn(folder, world, settings.evaluation.hosts)) : []
  if (root === undefined) return world
  const announced = setupOf(root, settings)
  let ahead: FleetPort | undefined = world.connect(announced)
  // A failure is only logged: whoever opens the fleet asks again and reports it.
  ahead.ask({ kind: "outline" }).catch(error => log("fleet", () => `${root}, ahead: ${String(error)}`))
  return {
    ...world,
    connect(setup) {
      const port = ahead
      ahead = undefined
      if (port !== undefined && JSON.stringify(setup) === JSON.stringify(announced)) return port
      void port?.dispose()
      return world.connect(setup)
    },
  }
}
