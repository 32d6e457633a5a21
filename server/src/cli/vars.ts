// `canopy vars`: the files that the hosts' generators make, and whether they are on disk. Names and presence, never contents.

import type { VarFile } from "../fleet/index.js"
import { command, exit } from "./command.js"
import { fleetFlags, fleetUsage, namedHosts, withFleet } from "./fleet.js"
import { type Layout, printAnswer } from "./shown/answer.js"
import { table } from "./shown/table.js"

export const varsCommand = command({
  usage: `[FLAKE] [--host H]... [--json]\n${fleetUsage}`,
  summary: "vars that the hosts' generators make, and which are missing",
  flags: { ...fleetFlags, "--host": 1, "--json": 0 },
  async run(given, terminal) {
    const vars = await withFleet(given.operand("."), given, terminal, async (port, progress) =>
      port.ask({ kind: "vars", hosts: await namedHosts(port, given, progress) }, progress),
    )
    printAnswer(vars.map(withoutPath), given, terminal, varsText)
    return exit.done
  },
})

type VarFacts = Omit<VarFile, "path">

function withoutPath({ path: _path, ...facts }: VarFile): VarFacts {
  return facts
}

function varsText(vars: readonly VarFacts[], layout: Layout): string {
  const rows = vars.map(({ host, generator, file, secret, share, present, why }) => [
    host,
    `${generator}/${file}`,
    `${share ? "shared " : ""}${secret ? "secret" : "value"}`,
    present ? "present" : "missing",
    why ?? "",
  ])
  return table(["HOST", "VAR", "KIND", "STATE", "WHY"], rows, layout)
}
