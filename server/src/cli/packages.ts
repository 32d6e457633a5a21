// `canopy packages`: channels, packages that do not build and on which hosts, fallbacks and whether they can go.

import type { Packages } from "../fleet/index.js"
import { command, exit } from "./command.js"
import { fleetFlags, fleetUsage, loadFleet, namedHosts, withFleet } from "./fleet.js"
import { onlyHosts } from "./only-hosts.js"
import { shownPath } from "./shown/places.js"
import { styleOf } from "./shown/style.js"
import { listed, type TableSettings, table } from "./shown/table.js"

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
    if (given.has("--json")) terminal.out(`${JSON.stringify(packages)}\n`)
    else terminal.out(packagesText(packages, root, { style: styleOf(terminal), width: terminal.width }))
    return exit.done
  },
})

function onlyBroken(packages: Packages, hosts: readonly string[]): Packages {
  return { ...packages, broken: onlyHosts(packages.broken, hosts) }
}

/** Three tables, those that have rows. */
export function packagesText(
  { channels, broken, fallbacks }: Packages,
  root: string,
  settings: TableSettings,
): string {
  const tables = [
    table(
      ["CHANNEL", "INPUT", "REVISION"],
      channels.map(({ name, input, rev }) => [name, input, rev]),
      settings,
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
      settings,
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
      settings,
    ),
  ]
  return tables.filter(text => text !== "").join("\n")
}
