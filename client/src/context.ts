// What every command and view of the client is given: the server, the fleet as last reported, pages to show, and where to write.
// There are no globals: `activate` makes one context and hands it on.

import { basename } from "node:path"
import type { Event, LogOutputChannel } from "vscode"
import type { FleetEntry, FleetReport, Host } from "../../server/src/lsp/protocol.js"
import type { Server } from "./client.js"
import type { Pages } from "./pages.js"

export interface Context {
  readonly server: Server
  readonly output: LogOutputChannel
  readonly fleet: FleetState
  readonly pages: Pages
}

/** The fleets as the server last reported them. */
export interface FleetState {
  /** Undefined until the running server has reported. */
  readonly report: FleetReport | undefined
  readonly onDidChange: Event<FleetReport>
  /** The first report with hosts, or the final one if there are none; undefined if the server is stopped. */
  loaded(): Promise<FleetReport | undefined>
}

/** A host and the fleet it is in. */
export interface HostEntry {
  readonly entry: FleetEntry
  readonly host: Host
}

/** Follows the reports of `server`. */
export function followFleet(server: Server): FleetState {
  let report: FleetReport | undefined
  // Those who wait for a fleet that is loading.
  const waiting: ((report: FleetReport | undefined) => void)[] = []
  const wake = () => {
    for (const resolve of waiting.splice(0)) resolve(report)
  }
  server.onDidChangeFleet(next => {
    report = next
    if (isLoaded(next)) wake()
  })
  server.onDidChangeState(state => {
    if (state !== "running") report = undefined
    if (state === "stopped") wake()
  })
  return {
    get report() {
      return report
    },
    onDidChange: server.onDidChangeFleet,
    loaded() {
      const isKnown = server.state === "stopped" || (report !== undefined && isLoaded(report))
      return isKnown ? Promise.resolve(report) : new Promise(resolve => waiting.push(resolve))
    },
  }
}

function isLoaded(report: FleetReport): boolean {
  return 0 < hostsOf(report).length || report.fleets.every(({ status }) => status.kind !== "loading")
}

/** All hosts of all fleets. */
export function hostsOf(report: FleetReport | undefined): HostEntry[] {
  return (report?.fleets ?? []).flatMap(entry => (entry.fleet?.hosts ?? []).map(host => ({ entry, host })))
}

/** Why a fleet has no hosts, or only outdated ones, as a sentence; undefined if all is well. */
export function troubleOf(entry: FleetEntry): string | undefined {
  switch (entry.status.kind) {
    case "failed":
    case "interrupted":
    case "stopped":
      return entry.status.message
    case "ready":
      return outdatedHosts(entry) ?? noHosts(entry)
    case "loading":
      return outdatedHosts(entry)
  }
}

function outdatedHosts({ root, fleet, lastKnown }: FleetEntry): string | undefined {
  if (lastKnown === undefined) return undefined
  const which = fleet?.hosts.length === 0 ? "The hosts" : "Some hosts"
  return `${which} of ${basename(root)} are shown as last known: ${lastKnown.because}`
}

function noHosts({ root, fleet }: FleetEntry): string | undefined {
  return fleet?.noHosts && `No hosts were found in ${basename(root)}: ${fleet.noHosts}`
}
