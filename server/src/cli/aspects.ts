// `canopy aspects`: the named modules of a fleet, and the hosts that have each.

import type { Aspect, FleetAspects } from "../fleet/index.js"
import { command, exit } from "./command.js"
import { fleetFlags, fleetUsage, warnIfUnlocked, whyEmpty, withFleet } from "./fleet.js"
import { type Layout, printAnswer } from "./shown/answer.js"
import { shownPath } from "./shown/places.js"
import { listed, table } from "./shown/table.js"

export const aspectsCommand = command({
  usage: `[FLAKE] [--json]\n${fleetUsage}`,
  summary: "the named modules of a fleet, and which hosts have them",
  flags: { ...fleetFlags, "--json": 0 },
  async run(given, terminal) {
    const { root, found } = await withFleet(given.operand("."), given, terminal, async (port, progress) => {
      const found = await port.ask({ kind: "aspects" }, progress)
      if (found.hosts.length === 0) terminal.err(await whyEmpty(port, progress))
      else if (found.aspects.length === 0)
        terminal.err("this flake has no aspects: no option holds modules\n")
      await warnIfUnlocked(port, terminal, progress)
      return { root: port.root, found }
    })
    const { aspects, hosts } = found
    printAnswer(aspects, given, terminal, (aspects, layout) => aspectsText(aspects, hosts, root, layout))
    return exit.done
  },
})

/** One line per aspect, with the hosts that have it. */
function aspectsText(
  aspects: readonly Aspect[],
  hosts: FleetAspects["hosts"],
  root: string,
  layout: Layout,
): string {
  const rows = aspects.map(aspect => [
    aspect.name,
    aspect.class,
    aspect.option,
    hostsOf(aspect, hosts.length),
    aspect.files.map(file => shownPath(file, root)),
  ])
  return table(["ASPECT", "CLASS", "OPTION", "HOSTS", "FILES"], rows, layout)
}

function hostsOf({ hosts }: Aspect, all: number): string {
  return hosts.length === all && 1 < all ? `all ${all}` : listed(hosts, 48) || "none"
}
