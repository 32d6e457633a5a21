// `canopy hosts`: every machine of the fleet, one line each.

import { groupBy } from "../base/index.js"
import { type FleetPort, type Host, noSuchHost, type RequestOptions } from "../fleet/index.js"
import { command, exit, Failure } from "./command.js"
import { fleetFlags, fleetUsage, namedHosts, warnIfUnlocked, whyEmpty, withFleet } from "./fleet.js"
import { type Layout, printAnswer } from "./shown/answer.js"
import { listed, table } from "./shown/table.js"

export const hostsCommand = command({
  usage: `[FLAKE] [--host H]... [--json] [--drv]\n${fleetUsage}`,
  summary: "the machines of a fleet",
  flags: { ...fleetFlags, "--host": 1, "--json": 0, "--drv": 0 },
  async run(given, terminal) {
    const hosts = await withFleet(given.operand("."), given, terminal, async (port, progress) => {
      const names = await namedHosts(port, given, progress)
      const found = await port.ask({ kind: "hosts", hosts: names }, progress)
      if (found.length === 0) terminal.err(await whyEmpty(port, progress))
      if (found.length === 0 && names !== undefined) throw new Failure(noSuchHost(names[0], []))
      await warnIfUnlocked(port, terminal, progress)
      return given.has("--drv") ? withSystems(port, found, progress) : found
    })
    printAnswer(hosts, given, terminal, hostsText)
    return exit.done
  },
})

/** The hosts with `drvPath`, or with the `error` that evaluating it ended in. */
async function withSystems(
  port: FleetPort,
  hosts: readonly Host[],
  options: RequestOptions,
): Promise<Host[]> {
  const evaluated = hosts.filter(({ error }) => error === undefined).map(({ name }) => name)
  const systems = await port.ask({ kind: "toplevels", hosts: evaluated }, options)
  return hosts.map(host => {
    const system = systems.find(one => one.host === host.name && one.class === host.class)
    if (system === undefined) return host
    return system.error === undefined
      ? { ...host, drvPath: system.drvPath }
      : { ...host, error: system.error }
  })
}

const headings = ["HOST", "CLASS", "SYSTEM", "TAGS", "TARGET", "SYSTEM DERIVATION", "ASPECTS"]
const tagsWidth = 18

/** The fleet as a table, and below it what keeps hosts from evaluating. */
export function hostsText(hosts: readonly Host[], layout: Layout): string {
  const rows = hosts.map(host => [
    host.name,
    host.class,
    host.system,
    listed(host.tags, tagsWidth),
    host.target,
    host.drvPath ?? "",
    host.error === undefined ? sharedAspects(host) : "does not evaluate",
  ])
  return table(headings, rows, layout) + failures(hosts)
}

/** Leaves out the aspect that is named after the machine: it says nothing new. */
function sharedAspects({ name, aspects }: Host): string[] {
  return aspects.filter(aspect => aspect.split("/").at(-1) !== name)
}

/** Each failure once, with the hosts that it stops: one mistake in a shared file stops many. */
function failures(hosts: readonly Host[]): string {
  const stopped = groupBy(hosts, ({ error }) => error)
  return Array.from(stopped, ([error, alike]) => (error === undefined ? "" : failure(alike, error))).join("")
}

function failure(hosts: readonly Host[], error: string): string {
  const names = hosts.map(({ name }) => name)
  return `\n${names.join(", ")} ${names.length === 1 ? "does" : "do"} not evaluate: ${error}\n`
}
