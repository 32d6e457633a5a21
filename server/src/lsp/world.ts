// What the server needs from outside: files, threads to evaluate in, downloads and builds.
//
// The entry point passes it in, so that tests can speak LSP to a server without disk and threads.

import type { FleetPort, FleetSetup, SourceRequest, StagedBuild } from "../fleet/index.js"

export interface World {
  /** Whether there is a file at an absolute path. */
  isFile(path: string): boolean
  /** Names of the folders in a folder, without links; empty if it is no folder. */
  foldersIn(path: string): readonly string[]
  /** The text of a file on disk, undefined when it cannot be read. */
  readText(path: string): string | undefined
  /** Opens a fleet. Nothing is evaluated until the port is asked. */
  connect(setup: FleetSetup): FleetPort
  /** Fetches a source into the cache. Returns why that failed; undefined if it did not. Rejects with `Cancelled`. */
  fetch(
    wanted: SourceRequest,
    tokens: Readonly<Record<string, string>>,
    signal: AbortSignal,
    report: (message: string) => void,
  ): Promise<string | undefined>
  /** Builds with the Nix of this machine. Returns why that failed; undefined if it did not. Rejects with `Cancelled`. */
  build(staged: StagedBuild, signal: AbortSignal): Promise<string | undefined>
  readonly version: string
}
