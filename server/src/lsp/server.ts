// The language server: what it can do, and who handles it. Every handler translates, asks, and translates back.
//
// State is in three places: documents, fleets, and published diagnostics. Events flow in this direction only.

import {
  type Connection,
  FileChangeType,
  type FileEvent,
  type InitializeParams,
  type InitializeResult,
  TextDocumentSyncKind,
} from "vscode-languageserver"
import { log, onBug } from "../base/index.js"
import { Diagnostics } from "./diagnostics.js"
import { Documents } from "./documents.js"
import { listenForFeatures } from "./features.js"
import { FileWatches } from "./file-watches.js"
import { listenForFleet } from "./fleet-requests.js"
import { Fleets } from "./fleets.js"
import { gitIndexOf } from "./git-index.js"
import { pathOf } from "./positions.js"
import { progressAt } from "./progress.js"
import type { InitializationOptions } from "./protocol.js"
import { readSettings } from "./settings.js"
import type { World } from "./world.js"

/** What the handlers work with. */
export interface State {
  readonly connection: Connection
  readonly world: World
  readonly documents: Documents
  readonly fleets: Fleets
  readonly diagnostics: Diagnostics
}

/** Serves one client on `connection` until it disconnects. The caller starts listening. */
export function serve(connection: Connection, world: World): void {
  onBug(message => connection.console.error(message))
  connection.onInitialize(params => {
    log("time", () => "initialize")
    const state = createState(connection, world, params)
    state.documents.listen(connection)
    listenForFeatures(state)
    listenForFleet(state)
    listenForWorkspace(state, params)
    return capabilities(world)
  })
}

function createState(connection: Connection, world: World, params: InitializeParams): State {
  const { trusted = true, settings } = (params.initializationOptions ?? {}) as InitializationOptions
  const documents: Documents = new Documents({
    opened(document) {
      diagnostics.publish(document.path)
      if (world.readText(document.path) !== document.text.getText())
        fleets.setText(document.path, document.text.getText())
      else fleets.ofPath(document.path)
    },
    changed(document, changes) {
      diagnostics.edited(document, changes)
      fleets.setText(document.path, document.text.getText())
    },
    closed(path, uri) {
      diagnostics.closed(path, uri)
      fleets.setText(path, undefined)
    },
  })
  const watches = new FileWatches(connection, params.capabilities.workspace?.didChangeWatchedFiles ?? {})
  const fleets: Fleets = new Fleets(
    world,
    {
      changed: () => void connection.sendNotification("canopy/fleetChanged", fleets.report()),
      found: (root, findings, checked) => diagnostics.setFindings(root, findings, checked),
      watched: (root, paths, begun) => watches.watch(root, paths, gitIndexOf(root, world), begun),
      closed(root) {
        diagnostics.setFindings(root, [])
        watches.unwatch(root)
      },
      working: progressAt(connection, params.capabilities.window?.workDoneProgress === true),
    },
    readSettings(settings),
    trusted,
  )
  const diagnostics: Diagnostics = new Diagnostics(connection, documents, path => world.readText(path))
  return { connection, world, documents, fleets, diagnostics }
}

function listenForWorkspace(state: State, params: InitializeParams): void {
  const { connection, documents, diagnostics, fleets, world } = state
  const folders = new Set((params.workspaceFolders ?? []).map(folder => folder.uri))
  const tell = () => fleets.setFolders([...folders].flatMap(uri => pathOf(uri) ?? []))
  // A client that sends its settings here need not be asked for them: evaluation begins right after the answer.
  const { settings } = (params.initializationOptions ?? {}) as InitializationOptions
  if (settings !== undefined) setImmediate(tell)
  connection.onInitialized(async () => {
    log("time", () => "initialized")
    if (params.capabilities.workspace?.workspaceFolders) {
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        for (const folder of removed) folders.delete(folder.uri)
        for (const folder of added) folders.add(folder.uri)
        tell()
      })
    }
    if (params.capabilities.workspace?.configuration) await pullSettings(connection, fleets)
    log("time", () => "settings known")
    tell()
  })
  connection.onDidChangeConfiguration(() => void pullSettings(connection, fleets))
  connection.onDidChangeWatchedFiles(({ changes }) => {
    const news = changes.flatMap(change => newsOf(change, fleets))
    for (const path of news) diagnostics.replaced(path)
    if (news.length > 0) fleets.filesChanged(news)
    // What the person sees counts, until the editor shows what is on disk.
    for (const { path, text } of documents.all())
      if (news.includes(path) && world.readText(path) !== text.getText()) fleets.setText(path, text.getText())
  })
  connection.onShutdown(() => fleets.dispose())
}

/** The path of a file that changed; none if evaluation has its text already, because it was typed before it was saved. */
function newsOf({ uri, type }: FileEvent, fleets: Fleets): string[] {
  const path = pathOf(uri)
  return path === undefined || (type === FileChangeType.Changed && fleets.isSaved(path)) ? [] : [path]
}

async function pullSettings(connection: Connection, fleets: Fleets): Promise<void> {
  fleets.setSettings(readSettings(await connection.workspace.getConfiguration("canopy")))
}

function capabilities(world: World): InitializeResult {
  return {
    serverInfo: { name: "canopy", version: world.version },
    capabilities: {
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
      hoverProvider: true,
      codeActionProvider: true,
      documentSymbolProvider: true,
      foldingRangeProvider: true,
      documentLinkProvider: {},
      workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
    },
  }
}
