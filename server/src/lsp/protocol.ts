// What Canopy adds to LSP: the types that client and server share. Types only, so that the client bundles no server code.

import type { FileRole, Fleet, Lock, OptionAnswer, Plan } from "../fleet/index.js"
import type { FindingCommand } from "../ide/index.js"

export type {
  Aspect,
  Fleet,
  Host,
  HostClass,
  HostPlan,
  OptionAnswer,
  Plan,
  PlanStep,
  SourcePlace,
} from "../fleet/index.js"

/** What the client knows and the server cannot ask for; `initializationOptions`. Absent means a trusted folder and defaults. */
export interface InitializationOptions {
  /** False while VS Code holds the folder in Restricted Mode: nothing is evaluated, run or fetched. */
  readonly trusted?: boolean
  readonly settings?: Partial<ServerSettings>
}

/** What the client is going to send with `initialize`, passed to the server's process as it starts: `--announced=JSON`. */
export interface Announcement {
  /** Absolute paths of the workspace's folders. */
  readonly folders: readonly string[]
  readonly trusted: boolean
  readonly settings: ServerSettings
}

/** The part of the user's settings (`canopy.*`) that the server reads. */
export interface ServerSettings {
  readonly evaluation: {
    /** Never fetch an input. */
    readonly offline: boolean
    /** Input name to flake reference. */
    readonly overrideInputs: Readonly<Record<string, string>>
    /** Where hosts are in a folder without a flake: kind (`nixos`, `hive`, ..) to `FILE#ATTRIBUTE`. */
    readonly hosts?: Readonly<Record<string, string>>
    /** Whether the person may be offered to build what evaluation imports. */
    readonly builds?: "ask" | "never"
  }
}

/** How one fleet is doing. `message` is a sentence for people. */
export type FleetStatus =
  | { readonly kind: "loading"; readonly message?: string }
  | { readonly kind: "ready" }
  /** The entry still has the last fleet known, if any. */
  | { readonly kind: "failed"; readonly message: string }
  /** The person stopped it before it was done: what is known is not all, or not the latest. */
  | { readonly kind: "interrupted"; readonly message: string }
  /** Evaluation crashed too often; *Refresh* starts it again. */
  | { readonly kind: "stopped"; readonly message: string }

export interface FleetEntry {
  /** Absolute path of the folder that holds flake.nix. */
  readonly root: string
  readonly status: FleetStatus
  /** Whether it is loaded or checked just now, which `canopy/stop` would end. */
  readonly isBusy: boolean
  readonly fleet?: Fleet
  readonly lastKnown?: LastKnown
}

/** Hosts that `fleet` may lack only because something in it cannot be evaluated now. */
export interface LastKnown {
  /** The fleet when all of it could be evaluated last, with these hosts alone. */
  readonly fleet: Fleet
  /** Why it cannot be now, on one line. */
  readonly because: string
}

export interface FleetReport {
  readonly trusted: boolean
  readonly fleets: readonly FleetEntry[]
}

export interface OptionParams {
  readonly path: string
  /** Which fleet; the first one when absent. */
  readonly root?: string
}

export interface OptionReport {
  readonly answer: OptionAnswer
  /** The answer as a page of Markdown. */
  readonly markdown: string
}

export interface OptionAtParams {
  /** Absolute path of an open file. */
  readonly path: string
  readonly position: { readonly line: number; readonly character: number }
}

export interface WhyParams {
  /** Absolute path of the file. */
  readonly path: string
}

export interface PlanParams {
  readonly hosts: readonly string[]
  readonly root?: string
}

export interface PlanReport {
  readonly plan: Plan
  /** The plan as a page of Markdown. */
  readonly markdown: string
  /** What to run in a terminal in `folder` once the person said yes: command lines, quoted for a POSIX shell. */
  readonly commands: readonly string[]
  readonly folder: string
}

export interface FetchParams {
  readonly root?: string
  /** By host, for sources that need a login. */
  readonly tokens?: Readonly<Record<string, string>>
}

export interface FetchReport {
  readonly fetched: number
  /** Why the others did not come, each a sentence. */
  readonly failures: readonly string[]
}

export interface BuildParams {
  readonly root?: string
  /** Path of the derivation, as a finding names it. */
  readonly derivation: string
}

export interface BuildReport {
  /** Why there is no result. */
  readonly failure?: string
}

/** Requests from client to server, by method. */
export interface Requests {
  readonly "canopy/fleet": { readonly params: null; readonly result: FleetReport }
  readonly "canopy/option": { readonly params: OptionParams; readonly result: OptionReport }
  /** The path of the option that is set, declared or read at a position; null if there is none. */
  readonly "canopy/optionAt": { readonly params: OptionAtParams; readonly result: string | null }
  /** What a file is to its fleet. */
  readonly "canopy/why": { readonly params: WhyParams; readonly result: FileRole }
  readonly "canopy/plan": { readonly params: PlanParams; readonly result: PlanReport }
  /** Fetches inputs that are missing; the person asked for it. */
  readonly "canopy/fetch": { readonly params: FetchParams; readonly result: FetchReport }
  /** Fetches what is needed for it, and says what flake.lock has to say; the person asked for it. */
  readonly "canopy/lock": { readonly params: FetchParams; readonly result: Lock }
  /** Builds what evaluation imports; the person asked for it. */
  readonly "canopy/build": { readonly params: BuildParams; readonly result: BuildReport }
}

/** Notifications from client to server, by method. */
export interface ClientNotifications {
  /** Evaluate everything again; `restart` throws away all that was computed. */
  readonly "canopy/refresh": { readonly restart: boolean }
  /** End what goes on unasked: loading, checking, fetching. */
  readonly "canopy/stop": null
  /** The person trusts the folder now. */
  readonly "canopy/trusted": null
}

/** Notifications from server to client, by method. */
export interface ServerNotifications {
  readonly "canopy/fleetChanged": FleetReport
}

/** The command of the code action that deploys a host; its only argument is `DeployArguments`. */
export type DeployCommand = "canopy.deployHost"

/** The command of the code actions that mend a finding; its only argument is `FixArguments`. */
export type FixCommand = "canopy.fix"

export interface FixArguments {
  readonly root: string
  readonly fix: FindingCommand
}

export interface DeployArguments {
  readonly host: string
  readonly root?: string
}
