// `canopy lock`: brings flake.lock up to date with flake.nix, as `nix flake lock` does.

import { existsSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { command, exit } from "./command.js"
import { fleetFlags, fleetUsage, withFleet } from "./fleet.js"

export const lockCommand = command({
  usage: `[FLAKE]\n${fleetUsage}`,
  summary: "bring flake.lock up to date with flake.nix",
  flags: fleetFlags,
  async run(given, terminal) {
    const { root, text } = await withFleet(given.operand("."), given, terminal, (port, progress) =>
      port.ask({ kind: "lock" }, progress),
    )
    const file = join(root, "flake.lock")
    const before = existsSync(file) ? readFileSync(file, "utf8") : ""
    if (before !== text) writeFileSync(file, text)
    terminal.err(before === text ? `${file} is up to date\n` : `wrote ${file}\n`)
    return exit.done
  },
})
