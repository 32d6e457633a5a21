// What all commands on a fleet share: flags, the thread that evaluates, a line of progress, and failures as one message.

import { join } from "node:path"
import {
  connectFleet,
  type Fleet,
  type FleetPort,
  FleetUnavailable,
  noSuchHost,
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

/** The same flags as the usage of a command shows them. */
export const fleetUsage =
  "[--override-input NAME REF]... [--hosts KIND FILE#ATTR]...\n" +
  "[--allow-import-from-derivation] [--option NAME VALUE]... [--offline] [--stats]"

export type FleetFlag = keyof typeof fleetFlags

/**
 * Opens a fleet, asks it, and ends its thread. Meanwhile the last line of a terminal shows what a long question is doing.
 * @param reference a folder or a flake reference
 * @param ask may ask several questions; its result is the result of this function
 * @throws Failure when a question fails, UsageError for flags with wrong values
 */
export async function withFleet<T>(
  reference: string,
  given: Given<FleetFlag>,
  terminal: Terminal,
  ask: (fleet: FleetPort, progress: RequestOptions) => Promise<T>,
): Promise<T> {
  const since = performance.now()
  const setup = {
    root: fleetRoot(reference, process.cwd(), given),
    offline: given.has("--offline"),
    allowBuilds: allowsBuilds(given),
    thorough: true,
    overrideInputs: Object.fromEntries(given.pairs("--override-input")),
    folder: process.cwd(),
    hosts: hostPlaces(given),
  }
  const fleet = connectFleet(setup, threadsOf(join(__dirname, "worker.js")))
  const progress = progressLine(terminal)
  try {
    return await ask(fleet, progress)
  } catch (error) {
    if (error instanceof Failure) throw error
    // What a session or a plan refuses arrives as a plain Error. Other classes are bugs in this thread, and go on.
    if (error instanceof FleetUnavailable || (error instanceof Error && error.constructor === Error))
      throw new Failure(error.message)
    throw error
  } finally {
    progress.end()
    if (given.has("--stats")) terminal.err(stats(performance.now() - since))
    await fleet.dispose()
  }
}

/** Where `--hosts` says that hosts are: kind to `FILE#ATTR`. @throws UsageError for an unknown kind */
function hostPlaces(given: Given<FleetFlag>): Record<string, string> {
  const places = given.pairs("--hosts")
  const wrong = places.find(([kind]) => !hostKinds.includes(kind))
  if (wrong !== undefined)
    throw new UsageError(
      `'--hosts ${wrong[0]}': the kinds are ${hostKinds.map(kind => `'${kind}'`).join(", ")}`,
    )
  return Object.fromEntries(places)
}

const hostKinds: readonly string[] = ["nixos", "darwin", "homeManager", "hive", "outputs"]

/**
 * The fleet with its hosts.
 * @throws Failure when it has none because the flake itself does not evaluate
 */
export async function loadFleet(port: FleetPort, options: RequestOptions): Promise<Fleet> {
  const fleet = await port.ask({ kind: "load" }, options)
  if (fleet.hosts.length === 0) await whyEmpty(port, options)
  return fleet
}

/**
 * The hosts that `--host` names; undefined if it names none, which means all. Evaluates no host.
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
  // If the flake itself fails, its error says more than "no such host" would.
  if (hostNames.length > 0 && unknown !== undefined) throw new Failure(noSuchHost(unknown, hostNames))
  return names
}

/** Says why Nix would refuse the whole flake, where its inputs cannot be locked: what needs none of them has been answered. */
export async function warnIfUnlocked(
  port: FleetPort,
  terminal: Terminal,
  options: RequestOptions,
): Promise<void> {
  const { unlocked } = await port.ask({ kind: "outline" }, options)
  if (unlocked !== undefined) terminal.err(`warning: Nix would refuse this flake: ${unlocked}\n`)
}

/** Why a fleet has no hosts, as a line. @throws Failure if that is because the flake does not evaluate */
export async function whyEmpty(port: FleetPort, options: RequestOptions): Promise<string> {
  const { noHosts = "" } = await port.ask({ kind: "outline" }, options)
  const errors = (await port.ask({ kind: "check" }, options)).filter(({ severity }) => severity === "error")
  // Files that nobody imports, such as templates, may be wrong as well.
  const error = errors.find(({ message }) => noHosts.startsWith(message.split("\n", 1)[0])) ?? errors[0]
  if (error !== undefined) {
    const { file, range } = error
    throw new Failure(`${error.message}\n       at ${file}:${range.start.line}:${range.start.column}`)
  }
  return `this flake has no hosts: ${noHosts}\n`
}

/** Shows on the last line of a terminal what a long question is doing. Silent where stderr is no terminal. */
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
