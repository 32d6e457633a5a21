// A session with the server as it is shipped: the bundle, over stdio, in its own process, on the example fleet.
//
// Working sources do not mean a working bundle (a missing file beside it, the wrong variant of a module), so this starts
// dist/server.js and nothing else.

import assert from "node:assert/strict"
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process"
import { existsSync, readFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { pathToFileURL } from "node:url"
import {
  DocumentSymbolRequest,
  ExitNotification,
  FoldingRangeRequest,
  HoverRequest,
  ShutdownRequest,
} from "vscode-languageserver/node"
import { connectClient, type TestClient } from "./client.js"
import "../harness/own-cache.js"

const repository = dirname(dirname(__dirname))
const server = join(repository, "dist/server.js")
const example = join(repository, "examples/fleet")
const uriOf = (file: string) => pathToFileURL(join(example, file)).href

describe("a session with the bundle over stdio", function () {
  this.timeout(60_000)
  let child: ChildProcessWithoutNullStreams
  let client: TestClient

  before(() => {
    assert(existsSync(server), "dist/server.js is missing: npm run build")
    child = spawn(process.execPath, [server, "--stdio"], { stdio: "pipe" })
    client = connectClient(child.stdout, child.stdin)
  })
  after(() => child.kill())

  it("begins with what the server can do", async () => {
    const { capabilities, serverInfo } = await client.initialize([pathToFileURL(example).href])
    assert.equal(serverInfo?.name, "canopy")
    assert.equal(capabilities.hoverProvider, true)
    assert.deepEqual(capabilities.textDocumentSync, { openClose: true, change: 2 })
  })

  it("reports the example's hosts", async () => {
    const report = await client.report(report => ["ready", "failed"].includes(report.fleets[0]?.status.kind))
    assert.deepEqual(report.fleets[0].status, { kind: "ready" })
    const names = report.fleets[0].fleet?.hosts.map(host => host.name) ?? []
    for (const name of [
      "cinnabar",
      "electrum",
      "galena",
      "scheelite",
      "argentum",
      "blackphos",
      "rosegold",
      "stibnite",
    ])
      assert(names.includes(name), `${name} is missing among ${names.join(", ")}`)
  })

  it("shows a syntax error while it is there", async () => {
    const uri = uriOf("modules/system/ssh.nix")
    const text = readFileSync(join(example, "modules/system/ssh.nix"), "utf8")
    await client.open(uri, `${text}\n}`)
    const list = await client.diagnostics(uri, (list, version) => version === 1 && 0 < list.length)
    assert.equal(list[0].severity, 1)
    await client.change(uri, 2, { text })
    await client.diagnostics(
      uri,
      (list, version) => version === 2 && list.every(problem => problem.severity !== 1),
    )
  })

  it("hovers an option with its value on every host that has the module", async () => {
    const uri = uriOf("modules/system/ssh.nix")
    const text = readFileSync(join(example, "modules/system/ssh.nix"), "utf8")
    const first = performance.now()
    const markdown = await hoverAt(uri, text, "PermitRootLogin")
    const times = [performance.now() - first]
    for (const word of ["LogLevel", "X11Forwarding", "allowedTCPPorts", "PermitRootLogin", "LogLevel"]) {
      const asked = performance.now()
      await hoverAt(uri, text, word)
      times.push(performance.now() - asked)
    }
    const rounded = times.map(time => time.toFixed(0))
    process.stdout.write(
      `      hover, from request to answer: first ${rounded[0]} ms, then ${rounded.slice(1).join(", ")} ms\n`,
    )
    for (const host of ["cinnabar", "electrum", "galena", "scheelite"])
      assert.match(markdown, new RegExp(host))
  })

  it("hovers with the hosts that have a module as the files say now, before the fleet is loaded again", async () => {
    const [ssh, galena] = ["modules/system/ssh.nix", "modules/machines/nixos/galena/default.nix"]
    const [text, before] = [ssh, galena].map(file => readFileSync(join(example, file), "utf8"))
    await client.open(uriOf(galena), before)
    await client.change(uriOf(galena), 2, { text: before.replace("        server\n", "") })
    const without = await hoverAt(uriOf(ssh), text, "LogLevel")
    assert.match(without, /electrum/)
    assert.doesNotMatch(without, /galena/)
    await client.change(uriOf(galena), 3, { text: before })
    assert.match(await hoverAt(uriOf(ssh), text, "LogLevel"), /galena/)
  })

  it("outlines and folds the document", async () => {
    const textDocument = { uri: uriOf("modules/system/ssh.nix") }
    const symbols = await client.connection.sendRequest(DocumentSymbolRequest.type, { textDocument })
    assert(symbols !== null && 0 < symbols.length)
    const folds = await client.connection.sendRequest(FoldingRangeRequest.type, { textDocument })
    assert(folds !== null && 0 < folds.length)
  })

  it("ends when it is told to", async () => {
    const ended = new Promise(resolve => child.once("exit", resolve))
    await client.connection.sendRequest(ShutdownRequest.type)
    await client.connection.sendNotification(ExitNotification.type)
    assert.equal(await ended, 0)
  })

  async function hoverAt(uri: string, text: string, word: string): Promise<string> {
    const before = text.slice(0, text.indexOf(word)).split("\n")
    const position = { line: before.length - 1, character: before[before.length - 1].length + 1 }
    const hover = await client.connection.sendRequest(HoverRequest.type, { textDocument: { uri }, position })
    const contents = hover?.contents
    return typeof contents === "object" && "value" in contents ? contents.value : ""
  }
})
