// The language server as the client holds it: started from the bundle beside this one, restarted on request, asked in
// the words of protocol.ts.

import { join } from "node:path"
import { type Event, EventEmitter, type LogOutputChannel, workspace } from "vscode"
import { LanguageClient, State, TransportKind } from "vscode-languageclient/node"
import type {
  ClientNotifications,
  FleetReport,
  InitializationOptions,
  Requests,
  ServerNotifications,
} from "../../server/src/lsp/protocol.js"
import { serverSettings } from "./settings.js"

const fleetChanged: keyof ServerNotifications = "canopy/fleetChanged"

export interface Server {
  /** Resolves when the server answers. */
  start(): Promise<void>
  /** Rejects with the server's own message when it cannot answer. */
  request<M extends keyof Requests>(method: M, params: Requests[M]["params"]): Promise<Requests[M]["result"]>
  notify<M extends keyof ClientNotifications>(method: M, params: ClientNotifications[M]): Promise<void>
  restart(): Promise<void>
  stop(): Promise<void>
  readonly onDidChangeFleet: Event<FleetReport>
  /** Whether the server runs: false while it starts, after a crash, and once it is stopped. */
  readonly onDidChangeRunning: Event<boolean>
}

/** The server of the extension that is installed in `folder`, not yet started. */
export function createServer(folder: string, output: LogOutputChannel): Server {
  const fleetEmitter = new EventEmitter<FleetReport>()
  const runningEmitter = new EventEmitter<boolean>()
  const client = createClient(folder, output)
  client.onNotification(fleetChanged, (report: FleetReport) => fleetEmitter.fire(report))
  client.onDidChangeState(({ newState }) => runningEmitter.fire(newState === State.Running))
  return {
    start: () => client.start(),
    request: (method, params) => client.sendRequest(method, params),
    notify: (method, params) => client.sendNotification(method, params),
    restart: () => client.restart(),
    stop: () => client.stop(),
    onDidChangeFleet: fleetEmitter.event,
    onDidChangeRunning: runningEmitter.event,
  }
}

function createClient(folder: string, output: LogOutputChannel): LanguageClient {
  const run = { module: join(folder, "dist", "server.js"), transport: TransportKind.ipc }
  const debug = { ...run, options: { execArgv: ["--nolazy", "--inspect=6009"] } }
  // What evaluation reads, besides what is open: modules, the lock, clan's inventory and vars, and which files git tracks.
  const watched = ["**/*.nix", "**/flake.lock", "**/inventory.json", "**/vars/**", "**/.git/index"]
  return new LanguageClient(
    "canopy",
    "Canopy",
    { run, debug },
    {
      documentSelector: [{ scheme: "file", language: "nix" }],
      outputChannel: output,
      initializationOptions,
      synchronize: {
        configurationSection: "canopy",
        fileEvents: watched.map(pattern => workspace.createFileSystemWatcher(pattern)),
      },
    },
  )
}

// A function, so that a restarted server learns what is true by then.
function initializationOptions(): InitializationOptions {
  return { trusted: workspace.isTrusted, settings: serverSettings() }
}
