// A whole server over in-memory streams, with a small fleet session behind the real port.

import { PassThrough } from "node:stream"
import { createConnection, HoverRequest, ProposedFeatures } from "vscode-languageserver/node"
import type { CancelFlag } from "../../server/src/base/index.js"
import {
  connectFleet,
  type FleetSession,
  type FromThread,
  type StartThread,
  serveFleet,
  type ToThread,
} from "../../server/src/fleet/index.js"
import { type Announcement, openedAhead, serve, type World } from "../../server/src/lsp/index.js"
import { connectClient, type TestClient } from "./client.js"
import { TextSession } from "./text-session.js"

function inProcess(open: (cancel: CancelFlag) => FleetSession): StartThread {
  return onMessage => {
    let listener: (message: ToThread) => void = () => {}
    let alive = true
    const post = (message: FromThread) => setImmediate(() => alive && onMessage(message))
    serveFleet({ post, onMessage: it => (listener = it) }, (_setup, cancel) => open(cancel))
    return {
      post: message => setImmediate(() => listener(message)),
      async terminate() {
        alive = false
      },
    }
  }
}

export interface Setting {
  readonly client: TestClient
  readonly disk: Map<string, string>
  connects: number
  /** URLs that were fetched. */
  readonly fetched: string[]
  /** Paths that fleets were told to have changed on disk. */
  readonly told: string[]
  /** Why nothing can be fetched. */
  refuses: string | undefined
}

/** Starts a server. @param announced what the client passed to its process */
export function start(files: Record<string, string>, announced?: Announcement): Setting {
  const disk = new Map(Object.entries(files))
  const toServer = new PassThrough()
  const toClient = new PassThrough()
  const connection = createConnection(ProposedFeatures.all, toServer, toClient)
  const setting: Setting = {
    client: connectClient(toClient, toServer),
    disk,
    connects: 0,
    fetched: [],
    told: [],
    refuses: undefined,
  }
  const world: World = {
    version: "0",
    isFile: path => disk.has(path),
    foldersIn: path => {
      const below = [...disk.keys()].filter(file => file.startsWith(`${path}/`))
      const names = below.map(file => file.slice(path.length + 1).split("/"))
      return [...new Set(names.flatMap(([name, ...rest]) => (rest.length > 0 ? [name] : [])))]
    },
    readText: path => disk.get(path),
    fetch: async wanted => {
      setting.fetched.push(String(wanted.ref.url))
      return setting.refuses
    },
    build: async staged => (staged.drvPath.includes("bad") ? "it is bad" : undefined),
    connect(setup) {
      setting.connects++
      return connectFleet(
        setup,
        inProcess(cancel => new TextSession(disk, cancel, setting.told)),
      )
    },
  }
  serve(connection, announced === undefined ? world : openedAhead(world, announced))
  connection.listen()
  return setting
}

export const uri = (path: string) => `file://${path}`
export const at = (line: number, character: number) => ({ line, character })
export const ready = (client: TestClient) =>
  client.report(report => report.fleets[0]?.status.kind === "ready")

/** The hover in the first line of a document, on its first name if not said otherwise; empty when there is none. */
export async function hoverText({ connection }: TestClient, path: string, character = 3): Promise<string> {
  const params = { textDocument: { uri: uri(path) }, position: at(0, character) }
  const contents = (await connection.sendRequest(HoverRequest.type, params))?.contents
  return typeof contents === "object" && "value" in contents ? contents.value : ""
}
