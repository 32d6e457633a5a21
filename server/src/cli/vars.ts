// `canopy vars`: what the generators of the hosts make, and whether it is on disk. Names and presence only.

import type { VarFile } from "../fleet/index.js"
import { command, exit } from "./command.js"
import { fleetFlags, fleetUsage, namedHosts, withFleet } from "./fleet.js"
import { styleOf } from "./shown/style.js"
import { type TableSettings, table } from "./shown/table.js"

export const varsCommand = command({
  usage: `[FLAKE] [--host H]... [--json]\n${fleetUsage}`,
  summary: "vars that the hosts' generators make, and which are missing",
  flags: { ...fleetFlags, "--host": 1, "--json": 0 },
  async run(given, terminal) {
    const vars = await withFleet(given.operand("."), given, terminal, async (port, progress) =>
      port.ask({ kind: "vars", hosts: await namedHosts(port, given, progress) }, progress),
    )
    if (given.has("--json")) terminal.out(`${JSON.stringify(vars.map(withoutPath))}\n`)
    else terminal.out(varsText(vars, { style: styleOf(terminal), width: terminal.width }))
    return exit.done
  },
})

function withoutPath({ path: _path, ...facts }: VarFile): Omit<VarFile, "path"> {
  return facts
}

function varsText(vars: readonly VarFile[], settings: TableSettings): string {
  const rows = vars.map(({ host, generator, file, secret, share, present, why }) => [
    host,
    `${generator}/${file}`,
    `${share ? "shared " : ""}${secret ? "secret" : "value"}`,
    present ? "present" : "missing",
    why ?? "",
  ])
  return table(["HOST", "VAR", "KIND", "STATE", "WHY"], rows, settings)
}
