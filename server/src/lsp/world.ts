// What the protocol needs from outside: files to look at, and threads to evaluate in.
//
// Passed in by the entry point, so that tests speak LSP to a server that touches neither disk nor threads.

import type { FleetPort, FleetSetup } from "../fleet/index.js"

export interface World {
  /** Whether there is a file at an absolute path. */
  isFile(path: string): boolean
  /** The text of a file on disk, undefined when it cannot be read. */
  readText(path: string): string | undefined
  /** Opens a fleet; nothing is evaluated until the port is asked. */
  connect(setup: FleetSetup): FleetPort
  readonly version: string
}
