// All derivations that one is made from, as a text that is the same exactly if they are: their number and the hash of their
// sorted paths.

import { spawnSync } from "node:child_process"
import { createHash } from "node:crypto"
import { dirname, join } from "node:path"
import type { StoreSide } from "../../../server/src/eval/derivations/store-side.js"

/** What an evaluation of ours has computed. */
export function closureOf(store: StoreSide, drvPath: string): string {
  const found = new Set([drvPath])
  for (const path of found) {
    const derivation = store.derivations.get(path)
    if (derivation === undefined) throw new Error(`${path} was not computed`)
    for (const input of derivation.inputDrvs.keys()) found.add(input)
    for (const source of derivation.inputSrcs) if (source.endsWith(".drv")) found.add(source)
  }
  return summary([...found])
}

/**
 * What Nix has written to its store.
 * @param nixInstantiate a command beside which `nix-store` lies
 */
export function closureInStore(nixInstantiate: string, drvPath: string): string {
  const nixStore = join(dirname(nixInstantiate), "nix-store")
  const { status, stdout, stderr } = spawnSync(nixStore, ["-qR", drvPath], {
    encoding: "utf8",
    maxBuffer: 1 << 28,
  })
  if (status !== 0) throw new Error(stderr)
  return summary(stdout.split("\n").filter(path => path.endsWith(".drv")))
}

function summary(paths: string[]): string {
  const hash = createHash("sha256").update(paths.sort().join("\n")).digest("hex")
  return `${paths.length} derivations, sha256 ${hash}`
}
