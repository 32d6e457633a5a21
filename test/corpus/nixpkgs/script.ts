// Runs one of nixpkgs' test scripts, with `nix-instantiate` meaning Nix's or ours.

import { spawnSync } from "node:child_process"
import { symlinkSync } from "node:fs"
import { delimiter, join, resolve } from "node:path"
import { temporaryFolder } from "../../harness/temporary-folder.js"
import type { Answer } from "./answer.js"

export type Instantiator = { readonly kind: "canopy" } | { readonly kind: "nix"; readonly command: string }

const standIn = "test/corpus/nixpkgs/nix-instantiate.sh"

/** What the script says at its end, or what it complained of last. */
export function runScript(path: string, instantiator: Instantiator): Answer {
  const bin = temporaryFolder("script")
  const command = instantiator.kind === "nix" ? instantiator.command : standIn
  symlinkSync(resolve(command), join(bin, "nix-instantiate"))
  const env = {
    ...process.env,
    PATH: `${bin}${delimiter}${process.env.PATH}`,
    CANOPY_CLI: resolve("dist/cli.js"),
  }
  const limits = { encoding: "utf8", maxBuffer: 1 << 28 } as const
  const { status, stdout, stderr } = spawnSync("bash", [path], { env, ...limits })
  return status === 0 ? { text: end(stdout) || "passed" } : { error: `${end(stdout)} ${end(stderr)}`.trim() }
}

function end(printed: string): string {
  return printed.trimEnd().split("\n").slice(-2).join(", ")
}
