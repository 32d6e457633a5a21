// `canopy why`: whether a file is part of the fleet and on which hosts, or why it is not.

import { resolve } from "node:path"
import type { FileRole } from "../fleet/index.js"
import { UsageError } from "./arguments.js"
import { command, exit } from "./command.js"
import { fleetFlags, fleetUsage, withFleet } from "./fleet.js"
import { printAnswer } from "./shown/answer.js"

export const whyCommand = command({
  usage: `FILE [FLAKE] [--json]\n${fleetUsage}`,
  summary: "whether a file is part of the fleet, and why not",
  flags: { ...fleetFlags, "--json": 0 },
  async run(given, terminal) {
    const [file, reference = ".", ...more] = given.operands
    if (file === undefined) throw new UsageError("no file is given")
    if (0 < more.length) throw new UsageError(`unexpected argument '${more[0]}'`)
    const role = await withFleet(reference, given, terminal, (port, progress) =>
      port.ask({ kind: "why", path: resolve(process.cwd(), file) }, progress),
    )
    printAnswer(role, given, terminal, role => roleText(role, file))
    return role.imported ? exit.done : exit.failed
  },
})

function roleText({ imported, hosts, why, at }: FileRole, file: string): string {
  const where = at === undefined ? "" : ` (${at.file}:${at.line}:${at.column})`
  const on = hosts.length === 0 ? "" : ` on ${hosts.join(", ")}`
  return `${file}: ${imported ? "imported" : "not imported"}${on}: ${why}${where}\n`
}
