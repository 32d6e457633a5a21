// What every command and view of the client is given: the server, the fleet as last reported, and where to write.
// There are no globals: `activate` makes one context and hands it on.

import type { Event, LogOutputChannel } from "vscode"
import type { FleetEntry, FleetReport, Host } from "../../server/src/lsp/protocol.js"
import type { Server } from "./client.js"

export interface Context {
  readonly server: Server
  readonly output: LogOutputChannel
  readonly fleet: FleetState
}

/** The fleets as the server last reported them. */
export interface FleetState {
  /** Undefined until the first report. */
  readonly report: FleetReport | undefined
  readonly onDidChange: Event<FleetReport>
}

/** A host and the fleet it is in. */
export interface HostEntry {
  readonly entry: FleetEntry
  readonly host: Host
}

/** Keeps the last report of `server`. */
export function followFleet(server: Server): FleetState {
  let report: FleetReport | undefined
  server.onDidChangeFleet(next => {
    report = next
  })
  return {
    get report() {
      return report
    },
    onDidChange: server.onDidChangeFleet,
  }
}

/** All hosts of all fleets. */
export function hostsOf(report: FleetReport | undefined): HostEntry[] {
  return (report?.fleets ?? []).flatMap(entry => (entry.fleet?.hosts ?? []).map(host => ({ entry, host })))
}
