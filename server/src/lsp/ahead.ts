// The first fleet of a window, opened before the client has said hello. While a window is being drawn, VS Code's half of Canopy
// gets to load when there is time for it: in four of seven openings of the example it said hello 0.1 to 1.4 s after the evaluation
// thread stood ready. So it gives what it is going to say to the server's process.

import { log } from "../base/index.js"
import type { FleetPort } from "../fleet/index.js"
import { rootsIn } from "./fleet-roots.js"
import { setupOf } from "./open-fleet.js"
import type { Announcement } from "./protocol.js"
import type { World } from "./world.js"

/** The same world, in which the fleet that is going to be opened first is being evaluated. Nothing of a folder without trust is. */
export function openedAhead(world: World, { folders, trusted, settings }: Announcement): World {
  const [root] = trusted ? folders.flatMap(folder => rootsIn(folder, world, settings.evaluation.hosts)) : []
  if (root === undefined) return world
  const announced = setupOf(root, settings)
  let ahead: FleetPort | undefined = world.connect(announced)
  // Whoever opens the fleet asks the same and learns what is wrong.
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
