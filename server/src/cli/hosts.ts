// `canopy hosts`: every machine of the fleet, one line each.

import type { FleetPort, Host, RequestOptions } from "../fleet/index.js"
import { command, exit, Failure } from "./command.js"
import { fleetFlags, fleetUsage, progressLine, sayWhyEmpty, withFleet } from "./fleet.js"
import { styleOf } from "./style.js"
import { listed, type TableSettings, table } from "./table.js"

export const hostsCommand = command({
  usage: `[FLAKE] [--host H]... [--json] [--drv]\n${fleetUsage}`,
  summary: "the machines of a fleet",
  flags: { ...fleetFlags, "--host": 1, "--json": 0, "--drv": 0 },
  async run(given, terminal) {
    const progress = progressLine(terminal)
    const hosts = await withFleet(given.operand("."), given, terminal, async port => {
      const all = await port.ask({ kind: "hosts" }, progress)
      if (all.length === 0) await sayWhyEmpty(port, progress)
      const asked = named(all, given.all("--host"))
      return given.has("--drv") ? withSystems(port, asked, progress) : asked
    }).finally(progress.end)
    if (given.has("--json")) terminal.out(`${JSON.stringify(hosts)}\n`)
    else terminal.out(hostsText(hosts, { style: styleOf(terminal), width: terminal.width }))
    return exit.done
  },
})

/** The hosts of these names, or all. @throws Failure for a name that no host has */
function named(hosts: readonly Host[], names: readonly string[]): readonly Host[] {
  const unknown = names.find(name => hosts.every(host => host.name !== name))
  if (unknown !== undefined) throw new Failure(`there is no host '${unknown}'`)
  return names.length === 0 ? hosts : hosts.filter(({ name }) => names.includes(name))
}

/** The hosts with `drvPath`, or with the `error` that evaluating it ended in. */
async function withSystems(
  port: FleetPort,
  hosts: readonly Host[],
  options: RequestOptions,
): Promise<Host[]> {
  const evaluated = hosts.filter(({ error }) => error === undefined).map(({ name }) => name)
  const systems = await port.ask({ kind: "toplevels", hosts: evaluated }, options)
  const byName = new Map(
    systems.map(({ host, drvPath, error }) => [host, error === undefined ? { drvPath } : { error }]),
  )
  return hosts.map(host => ({ ...host, ...byName.get(host.name) }))
}

const headings = ["HOST", "CLASS", "SYSTEM", "TAGS", "TARGET", "SYSTEM DERIVATION", "ASPECTS"]
const tagsWidth = 18

/** The fleet as a table; below it what does not evaluate. */
export function hostsText(hosts: readonly Host[], settings: TableSettings): string {
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
