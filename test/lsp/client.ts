// A language client for tests: speaks the protocol over two streams, and remembers the server's notifications.

import type { Readable, Writable } from "node:stream"
import {
  createProtocolConnection,
  type Diagnostic,
  DidChangeTextDocumentNotification,
  DidOpenTextDocumentNotification,
  type FileSystemWatcher,
  InitializedNotification,
  type InitializeParams,
  InitializeRequest,
  type InitializeResult,
  type ProtocolConnection,
  PublishDiagnosticsNotification,
  type PublishDiagnosticsParams,
  RegistrationRequest,
  StreamMessageReader,
  StreamMessageWriter,
  UnregistrationRequest,
} from "vscode-languageserver/node"
import type { FleetReport, InitializationOptions } from "../../server/src/lsp/protocol.js"

export interface TestClient {
  readonly connection: ProtocolConnection
  initialize(folders: readonly string[], options?: InitializationOptions): Promise<InitializeResult>
  open(uri: string, text: string): Promise<void>
  /** Replaces the whole text, or the range given in `change`. */
  change(uri: string, version: number, change: { text: string; range?: DidChange["range"] }): Promise<void>
  /** The list of diagnostics for `uri` that passes: the newest one, or the first one to come. */
  diagnostics(uri: string, passes: (list: Diagnostic[], version?: number) => boolean): Promise<Diagnostic[]>
  /** Patterns of the files that the server asked to watch. */
  watched(): string[]
  /** The fleet report that passes: the newest one, or the first one to come. */
  report(passes: (report: FleetReport) => boolean): Promise<FleetReport>
}

interface DidChange {
  range: { start: { line: number; character: number }; end: { line: number; character: number } }
}

/** A client of the server that writes to `output` and reads from `input`. */
export function connectClient(output: Readable, input: Writable): TestClient {
  const connection = createProtocolConnection(new StreamMessageReader(output), new StreamMessageWriter(input))
  const published = new Log<PublishDiagnosticsParams>()
  const reports = new Log<FleetReport>()
  connection.onNotification(PublishDiagnosticsNotification.type, params => published.add(params))
  connection.onNotification("canopy/fleetChanged", (report: FleetReport) => reports.add(report))
  const watchers = new Map<string, readonly FileSystemWatcher[]>()
  connection.onRequest(RegistrationRequest.type, ({ registrations }) => {
    for (const { id, registerOptions } of registrations) watchers.set(id, registerOptions.watchers)
  })
  connection.onRequest(UnregistrationRequest.type, ({ unregisterations }) => {
    for (const { id } of unregisterations) watchers.delete(id)
  })
  connection.listen()
  return {
    connection,
    async initialize(folders, options) {
      const result = await connection.sendRequest(InitializeRequest.type, initializeParams(folders, options))
      await connection.sendNotification(InitializedNotification.type, {})
      return result
    },
    open: (uri, text) =>
      connection.sendNotification(DidOpenTextDocumentNotification.type, {
        textDocument: { uri, languageId: "nix", version: 1, text },
      }),
    change: (uri, version, change) =>
      connection.sendNotification(DidChangeTextDocumentNotification.type, {
        textDocument: { uri, version },
        contentChanges: [change],
      }),
    diagnostics: async (uri, passes) =>
      (await published.find(it => it.uri === uri && passes(it.diagnostics, it.version))).diagnostics,
    watched: () => [...watchers.values()].flat().map(({ globPattern }) => String(globPattern)),
    report: passes => reports.find(passes),
  }
}

function initializeParams(folders: readonly string[], options?: InitializationOptions): InitializeParams {
  return {
    processId: process.pid,
    rootUri: null,
    capabilities: {
      workspace: { workspaceFolders: true, didChangeWatchedFiles: { dynamicRegistration: true } },
    },
    workspaceFolders: folders.map(uri => ({ uri, name: uri })),
    ...(options === undefined ? {} : { initializationOptions: options }),
  }
}

/** All that was said; a search takes the newest item that passes, or waits for the first one to come. */
class Log<T> {
  private readonly items: T[] = []
  private waiting: ((item: T) => void)[] = []

  add(item: T): void {
    this.items.push(item)
    for (const wait of this.waiting) wait(item)
  }

  find(passes: (item: T) => boolean): Promise<T> {
    const known = this.items.findLast(passes)
    if (known !== undefined) return Promise.resolve(known)
    return new Promise(resolve => {
      const wait = (item: T) => {
        if (!passes(item)) return
        this.waiting = this.waiting.filter(other => other !== wait)
        resolve(item)
      }
      this.waiting.push(wait)
    })
  }
}
