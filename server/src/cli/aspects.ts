// `canopy aspects`: the named modules of a fleet, and the hosts that have each.

import type { Aspect, FleetAspects } from "../fleet/index.js"
import { command, exit } from "./command.js"
import { fleetFlags, fleetUsage, sayWhyEmpty, withFleet } from "./fleet.js"
import { shownPath } from "./shown/places.js"
import { styleOf } from "./shown/style.js"
import { listed, type TableSettings, table } from "./shown/table.js"

export const aspectsCommand = command({
  usage: `[FLAKE] [--json]\n${fleetUsage}`,
  summary: "the named modules of a fleet, and which hosts have them",
  flags: { ...fleetFlags, "--json": 0 },
  async run(given, terminal) {
    const { root, found } = await withFleet(given.operand("."), given, terminal, async (port, progress) => {
      const found = await port.ask({ kind: "aspects" }, progress)
      if (found.hosts.length === 0) await sayWhyEmpty(port, progress)
      return { root: port.root, found }
    })
    if (given.has("--json")) terminal.out(`${JSON.stringify(found.aspects)}\n`)
    else terminal.out(aspectsText(found, root, { style: styleOf(terminal), width: terminal.width }))
    return exit.done
  },
})

/** One line an aspect; what no host has stands out by its empty cell. */
function aspectsText({ aspects, hosts }: FleetAspects, root: string, settings: TableSettings): string {
  const rows = aspects.map(aspect => [
    aspect.name,
    aspect.class,
    aspect.option,
    hostsOf(aspect, hosts.length),
    aspect.files.map(file => shownPath(file, root)),
  ])
  return table(["ASPECT", "CLASS", "OPTION", "HOSTS", "FILES"], rows, settings)
}

function hostsOf({ hosts }: Aspect, all: number): string {
  return hosts.length === all && 1 < all ? `all ${all}` : listed(hosts, 48) || "none"
}
