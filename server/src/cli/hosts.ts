// `canopy hosts`: every machine of the fleet, one line each.

import type { Fleet, Host } from "../fleet/index.js"
import { command, exit } from "./command.js"
import { fleetFlags, loadFleet, progressLine, withFleet } from "./fleet.js"
import { styleOf } from "./style.js"
import { listed, type TableSettings, table } from "./table.js"
import { withSystems } from "./toplevel.js"

export const hostsCommand = command({
  usage: "[FLAKE] [--json] [--drv] [--override-input NAME REF]... [--offline] [--stats]",
  summary: "the machines of a fleet",
  flags: { ...fleetFlags, "--json": 0, "--drv": 0 },
  async run(given, terminal) {
    const reference = given.operand(".")
    const progress = progressLine(terminal)
    const fleet = await withFleet(reference, given, terminal, port => loadFleet(port, progress)).finally(
      progress.end,
    )
    const hosts = given.has("--drv") ? await withSystems(fleet, given) : fleet.hosts
    if (given.has("--json")) terminal.out(`${JSON.stringify(hosts)}\n`)
    else terminal.out(hostsText({ ...fleet, hosts }, { style: styleOf(terminal), width: terminal.width }))
    return exit.done
  },
})

const headings = ["HOST", "CLASS", "SYSTEM", "TAGS", "TARGET", "SYSTEM DERIVATION", "ASPECTS"]
const tagsWidth = 18

/** The fleet as a table; below it what does not evaluate. */
export function hostsText({ hosts }: Fleet, settings: TableSettings): string {
  const rows = hosts.map(host => [
    host.name,
    host.class,
    host.system,
    listed(host.tags, tagsWidth),
    host.target,
    host.drvPath ?? "",
    host.error === undefined ? sharedAspects(host) : "does not evaluate",
  ])
  return table(headings, rows, settings) + hosts.map(failure).join("")
}

/** Without the aspect that is the machine itself, which says nothing. */
function sharedAspects({ name, aspects }: Host): string[] {
  return aspects.filter(aspect => aspect.split("/").at(-1) !== name)
}

function failure({ name, error }: Host): string {
  return error === undefined ? "" : `\n${name} does not evaluate: ${error}\n`
}
