// What all commands on a fleet share: their flags, the thread that evaluates, progress, and failures as one line.

import { join } from "node:path"
import {
  connectFleet,
  type Fleet,
  type FleetPort,
  FleetUnavailable,
  type Progress,
  type RequestOptions,
} from "../fleet/index.js"
import { threadsOf } from "../machine/thread.js"
import { type Given, UsageError } from "./arguments.js"
import { allowsBuilds, buildFlags } from "./build-flags.js"
import { Failure } from "./command.js"
import { fleetRoot } from "./flake-root.js"
import type { Terminal } from "./terminal.js"

export const fleetFlags = {
  "--override-input": 2,
  "--hosts": 2,
  "--offline": 0,
  "--stats": 0,
  ...buildFlags,
} as const

/** How the usage of a command names them. */
export const fleetUsage =
  "[--override-input NAME REF]... [--hosts KIND FILE#ATTR]...\n" +
  "[--allow-import-from-derivation] [--option NAME VALUE]... [--offline] [--stats]"

export type FleetFlag = keyof typeof fleetFlags

/**
 * Opens a fleet, asks it, and ends its thread. On a terminal the last line says meanwhile what a long question is at.
 * @param reference a folder or a flake reference
 * @throws Failure when a question fails
 */
export async function withFleet<T>(
  reference: string,
  given: Given<FleetFlag>,
  terminal: Terminal,
  ask: (fleet: FleetPort, progress: RequestOptions) => Promise<T>,
): Promise<T> {
  const since = performance.now()
  const setup = {
    root: fleetRoot(reference, process.cwd(), given.has("--hosts")),
    offline: given.has("--offline"),
    allowBuilds: allowsBuilds(given),
    thorough: true,
    overrideInputs: Object.fromEntries(given.pairs("--override-input")),
    hosts: hostPlaces(given),
  }
  const fleet = connectFleet(setup, threadsOf(join(__dirname, "worker.js")))
  const progress = progressLine(terminal)
  try {
    return await ask(fleet, progress)
  } catch (error) {
    if (error instanceof Failure) throw error
    // What a session or a plan refuses arrives as a plain Error; defects of this thread are other classes.
    if (error instanceof FleetUnavailable || (error instanceof Error && error.constructor === Error))
      throw new Failure(error.message)
    throw error
  } finally {
    progress.end()
    if (given.has("--stats")) terminal.err(stats(performance.now() - since))
    await fleet.dispose()
  }
}

/** @throws UsageError for a kind of hosts that there is not */
function hostPlaces(given: Given<FleetFlag>): Record<string, string> {
  const places = given.pairs("--hosts")
  const wrong = places.find(([kind]) => !hostKinds.includes(kind))
  if (wrong !== undefined)
    throw new UsageError(`'--hosts ${wrong[0]}': there are ${hostKinds.map(kind => `'${kind}'`).join(", ")}`)
  return Object.fromEntries(places)
}

const hostKinds: readonly string[] = ["nixos", "darwin", "homeManager", "hive", "outputs"]

/**
 * The fleet with its hosts.
 * @throws Failure when it has none because the flake itself does not evaluate
 */
export async function loadFleet(port: FleetPort, options: RequestOptions): Promise<Fleet> {
  const fleet = await port.ask({ kind: "load" }, options)
  if (fleet.hosts.length === 0) await sayWhyEmpty(port, options)
  return fleet
}

/**
 * Names of hosts as they were given; undefined if none were, which asks all. Evaluates none of them.
 * @throws Failure for a name that no host has
 */
export async function namedHosts(
  port: FleetPort,
  given: Given<"--host">,
  options: RequestOptions,
): Promise<readonly string[] | undefined> {
  const names = given.all("--host")
  if (names.length === 0) return undefined
  const { hostNames } = await port.ask({ kind: "outline" }, options)
  const unknown = names.find(name => !hostNames.includes(name))
  // A flake that fails says more than that there is no such host.
  if (hostNames.length > 0 && unknown !== undefined) throw new Failure(`there is no host '${unknown}'`)
  return names
}

/** @throws Failure when the flake itself does not evaluate, and so has no hosts */
export async function sayWhyEmpty(port: FleetPort, options: RequestOptions): Promise<void> {
  const error = (await port.ask({ kind: "check" }, options)).find(({ severity }) => severity === "error")
  if (error === undefined) return
  const { file, range } = error
  throw new Failure(`${error.message}\n       at ${file}:${range.start.line}:${range.start.column}`)
}

/** Shows what a long question is at, on the last line of a terminal; silent elsewhere. */
function progressLine(terminal: Terminal): {
  onProgress: (progress: Progress) => void
  end: () => void
} {
  if (!terminal.asks) return { onProgress: () => {}, end: () => {} }
  const clear = "\r\x1b[K"
  return {
    onProgress: ({ message, done, total }) =>
      terminal.err(`${clear}${message}${total === undefined ? "" : ` (${(done ?? 0) + 1} of ${total})`}`),
    end: () => terminal.err(clear),
  }
}

function stats(ms: number): string {
  const peakMb = process.resourceUsage().maxRSS / 1024
  return `ms to answer      ${ms.toFixed(1).padStart(12)}\npeak memory, MB   ${peakMb.toFixed(0).padStart(12)}\n`
}
