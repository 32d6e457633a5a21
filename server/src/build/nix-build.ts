// Builds with the installed Nix: adds what the build needs to the store, then realises the derivation.

import { execFile } from "node:child_process"
import { existsSync } from "node:fs"
import { delimiter, join } from "node:path"
import { promisify } from "node:util"
import type { StagedBuild } from "../fleet/index.js"

const run = promisify(execFile)

/** Lines of a failed build that are worth showing. */
const LOG_LINES = 12

/** The folder with the programs of the installed Nix; undefined if there is none. */
export function nixFolder(): string | undefined {
  const { HOME, PATH = "" } = process.env
  const known = [
    "/run/current-system/sw/bin",
    "/nix/var/nix/profiles/default/bin",
    `${HOME}/.nix-profile/bin`,
  ]
  const folders = [...PATH.split(delimiter), ...known]
  return folders.find(folder => folder !== "" && existsSync(join(folder, "nix-store")))
}

/** Builds a derivation. Returns why that failed; undefined if it did not. Rejects only when the signal is aborted. */
export async function nixBuild(
  { folder, drvPath }: StagedBuild,
  signal: AbortSignal,
): Promise<string | undefined> {
  const nix = nixFolder()
  if (nix === undefined) return "no Nix is installed here"
  // Restrictions in the person's nix.conf are not meant for this evaluation, which only adds files.
  const free = ["--option", "pure-eval", "false", "--option", "restrict-eval", "false"]
  try {
    const adding = ["--eval", "--strict", "--read-write-mode", ...free, join(folder, "add.nix")]
    await run(join(nix, "nix-instantiate"), adding, { signal })
    await run(join(nix, "nix-store"), ["--realise", drvPath], { signal, maxBuffer: 2 ** 28 })
    return undefined
  } catch (error) {
    signal.throwIfAborted()
    const { stderr = "", message } = error as Error & { stderr?: string }
    return worthShowing(stderr || message)
  }
}

/** The end of a log, without the lists of what will be done. */
function worthShowing(log: string): string {
  const plans = /^(?:(?:this|these) .* will be (?:built|fetched).*:|building '.*'\.\.\.| {2}\/.*)$/
  const lines = log.trim().split("\n")
  return lines
    .filter(line => !plans.test(line))
    .slice(-LOG_LINES)
    .join("\n")
}
