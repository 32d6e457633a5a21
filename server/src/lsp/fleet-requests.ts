// The requests and notifications that Canopy adds to LSP (see protocol.ts): each handler finds its fleet, asks, and answers.

import { commandLine, deployCommands, planPage } from "../deploy/index.js"
import type { FileRole, Lock } from "../fleet/index.js"
import { optionPage } from "../ide/index.js"
import { command } from "./guard.js"
import type {
  BuildParams,
  BuildReport,
  ClientNotifications,
  FetchParams,
  FetchReport,
  FleetReport,
  OptionAtParams,
  OptionParams,
  OptionReport,
  PlanParams,
  PlanReport,
  WhyParams,
} from "./protocol.js"
import type { State } from "./server.js"

/** Registers them. */
export function listenForFleet(state: State): void {
  const { connection, fleets } = state
  connection.onRequest(
    "canopy/fleet",
    command<null, FleetReport>(() => fleets.report()),
  )
  connection.onRequest(
    "canopy/option",
    command<OptionParams, OptionReport>((...ask) => option(state, ...ask)),
  )
  connection.onRequest(
    "canopy/optionAt",
    command<OptionAtParams, string | null>((...ask) => optionAt(state, ...ask)),
  )
  connection.onRequest(
    "canopy/plan",
    command<PlanParams, PlanReport>((...ask) => plan(state, ...ask)),
  )
  connection.onRequest(
    "canopy/why",
    command<WhyParams, FileRole>(({ path }, signal) =>
      fleetOf(state, path).port.ask({ kind: "why", path }, { signal }),
    ),
  )
  connection.onRequest(
    "canopy/fetch",
    command<FetchParams, FetchReport>(({ root, tokens }, signal) =>
      fleetAt(state, root).supply.fetchInputs(tokens ?? {}, signal),
    ),
  )
  connection.onRequest(
    "canopy/lock",
    command<FetchParams, Lock>(({ root, tokens }, signal) =>
      fleetAt(state, root).supply.lock(tokens ?? {}, signal),
    ),
  )
  connection.onRequest(
    "canopy/build",
    command<BuildParams, BuildReport>(async ({ root, derivation }, signal) => {
      const failure = await fleetAt(state, root).supply.build(derivation, signal)
      return failure === undefined ? {} : { failure }
    }),
  )
  connection.onNotification("canopy/refresh", ({ restart }: ClientNotifications["canopy/refresh"]) =>
    fleets.refreshAll(restart),
  )
  connection.onNotification("canopy/stop", () => fleets.stopAll())
  connection.onNotification("canopy/trusted", () => fleets.trust())
}

async function option(
  state: State,
  { path, root }: OptionParams,
  signal: AbortSignal,
): Promise<OptionReport> {
  const open = fleetAt(state, root)
  const answer = await open.port.ask({ kind: "option", path }, { signal })
  const isNowhere = answer.hosts.length === 0 && answer.sets === undefined
  const { noHosts } = isNowhere ? await open.port.ask({ kind: "outline" }, { signal }) : {}
  return { answer, markdown: optionPage(answer, open.root, noHosts) }
}

/** Waits for the flake, which says what holds aspects: there, a path begins anew. */
async function optionAt(
  { documents, fleets }: State,
  { path, position }: OptionAtParams,
  signal: AbortSignal,
): Promise<string | null> {
  const document = documents.at(path)
  if (document === undefined) return null
  const open = fleets.ofPath(path)
  await open?.outlinedOnce(signal)
  return document.analysis.optionAt(document.text.offsetAt(position), open?.outline?.containers) ?? null
}

async function plan(state: State, { hosts, root }: PlanParams, signal: AbortSignal): Promise<PlanReport> {
  const open = fleetAt(state, root)
  const plan = await open.port.ask({ kind: "plan", hosts }, { signal })
  return {
    plan,
    markdown: planPage(plan),
    commands: deployCommands(plan).map(commandLine),
    folder: open.root,
  }
}

function fleetOf({ fleets }: State, path: string) {
  const open = fleets.ofPath(path)
  if (open === undefined) throw new Error("this file does not belong to an open fleet")
  return open
}

function fleetAt({ fleets }: State, root: string | undefined) {
  const open = fleets.at(root)
  if (open !== undefined) return open
  if (!fleets.report().trusted) throw new Error("this folder is not trusted, so nothing in it is evaluated")
  throw new Error("no fleet is open: there is no flake.nix in or above the folders of this window")
}
