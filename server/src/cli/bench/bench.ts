// `canopy bench`: measures evaluation beside Nix (`eval`), or what a fleet costs as it grows (`fleet`).

import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import { UsageError } from "../arguments.js"
import { command, exit } from "../command.js"
import { benchEval } from "./eval.js"
import { benchFleets, type FleetInputs } from "./fleet.js"

export const benchCommand = command({
  usage:
    "eval --nixpkgs DIR [--nix NIX-INSTANTIATE] [--runs N] [--only TEXT]\n" +
    "fleet [--hosts N]... [--inputs DIR] [--nixpkgs DIR]",
  summary: "measure evaluation beside Nix, on a nixpkgs; and how time and memory grow with a fleet",
  flags: { "--hosts": 1, "--inputs": 1, "--nixpkgs": 1, "--nix": 1, "--runs": 1, "--only": 1 },
  async run(given, terminal) {
    const what = given.operand("eval")
    if (what === "fleet") {
      benchFleets(
        sizesIn(given.all("--hosts")),
        inputsIn(given.one("--inputs"), given.one("--nixpkgs")),
        terminal,
      )
      return exit.done
    }
    if (what !== "eval") throw new UsageError("wanted 'bench eval' or 'bench fleet'")
    const nixpkgs = given.one("--nixpkgs")
    if (nixpkgs === undefined) throw new UsageError("'bench eval' wants --nixpkgs DIR")
    const runs = Number(given.one("--runs") ?? 5)
    const only = given.one("--only") ?? ""
    const cache = mkdtempSync(join(tmpdir(), "canopy-bench-"))
    const nix = given.one("--nix") ?? "nix-instantiate"
    try {
      await benchEval({ nixpkgs: resolve(nixpkgs), nix, runs, cache }, only, terminal)
    } finally {
      rmSync(cache, { recursive: true })
    }
    return exit.done
  },
})

function sizesIn(given: readonly string[]): number[] {
  const sizes = given.length === 0 ? [8, 64, 256, 1000] : given.map(Number)
  if (sizes.some(size => !Number.isInteger(size) || size < 1))
    throw new UsageError("'--hosts' wants a number of hosts")
  return sizes
}

/** Those of a checkout of Canopy, unless they are elsewhere. */
function inputsIn(folder: string | undefined, nixpkgs: string | undefined): FleetInputs {
  const inputs = resolve(folder ?? join(__dirname, "../examples/inputs"))
  return {
    nixpkgs: nixpkgs === undefined ? join(inputs, "nixpkgs") : resolve(nixpkgs),
    flakeParts: join(inputs, "flake-parts"),
    importTree: join(inputs, "import-tree"),
  }
}
