// `canopy lock`: brings flake.lock up to date with flake.nix, as `nix flake lock` does.

import { spawnSync } from "node:child_process"
import { existsSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { command, exit, Failure } from "./command.js"
import { repositoryAbove } from "./flake-root.js"
import { fleetFlags, fleetUsage, withFleet } from "./fleet.js"

export const lockCommand = command({
  usage: `[FLAKE]\n${fleetUsage}`,
  summary: "bring flake.lock up to date with flake.nix",
  flags: fleetFlags,
  async run(given, terminal) {
    const { root, text, isEmpty } = await withFleet(given.operand("."), given, terminal, (port, progress) =>
      port.ask({ kind: "lock" }, progress),
    )
    const file = join(root, "flake.lock")
    const before = existsSync(file) ? readFileSync(file, "utf8") : undefined
    if (before === undefined && isEmpty) terminal.err(`${root} has no inputs to lock\n`)
    else if (before === text) terminal.err(`${file} is up to date\n`)
    else {
      writeFileSync(file, text)
      if (before === undefined) track(root)
      terminal.err(`wrote ${file}\n`)
    }
    return exit.done
  },
})

/** Names a new flake.lock to git, or Nix would not see it. @throws Failure */
function track(root: string): void {
  if (repositoryAbove(root) === undefined) return
  const { status, stderr, error } = spawnSync("git", ["add", "--intent-to-add", "--", "flake.lock"], {
    cwd: root,
    encoding: "utf8",
  })
  if (status !== 0)
    throw new Failure(
      `wrote ${root}/flake.lock, but git does not track it yet: ${error?.message ?? stderr.trim()}`,
    )
}
