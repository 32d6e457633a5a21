// The language server as the client sees it: started, restarted on request, and asked with the types of protocol.ts. If it does not
// start, or crashes too often, it is stopped. failures.ts says so once; hovers then simply show nothing.

import {
  type CancellationToken,
  type Disposable,
  type Event,
  EventEmitter,
  type Hover,
  type LogOutputChannel,
  type Position,
  type TextDocument,
  workspace,
} from "vscode"
import { HoverRequest, type LanguageClient } from "vscode-languageclient/node"
import type {
  ClientNotifications,
  FleetReport,
  Requests,
  ServerNotifications,
} from "../../server/src/lsp/protocol.js"
import { QuietClient, type ServerProcesses, type ServerState } from "./quiet-client.js"

// What evaluation reads besides open documents: modules, the lock, clan's inventory and vars, and which files git tracks.
const watched = ["**/*.nix", "**/flake.lock", "**/inventory.json", "**/vars/**", "**/.git/index"]
const fleetChanged: keyof ServerNotifications = "canopy/fleetChanged"

export interface Server extends Disposable {
  readonly state: ServerState
  readonly onDidChangeState: Event<ServerState>
  /** Starts the server, or restarts it. Resolves when it runs or is stopped; never rejects. */
  start(): Promise<void>
  /** Resolves once the start that is under way has succeeded or failed. */
  settled(): Promise<void>
  /**
   * Waits while the server starts. Rejects with the server's own message when it cannot answer, or is told not to.
   * @param token required, because an undefined one would be sent along as a second parameter
   */
  request<M extends keyof Requests>(
    method: M,
    params: Requests[M]["params"],
    token: CancellationToken,
  ): Promise<Requests[M]["result"]>
  notify<M extends keyof ClientNotifications>(method: M, params: ClientNotifications[M]): Promise<void>
  /** Waits while the server starts. Undefined if anything goes wrong. */
  hover(document: TextDocument, position: Position, token: CancellationToken): Promise<Hover | undefined>
  readonly onDidChangeFleet: Event<FleetReport>
}

/**
 * Creates the server without starting it.
 * @param processes starts a process of the server
 */
export function createServer(processes: ServerProcesses, output: LogOutputChannel): Server {
  const fleetChanges = new EventEmitter<FleetReport>()
  const stateChanges = new EventEmitter<ServerState>()
  const fileEvents = watched.map(pattern => workspace.createFileSystemWatcher(pattern))
  let state: ServerState = "starting"
  let client: QuietClient | undefined
  let started = Promise.resolve()

  const become = (next: ServerState) => {
    if (next === state) return
    state = next
    stateChanges.fire(next)
  }
  // A client that failed to start can neither be stopped nor started again, so every start gets a new one.
  const startAnew = async () => {
    become("starting")
    await client?.end()
    client = new QuietClient(
      processes,
      { outputChannel: output, synchronize: { configurationSection: "canopy", fileEvents } },
      become,
    )
    client.onNotification(fleetChanged, (report: FleetReport) => fleetChanges.fire(report))
    await client.begin()
  }
  const running = async () => {
    await started
    if (client === undefined || state === "stopped") throw new Error("the language server does not run")
    return client
  }
  return {
    get state() {
      return state
    },
    onDidChangeState: stateChanges.event,
    start: () => (started = startAnew()),
    settled: () => started,
    request: async (method, params, token) => (await running()).sendRequest(method, params, token),
    notify: async (method, params) => (await running()).sendNotification(method, params),
    hover: async (document, position, token) => {
      await started
      return client === undefined || state === "stopped"
        ? undefined
        : hoverOf(client, document, position, token)
    },
    onDidChangeFleet: fleetChanges.event,
    dispose() {
      for (const disposable of [...fileEvents, fleetChanges, stateChanges]) disposable.dispose()
      void client?.end()
    },
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
