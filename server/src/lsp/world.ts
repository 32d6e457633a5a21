// What the protocol needs from outside: files to look at, and threads to evaluate in.
//
// Passed in by the entry point, so that tests speak LSP to a server that touches neither disk nor threads.

import type { FleetPort, FleetSetup, SourceRequest, StagedBuild } from "../fleet/index.js"

export interface World {
  /** Whether there is a file at an absolute path. */
  isFile(path: string): boolean
  /** Names of the folders in a folder, those of links not among them; none for what is no folder. */
  foldersIn(path: string): readonly string[]
  /** The text of a file on disk, undefined when it cannot be read. */
  readText(path: string): string | undefined
  /** Opens a fleet; nothing is evaluated until the port is asked. */
  connect(setup: FleetSetup): FleetPort
  /** Brings a source into the cache. A text says why not; rejects with `Cancelled`. */
  fetch(
    wanted: SourceRequest,
    tokens: Readonly<Record<string, string>>,
    signal: AbortSignal,
    report: (message: string) => void,
  ): Promise<string | undefined>
  /** Builds by the Nix of this machine. A text says why not; rejects with `Cancelled`. */
  build(staged: StagedBuild, signal: AbortSignal): Promise<string | undefined>
  readonly version: string
}
