// The world of a flake's evaluation: the sources of the flake and its inputs at their store paths, and in impure evaluation this
// machine as well.

import type { Builds, EvalIO, FetchedTree, FetchRequest } from "../../eval/index.js"
import type { Files } from "../files.js"
import { MountedFiles } from "../sources/mounted-files.js"
import type { Mounts } from "../sources/mounts.js"

/** What an impure evaluation sees of the machine, besides files. */
export type Machine = Pick<EvalIO, "getEnv" | "searchPath" | "folder" | "currentSystem" | "currentTime">

/** What an evaluation gets from outside. */
export interface FlakeIOSettings {
  readonly files: Files
  readonly mounts: Mounts
  readonly fetch: (request: FetchRequest) => FetchedTree
  readonly flakes: EvalIO["flakes"]
  readonly builds?: Builds
  /** Absent in pure evaluation, which sees nothing outside of sources. */
  readonly machine?: Machine
  /** Gets the real paths of files that evaluation comes across and that git does not track. */
  readonly untracked?: Set<string>
  /** Takes what `builtins.trace` writes. */
  readonly trace?: (line: string) => void
}

/** The evaluator's view of sources through `mounts`. */
export function createFlakeIO({
  files,
  mounts,
  fetch,
  flakes,
  builds,
  machine,
  untracked,
  trace,
}: FlakeIOSettings): EvalIO {
  const view = new MountedFiles(files, mounts, machine !== undefined, untracked)
  return {
    readFile: path => view.readFile(path),
    readBytes: path => view.readBytes(path),
    kindOf: path => view.kindOf(path),
    stampOf: path => view.stampOf(path),
    isExecutable: path => view.isExecutable(path),
    readDir: path => view.readDir(path),
    readLink: path => view.readLink(path),
    release: () => view.release(),
    getEnv: () => "",
    searchPath: [],
    currentSystem: undefined,
    currentTime: undefined,
    storeDir: mounts.storeDir,
    fetch,
    builds: builds === undefined ? undefined : mountedBuilds(builds, mounts),
    flakes,
    trace: trace ?? (() => {}),
    ...machine,
  }
}

/** Makes what was built readable, like a source. */
function mountedBuilds(builds: Builds, mounts: Mounts): Builds {
  return {
    realise: wanted => {
      const isBuilt = builds.realise(wanted)
      if (isBuilt) mounts.addBuilt(wanted.outPath)
      return isBuilt
    },
  }
}
