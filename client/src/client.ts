// The language server as the client holds it: started, restarted on request, asked in the words of protocol.ts.

import {
  type CancellationToken,
  type DocumentFilter,
  type Event,
  EventEmitter,
  type Hover,
  type LogOutputChannel,
  type Position,
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

const documents: readonly { scheme: string; language: string }[] = [{ scheme: "file", language: "nix" }]
const fleetChanged: keyof ServerNotifications = "canopy/fleetChanged"

/** Gives a process that speaks the protocol: every start of the server asks for one. */
export type ServerProcesses = Extract<ServerOptions, (...args: never[]) => unknown>

export interface Server {
  /** What it knows about. */
  readonly documents: readonly DocumentFilter[]
  /** Resolves when the server answers. */
  start(): Promise<void>
  /** Waits while the server starts. Rejects with the server's own message when it cannot answer. */
  request<M extends keyof Requests>(method: M, params: Requests[M]["params"]): Promise<Requests[M]["result"]>
  notify<M extends keyof ClientNotifications>(method: M, params: ClientNotifications[M]): Promise<void>
  restart(): Promise<void>
  stop(): Promise<void>
  /** Waits while the server starts. What goes wrong is no hover. */
  hover(document: TextDocument, position: Position, token: CancellationToken): Promise<Hover | undefined>
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
  // The client refuses what comes while it stops, to be started again.
  let starting = Promise.resolve()
  return {
    documents,
    start: () => (starting = client.start()),
    request: async (method, params) => {
      await starting
      return client.sendRequest(method, params)
    },
    notify: async (method, params) => {
      await starting
      return client.sendNotification(method, params)
    },
    restart: () => (starting = client.restart()),
    stop: () => client.stop(),
    hover: async (document, position, token) => {
      await starting
      return hoverOf(client, document, position, token)
    },
    onDidChangeFleet: fleetEmitter.event,
    onDidChangeRunning: runningEmitter.event,
  }
}

async function hoverOf(
  client: LanguageClient,
  document: TextDocument,
  position: Position,
  token: CancellationToken,
): Promise<Hover | undefined> {
  const asked = client.code2ProtocolConverter.asTextDocumentPositionParams(document, position)
  try {
    return client.protocol2CodeConverter.asHover(await client.sendRequest(HoverRequest.type, asked, token))
  } catch (error) {
    return client.handleFailedRequest(HoverRequest.type, token, error, undefined)
  }
}

function createClient(processes: ServerProcesses, output: LogOutputChannel): LanguageClient {
  // What evaluation reads, besides what is open: modules, the lock, clan's inventory and vars, and which files git tracks.
  const watched = ["**/*.nix", "**/flake.lock", "**/inventory.json", "**/vars/**", "**/.git/index"]
  return new LanguageClient("canopy", "Canopy", processes, {
    documentSelector: [...documents],
    // Hovers are answered from before the server runs, see hovers.ts.
    middleware: { provideHover: () => undefined },
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
