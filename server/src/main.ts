// The language server as a program: `node server.js --stdio`, or forked by VS Code with an ipc channel (`--node-ipc`).
//
// It hands the protocol layer what that layer must not know about: the disk, and threads to evaluate in. Started by start.ts.

import { rmSync } from "node:fs"
import { join } from "node:path"
import { createConnection, ProposedFeatures } from "vscode-languageserver/node"
import { version } from "../../package.json"
import { defaultFetchSettings } from "./fetch/fetch-settings.js"
import { FetchThread } from "./fetch/fetch-thread.js"
import { connectFleet, type StartThread } from "./fleet/index.js"
import { type Announcement, openedAhead, serve, type World } from "./lsp/index.js"
import { foldersIn } from "./machine/folders.js"
import { startLog } from "./machine/log-file.js"
import { isFile, readText } from "./machine/text-files.js"

/** Serves the client at the other end of stdio or of the ipc channel until it disconnects. */
export function runServer(threads: StartThread): void {
  startLog("server")
  const connection = createConnection(ProposedFeatures.all)
  const fetcher = new FetchThread(join(__dirname, "fetcher.js"), defaultFetchSettings())

  const world: World = {
    version,
    isFile,
    foldersIn,
    readText,
    connect: setup => connectFleet(setup, threads),
    async fetch(wanted, tokens, signal, report) {
      const outcome = await fetcher.fetch(wanted, tokens, signal, report)
      return typeof outcome === "string" ? outcome : undefined
    },
    build: (staged, signal) =>
      fetcher.build(staged, signal).finally(() => rmSync(staged.folder, { recursive: true, force: true })),
  }
  const announced = announcement()
  serve(connection, announced === undefined ? world : openedAhead(world, announced))
  connection.listen()
}

/** What our own client passes on the command line; other clients pass nothing. */
function announcement(): Announcement | undefined {
  const flag = "--announced="
  const given = process.argv.find(argument => argument.startsWith(flag))
  return given === undefined ? undefined : JSON.parse(given.slice(flag.length))
}
