// Real Nix, one process for a batch. Its store is in memory, so that derivations and files of `toFile` can be read back and
// nothing is left on the machine.

import { spawn } from "node:child_process"
import { firstLineOfNix } from "../harness/nix-message.js"
import { type Ask, features, type Outcome, timeLimit } from "./batch.js"
import type { Workplace } from "./workplace.js"

/** @param command a `nix-instantiate`, or any other name of Nix's one program */
export function nixAsker(command: string, { folder, caches }: Workplace): Ask {
  const program = command.replace(/nix-instantiate$/, "nix")
  const args = ["--extra-experimental-features", features.join(" "), "--store", "dummy://?read-only=false"]
  return source =>
    run(program, [...args, "eval", "--show-trace", "--impure", "--offline", "--expr", source], folder, {
      HOME: folder,
      NIX_PATH: "",
      NIX_CACHE_HOME: caches,
      NIX_STATE_HOME: caches,
    })
}

function run(
  program: string,
  args: readonly string[],
  folder: string,
  env: Readonly<Record<string, string>>,
): Promise<Outcome> {
  return new Promise((done, fail) => {
    const child = spawn(program, args, {
      cwd: folder,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
      timeout: timeLimit.ms,
    })
    let [out, err] = ["", ""]
    child.stdout.setEncoding("latin1").on("data", text => (out += text))
    child.stderr.setEncoding("latin1").on("data", text => (err += text))
    child.on("error", fail)
    child.on("close", (status, signal) => {
      if (status === 0) done({ told: err, printed: out })
      else if (signal !== null && signal !== "SIGTERM") done({ told: err, failure: `ended by ${signal}` })
      else done({ told: err, failure: signal === null ? firstLineOfNix(err) : timeLimit.failure })
    })
  })
}
