// `canopy packages`: the channels, the packages that are broken and on which hosts, and fallbacks that can be removed.

import type { Packages } from "../fleet/index.js"
import { command, exit } from "./command.js"
import { fleetFlags, fleetUsage, loadFleet, namedHosts, withFleet } from "./fleet.js"
import { onlyHosts } from "./only-hosts.js"
import { type Layout, printAnswer } from "./shown/answer.js"
import { shownPath } from "./shown/places.js"
import { listed, table } from "./shown/table.js"

export const packagesCommand = command({
  usage: `[FLAKE] [--host H]... [--json]\n${fleetUsage}`,
  summary: "channels, broken packages, and fallbacks that can go",
  flags: { ...fleetFlags, "--host": 1, "--json": 0 },
  async run(given, terminal) {
    const { packages, root } = await withFleet(
      given.operand("."),
      given,
      terminal,
      async (port, progress) => {
        const hosts = await namedHosts(port, given, progress)
        await loadFleet(port, progress)
        const packages = await port.ask({ kind: "packages" }, progress)
        return { packages: onlyBroken(packages, hosts ?? []), root: port.root }
      },
    )
    printAnswer(packages, given, terminal, (packages, layout) => packagesText(packages, root, layout))
    return exit.done
  },
})

function onlyBroken(packages: Packages, hosts: readonly string[]): Packages {
  return { ...packages, broken: onlyHosts(packages.broken, hosts) }
}

/** Up to three tables: channels, broken packages, fallbacks. */
export function packagesText(
  { channels, broken, fallbacks }: Packages,
  root: string,
  layout: Layout,
): string {
  const tables = [
    table(
      ["CHANNEL", "INPUT", "REVISION"],
      channels.map(({ name, input, rev }) => [name, input, rev]),
      layout,
    ),
    table(
      ["BROKEN", "HOSTS", "WHERE", "FALLBACK", "WHY"],
      broken.map(it => [
        it.name,
        listed(it.hosts, 36),
        `${shownPath(it.file, root)}:${it.line}`,
        it.fallback ?? "none",
        it.why.split("\n")[0],
      ]),
      layout,
    ),
    table(
      ["FALLBACK", "STATE", "FROM", "SYSTEMS", "WHERE", "WHY"],
      fallbacks.map(it => [
        it.name,
        it.state,
        it.from,
        listed(it.systems, 30) || "all",
        `${shownPath(it.file, root)}:${it.line}`,
        it.why.split("\n")[0],
      ]),
      layout,
    ),
  ]
  return tables.filter(text => text !== "").join("\n")
}
