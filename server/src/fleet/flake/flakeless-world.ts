// The world of an evaluation that does not start from a flake: sources at their store paths, and this machine as far as it may be
// seen.

import type { Builds, EvalIO } from "../../eval/index.js"
import { defaultStoreDir } from "../../store/index.js"
import type { Files } from "../files.js"
import { fetchForBuiltin } from "../sources/fetch-builtins.js"
import { Mounts } from "../sources/mounts.js"
import type { SourceSupply } from "../sources/source-supply.js"
import { Sources } from "../sources/sources.js"
import { TreeHashes } from "../sources/tree-hash.js"
import { createFlakeIO, type Machine } from "./flake-io.js"
import { flakeAccess } from "./get-flake.js"

export interface WorldSettings {
  readonly files: Files
  /** Absent in pure evaluation, which sees nothing outside of sources. */
  readonly machine: Machine | undefined
  /** Sources from elsewhere; without it, only what is on this machine is found. */
  readonly supply?: SourceSupply
  /** Results of builds; without it, whatever needs one fails. */
  readonly builds?: Builds
  /** Takes what `builtins.trace` writes, as bytes. */
  readonly trace: (line: string) => void
}

/** The world of an expression or a file that belongs to no flake. */
export function createWorld({ files, machine, supply, builds, trace }: WorldSettings): EvalIO {
  const mounts = new Mounts(defaultStoreDir)
  const sources = new Sources({
    files,
    hashes: new TreeHashes(),
    storeDir: mounts.storeDir,
    ...(supply === undefined ? {} : { supply }),
  })
  const pure = machine === undefined
  const flakes = flakeAccess({ files, sources, mounts, pure })
  const fetch: EvalIO["fetch"] = request =>
    fetchForBuiltin(request, { files, mounts, sources, pure, warn: trace })
  return createFlakeIO({
    files,
    mounts,
    fetch,
    flakes,
    trace,
    ...(builds === undefined ? {} : { builds }),
    ...(machine === undefined ? {} : { machine }),
  })
}
