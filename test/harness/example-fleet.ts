// The embedded example, opened once for all tests that only read it.

import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { type EvaluationSession, openFleet } from "../../server/src/fleet/index.js"
import { Disk } from "../../server/src/machine/disk.js"

/** Folder of the example's flake.nix. */
export const exampleRoot = join(dirname(fileURLToPath(import.meta.url)), "../../examples/fleet")

let session: EvaluationSession | undefined

/** The fleet, evaluated when it is first asked. */
export function exampleFleet(): EvaluationSession {
  session ??= openFleet({ root: exampleRoot, offline: true, overrideInputs: {} }, new Disk())
  return session
}
