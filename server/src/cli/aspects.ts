// `canopy aspects`: the named modules of a fleet, and the hosts that have each.

import type { Aspect, Fleet } from "../fleet/index.js"
import { command, exit } from "./command.js"
import { fleetFlags, loadFleet, progressLine, withFleet } from "./fleet.js"
import { shownPath } from "./places.js"
import { styleOf } from "./style.js"
import { listed, type TableSettings, table } from "./table.js"

export const aspectsCommand = command({
  usage: "[FLAKE] [--json] [--override-input NAME REF]... [--offline] [--stats]",
  summary: "the named modules of a fleet, and which hosts have them",
  flags: { ...fleetFlags, "--json": 0 },
  async run(given, terminal) {
    const progress = progressLine(terminal)
    const fleet = await withFleet(given.operand("."), given, terminal, port =>
      loadFleet(port, progress),
    ).finally(progress.end)
    if (given.has("--json")) terminal.out(`${JSON.stringify(fleet.aspects)}\n`)
    else terminal.out(aspectsText(fleet, { style: styleOf(terminal), width: terminal.width }))
    return exit.done
  },
})

/** One line an aspect; what no host has stands out by its empty cell. */
export function aspectsText({ aspects, hosts, root }: Fleet, settings: TableSettings): string {
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
