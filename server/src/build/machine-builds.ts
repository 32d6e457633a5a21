// Builds for evaluations on this machine. What is built already is used. Anything else is built only if somebody has allowed that,
// by the installed Nix, while evaluation waits.

import { existsSync, rmSync } from "node:fs"
import type { CancelFlag } from "../base/index.js"
import { type Builds, EvalError, textOfBytes, type WantedOutput } from "../eval/index.js"
import type { FetchThread } from "../fetch/fetch-thread.js"
import { nixFolder } from "./nix-build.js"
import { stageBuild } from "./stage.js"

export interface BuildSettings {
  /** The thread that builds while this one waits; without it nothing is built. */
  readonly thread: FetchThread | undefined
  readonly cancel?: CancelFlag
  readonly report: (message: string) => void
}

/** The builds; undefined if no Nix is installed, since then nothing can be built and nothing was. */
export function machineBuilds({ thread, cancel, report }: BuildSettings): Builds | undefined {
  if (nixFolder() === undefined) return undefined
  return {
    realise: wanted => {
      if (isBuilt(wanted)) return true
      if (thread === undefined) return false
      const staged = stageBuild(wanted, hasPath)
      try {
        report(`building ${textOfBytes(wanted.drvPath)}`)
        const failure = thread.buildNow(staged, cancel)
        if (failure === undefined && isBuilt(wanted)) return true
        const why = failure ?? `it did not make its output '${wanted.output}'`
        throw new EvalError(
          "import-from-derivation",
          `build of '${wanted.drvPath}^${wanted.output}' failed: ${why}`,
        )
      } finally {
        rmSync(staged.folder, { recursive: true, force: true })
      }
    },
  }
}

function isBuilt({ outPath }: WantedOutput): boolean {
  return hasPath(outPath)
}

/** Whether the store of this machine has a path. */
export function hasPath(path: string): boolean {
  return existsSync(Buffer.from(path, "latin1"))
}
