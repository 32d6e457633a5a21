// The language server as the client holds it: started, restarted on request, asked in the words of protocol.ts.

import {
  type Event,
  EventEmitter,
  type HoverProvider,
  type LogOutputChannel,
  type TextDocument,
  workspace,
} from "vscode"
import { HoverRequest, LanguageClient, type ServerOptions, State } from "vscode-languageclient/node"
import type {
  ClientNotifications,
  FleetReport,
  InitializationOptions,
  Requests,
  ServerNotifications,
} from "../../server/src/lsp/protocol.js"
import { serverSettings } from "./settings.js"

const fleetChanged: keyof ServerNotifications = "canopy/fleetChanged"

/** Gives a process that speaks the protocol: every start of the server asks for one. */
export type ServerProcesses = Extract<ServerOptions, (...args: never[]) => unknown>

export interface Server {
  /** Resolves when the server answers. */
  start(): Promise<void>
  /** Rejects with the server's own message when it cannot answer. */
  request<M extends keyof Requests>(method: M, params: Requests[M]["params"]): Promise<Requests[M]["result"]>
  notify<M extends keyof ClientNotifications>(method: M, params: ClientNotifications[M]): Promise<void>
  restart(): Promise<void>
  stop(): Promise<void>
  /** What answers hovers in a document while the server runs. */
  hoversIn(document: TextDocument): HoverProvider | undefined
  readonly onDidChangeFleet: Event<FleetReport>
  /** Whether the server runs: false while it starts, after a crash, and once it is stopped. */
  readonly onDidChangeRunning: Event<boolean>
}

/**
 * The server, not yet started.
 * @param processes gives a process of it
 */
export function createServer(processes: ServerProcesses, output: LogOutputChannel): Server {
  const fleetEmitter = new EventEmitter<FleetReport>()
  const runningEmitter = new EventEmitter<boolean>()
  const client = createClient(processes, output)
  client.onNotification(fleetChanged, (report: FleetReport) => fleetEmitter.fire(report))
  client.onDidChangeState(({ newState }) => runningEmitter.fire(newState === State.Running))
  return {
    start: () => client.start(),
    request: (method, params) => client.sendRequest(method, params),
    notify: (method, params) => client.sendNotification(method, params),
    restart: () => client.restart(),
    stop: () => client.stop(),
    hoversIn: document => client.getFeature(HoverRequest.method).getProvider(document),
    onDidChangeFleet: fleetEmitter.event,
    onDidChangeRunning: runningEmitter.event,
  }
}

function createClient(processes: ServerProcesses, output: LogOutputChannel): LanguageClient {
  // What evaluation reads, besides what is open: modules, the lock, clan's inventory and vars, and which files git tracks.
  const watched = ["**/*.nix", "**/flake.lock", "**/inventory.json", "**/vars/**", "**/.git/index"]
  return new LanguageClient("canopy", "Canopy", processes, {
    documentSelector: [{ scheme: "file", language: "nix" }],
    outputChannel: output,
    initializationOptions,
    synchronize: {
      configurationSection: "canopy",
      fileEvents: watched.map(pattern => workspace.createFileSystemWatcher(pattern)),
    },
  })
}

// A function, so that a restarted server learns what is true by then.
function initializationOptions(): InitializationOptions {
  return { trusted: workspace.isTrusted, settings: serverSettings() }
}
