// The protocol over in-memory streams: a whole server, a small fleet session behind the real port, no disk and no threads.

import assert from "node:assert/strict"
import { PassThrough } from "node:stream"
import { createConnection, ProposedFeatures } from "vscode-languageserver/node"
import {
  CodeActionRequest,
  DidChangeWatchedFilesNotification,
  HoverRequest,
  LSPErrorCodes,
  ResponseError,
  ShutdownRequest,
} from "vscode-languageserver-protocol"
import { type CancelFlag, Cancelled } from "../../server/src/base/index.js"
import {
  connectFleet,
  type Finding,
  type Fleet,
  type FleetAspects,
  type FleetSession,
  type FromThread,
  type Host,
  type OptionAnswer,
  type SourceRequest,
  type StartThread,
  serveFleet,
  type ToThread,
} from "../../server/src/fleet/index.js"
import { serve, type World } from "../../server/src/lsp/index.js"
import type { OptionReport, PlanReport } from "../../server/src/lsp/protocol.js"
import { connectClient, type TestClient } from "./client.js"

const galena: Host = {
  name: "galena",
  class: "nixos",
  system: "x86_64-linux",
  tags: [],
  target: "root@galena.zt",
  aspects: ["base"],
  modules: 3,
}

/** A fleet of one host that says of `port` what a.nix has behind it, and finds fault with every `BAD`. */
class TextSession implements FleetSession {
  private readonly unsaved = new Map<string, string>()
  loads = 0

  constructor(
    private readonly disk: Map<string, string>,
    private readonly cancel: CancelFlag,
  ) {}

  outline() {
    return { root: "/fleet", containers: [] }
  }

  importers() {
    return []
  }

  async load(): Promise<Fleet> {
    this.loads++
    if (this.text("/fleet/flake.nix").includes("ENDLESS")) await this.untilCancelled()
    if (this.text("/fleet/flake.nix").includes("BROKEN")) throw new Error("flake.nix has no outputs")
    return { root: "/fleet", hosts: [galena], aspects: [], containers: [] }
  }

  vars() {
    return []
  }

  definedIn() {
    return []
  }

  systems() {
    return []
  }

  hosts() {
    return [galena]
  }

  aspects(): FleetAspects {
    return { hosts: ["galena"], aspects: [] }
  }

  async option(path: string): Promise<OptionAnswer> {
    if (path === "forever") await this.untilCancelled()
    if (path === "broken") throw new Error("a broken session")
    const valueText = /port = (.*);/.exec(this.text("/fleet/a.nix"))?.[1] ?? "unset"
    const facts = { highestPrio: 100, isDefined: true, type: "string", description: "", declarations: [] }
    return { path, hosts: [{ host: "galena", class: "nixos", valueText, definitions: [], ...facts }] }
  }

  why(path: string) {
    return { file: path, imported: false, hosts: [], via: [], why: "nothing imports it" }
  }

  check(): Finding[] {
    return [...new Set([...this.disk.keys(), ...this.unsaved.keys()])].flatMap(file => {
      const lines = this.text(file).split("\n")
      return lines.flatMap((line, index) => (line.includes("BAD") ? [finding(file, index + 1, line)] : []))
    })
  }

  plan(hosts: readonly string[]) {
    const step = (host: string) => ({
      title: "update",
      command: ["clan", "machines", "update", host],
      on: "here",
    })
    return {
      hosts: hosts.map(host => ({
        host,
        backend: "clan",
        steps: [step(host)],
        changes: [],
        warnings: ["mind"],
      })),
    }
  }

  packages() {
    return { channels: [], fallbacks: [], broken: [] }
  }

  /** Every `MISSING url`. */
  wanted(): SourceRequest[] {
    const urls = Array.from(this.text("/fleet/flake.nix").matchAll(/MISSING (\S+)/g), match => match[1])
    return urls.map(url => ({
      ref: { type: "tarball", url },
      name: "source",
      method: "nar",
      hash: "sha256-x",
    }))
  }

  lock() {
    if (this.text("/fleet/flake.nix").includes("UNLOCKABLE")) throw new Error("it cannot be locked")
    return { root: "/fleet", text: "{ }\n" }
  }

  stageBuild(derivation: string) {
    return derivation === "gone" ? undefined : { folder: "/none", drvPath: derivation }
  }

  setFile(path: string, text: string | undefined) {
    if (text === undefined) this.unsaved.delete(path)
    else this.unsaved.set(path, text)
  }

  filesChanged() {}

  private text(path: string): string {
    return this.unsaved.get(path) ?? this.disk.get(path) ?? "no such file"
  }

  private async untilCancelled(): Promise<void> {
    while (!this.cancel.raised) await new Promise(resolve => setImmediate(resolve))
    throw new Cancelled()
  }
}

/** Byte columns, as evaluation counts. */
function finding(file: string, line: number, text: string): Finding {
  const column = Buffer.byteLength(text.slice(0, text.indexOf("BAD"))) + 1
  const range = { start: { line, column }, end: { line, column: column + 3 } }
  return {
    file,
    range,
    severity: "warning",
    code: "bad",
    message: "this is bad",
    hosts: ["galena"],
    related: [],
    ...(text.includes("FETCH") ? { fix: { kind: "fetch" } } : {}),
  }
}

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

interface Setting {
  readonly client: TestClient
  readonly disk: Map<string, string>
  connects: number
  /** URLs that were fetched. */
  readonly fetched: string[]
  /** Why nothing can be fetched. */
  refuses: string | undefined
}

function start(files: Record<string, string>): Setting {
  const disk = new Map(Object.entries(files))
  const toServer = new PassThrough()
  const toClient = new PassThrough()
  const connection = createConnection(ProposedFeatures.all, toServer, toClient)
  const setting: Setting = {
    client: connectClient(toClient, toServer),
    disk,
    connects: 0,
    fetched: [],
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
        inProcess(cancel => new TextSession(disk, cancel)),
      )
    },
  }
  serve(connection, world)
  connection.listen()
  return setting
}

const uri = (path: string) => `file://${path}`
const at = (line: number, character: number) => ({ line, character })
const ready = (client: TestClient) => client.report(report => report.fleets[0]?.status.kind === "ready")

describe("the language server", () => {
  it("publishes syntax problems as the person types, and takes them back", async () => {
    const { client } = start({})
    await client.initialize([])
    await client.open(uri("/a.nix"), "{\n  b = ?;\n}")
    const [problem] = await client.diagnostics(uri("/a.nix"), list => list.length === 1)
    assert.deepEqual(problem.range.start, at(1, 6))
    assert.equal(problem.source, "canopy")
    await client.change(uri("/a.nix"), 2, { text: "1", range: { start: at(1, 6), end: at(1, 7) } })
    assert.deepEqual(await client.diagnostics(uri("/a.nix"), (_list, version) => version === 2), [])
  })

  it("loads the fleet of the folder and reports it", async () => {
    const { client } = start({ "/fleet/flake.nix": "{ }" })
    await client.initialize([uri("/fleet")])
    const report = await ready(client)
    assert.deepEqual(
      report.fleets[0].fleet?.hosts.map(host => host.name),
      ["galena"],
    )
    assert.equal(report.trusted, true)
  })

  it("finds the fleet of a document above it when the folder has none", async () => {
    const { client } = start({ "/repository/nix/flake.nix": "", "/repository/nix/modules/a.nix": "" })
    await client.initialize([uri("/repository")])
    await client.open(uri("/repository/nix/modules/a.nix"), "")
    assert.equal((await ready(client)).fleets[0].root, "/repository/nix")
  })

  const rootsOf = async (client: TestClient, count: number) => {
    const { fleets } = await client.report(report => report.fleets.length >= count)
    return fleets.map(({ root }) => root)
  }

  it("finds flakes below a folder that has none, but not those inside of them", async () => {
    const { client } = start({
      "/work/fleet/flake.nix": "",
      "/work/fleet/templates/flake.nix": "",
      "/work/site/nix/flake.nix": "",
      "/work/node_modules/x/flake.nix": "",
    })
    await client.initialize([uri("/work")])
    assert.deepEqual(await rootsOf(client, 2), ["/work/fleet", "/work/site/nix"])
  })

  it("opens every folder of a workspace with several", async () => {
    const { client } = start({ "/one/flake.nix": "", "/two/flake.nix": "" })
    await client.initialize([uri("/one"), uri("/two")])
    assert.deepEqual(await rootsOf(client, 2), ["/one", "/two"])
  })

  it("opens a folder without a flake whose files name hosts, and no other", async () => {
    const { client } = start({
      "/pinned/default.nix": "{ nixosConfigurations = { }; }",
      "/hive/hive.nix": "{ meta = { }; }",
      "/package/default.nix": "{ stdenv }: stdenv.mkDerivation { }",
    })
    await client.initialize([uri("/package"), uri("/pinned"), uri("/hive")])
    assert.deepEqual(await rootsOf(client, 2), ["/pinned", "/hive"])
  })

  it("says of a file what it is to its fleet", async () => {
    const { client } = start({ "/fleet/flake.nix": "{ }" })
    await client.initialize([uri("/fleet")])
    const role: { why: string } = await client.connection.sendRequest("canopy/why", { path: "/fleet/a.nix" })
    assert.equal(role.why, "nothing imports it")
  })

  it("hovers with the latest text, saved or not", async () => {
    const { client } = start({ "/fleet/flake.nix": "{ }", "/fleet/a.nix": "{ port = 22; }" })
    await client.initialize([uri("/fleet")])
    await client.open(uri("/fleet/a.nix"), "{ port = 22; }")
    assert.match(await hoverText(client, "/fleet/a.nix"), /galena.*22/)
    await client.change(uri("/fleet/a.nix"), 2, { text: "{ port = 2222; }" })
    assert.match(await hoverText(client, "/fleet/a.nix"), /galena.*2222/)
  })

  it("waits for the fleet with a hover that needs it, and with no other", async () => {
    const { client } = start({ "/fleet/flake.nix": "{ }", "/fleet/a.nix": "{ port = 22; }" })
    void client.initialize([uri("/fleet")])
    await client.open(uri("/fleet/a.nix"), "{ port = 22; }")
    await client.open(uri("/b.nix"), "  map")
    assert.match(await hoverText(client, "/b.nix"), /map/)
    assert.match(await hoverText(client, "/fleet/a.nix"), /galena.*22/)
  })

  it("answers a hover on an option before the rest of the fleet is known", async () => {
    const { client } = start({ "/fleet/flake.nix": "{ ENDLESS = 1; }", "/fleet/a.nix": "{ port = 22; }" })
    await client.initialize([uri("/fleet")])
    await client.open(uri("/fleet/a.nix"), "{ port = 22; }")
    assert.match(await hoverText(client, "/fleet/a.nix"), /galena.*22/)
    const { fleets } = await client.report(() => true)
    assert.equal(fleets[0].status.kind, "loading")
  })

  it("shows what evaluation found, in closed files too, with columns in UTF-16 units", async () => {
    const { client } = start({ "/fleet/flake.nix": "{ }", "/fleet/b.nix": "{ } # žluťoučký 🐴 BAD" })
    await client.initialize([uri("/fleet")])
    const [found] = await client.diagnostics(uri("/fleet/b.nix"), list => list.length === 1)
    assert.deepEqual(found.range, { start: at(0, 19), end: at(0, 22) })
    assert.equal(found.message, "this is bad")
  })

  it("moves findings along with an edit above them, before the next check", async () => {
    const { client } = start({ "/fleet/flake.nix": "{ }", "/fleet/b.nix": "{ } # BAD" })
    await client.initialize([uri("/fleet")])
    await client.open(uri("/fleet/b.nix"), "{ } # BAD")
    await client.diagnostics(uri("/fleet/b.nix"), list => list.length === 1)
    await client.change(uri("/fleet/b.nix"), 2, {
      text: "# one\n#  two\n",
      range: { start: at(0, 0), end: at(0, 0) },
    })
    const [found] = await client.diagnostics(uri("/fleet/b.nix"), (_list, version) => version === 2)
    assert.deepEqual(found.range, { start: at(2, 6), end: at(2, 9) })
  })

  it("checks again after a pause in typing, with the unsaved text", async () => {
    const { client } = start({ "/fleet/flake.nix": "{ }", "/fleet/b.nix": "{ }" })
    await client.initialize([uri("/fleet")])
    await client.open(uri("/fleet/b.nix"), "{ }")
    await client.change(uri("/fleet/b.nix"), 2, { text: "{ } # BAD" })
    const [found] = await client.diagnostics(uri("/fleet/b.nix"), list => list.length === 1)
    assert.deepEqual(found.range.start, at(0, 6))
  })

  it("reads files again that changed on disk", async () => {
    const { client, disk } = start({ "/fleet/flake.nix": "{ }", "/fleet/b.nix": "{ }" })
    await client.initialize([uri("/fleet")])
    await ready(client)
    disk.set("/fleet/b.nix", "{ } # BAD")
    const change = { changes: [{ uri: uri("/fleet/b.nix"), type: 2 as const }] }
    await client.connection.sendNotification(DidChangeWatchedFilesNotification.type, change)
    await client.diagnostics(uri("/fleet/b.nix"), list => list.length === 1)
  })

  it("says why a fleet does not load, and goes on with syntax", async () => {
    const { client } = start({ "/fleet/flake.nix": "{ } # BROKEN" })
    await client.initialize([uri("/fleet")])
    const report = await client.report(report => report.fleets[0]?.status.kind === "failed")
    assert.deepEqual(report.fleets[0].status, { kind: "failed", message: "flake.nix has no outputs" })
    await client.open(uri("/fleet/b.nix"), "?")
    await client.diagnostics(uri("/fleet/b.nix"), list => list.length === 1)
  })

  it("evaluates nothing in a folder that is not trusted, until it is", async () => {
    const setting = start({ "/fleet/flake.nix": "{ }", "/fleet/a.nix": "{ port = 22; }" })
    const { client } = setting
    await client.initialize([uri("/fleet")], { trusted: false })
    await client.open(uri("/fleet/a.nix"), "{ port = ?; }")
    await client.diagnostics(uri("/fleet/a.nix"), list => list.length === 1)
    assert.equal(await hoverText(client, "/fleet/a.nix"), "")
    await assert.rejects(client.connection.sendRequest("canopy/option", { path: "a" }), /not trusted/)
    assert.equal(setting.connects, 0)
    await client.connection.sendNotification("canopy/trusted", null)
    await ready(client)
    assert.equal(setting.connects, 1)
  })

  it("answers what Canopy adds: the fleet, an option on all hosts, a plan with its commands", async () => {
    const { client } = start({ "/fleet/flake.nix": "{ }", "/fleet/a.nix": "{ port = 22; }" })
    await client.initialize([uri("/fleet")])
    await ready(client)
    const option: OptionReport = await client.connection.sendRequest("canopy/option", {
      path: "port",
    })
    assert.match(option.markdown, /galena.*22/)
    const plan: PlanReport = await client.connection.sendRequest("canopy/plan", { hosts: ["galena"] })
    assert.deepEqual(plan.commands, ["clan machines update galena"])
    assert.equal(plan.folder, "/fleet")
    assert.match(plan.markdown, /- mind/)
  })

  it("offers to deploy a host", async () => {
    const { client } = start({ "/fleet/flake.nix": "{ }" })
    await client.initialize([uri("/fleet")])
    await ready(client)
    await client.open(uri("/fleet/galena.nix"), "{ }")
    const range = { start: at(0, 0), end: at(0, 0) }
    const params = { textDocument: { uri: uri("/fleet/galena.nix") }, range, context: { diagnostics: [] } }
    const [action] = (await client.connection.sendRequest(CodeActionRequest.type, params)) ?? []
    assert.equal(action.title, "Deploy galena")
    assert.deepEqual("arguments" in action || action.command, {
      title: "Deploy galena",
      command: "canopy.deployHost",
      arguments: [{ host: "galena", root: "/fleet" }],
    })
  })

  it("offers what would mend a finding", async () => {
    const { client } = start({ "/fleet/flake.nix": "BAD FETCH" })
    await client.initialize([uri("/fleet")])
    await client.open(uri("/fleet/flake.nix"), "BAD FETCH")
    const found = await client.diagnostics(uri("/fleet/flake.nix"), list =>
      list.some(it => it.code === "bad"),
    )
    const diagnostics = found.filter(it => it.code === "bad")
    const params = {
      textDocument: { uri: uri("/fleet/flake.nix") },
      range: diagnostics[0].range,
      context: { diagnostics },
    }
    const [action] = (await client.connection.sendRequest(CodeActionRequest.type, params)) ?? []
    assert.deepEqual("arguments" in action || action.command, {
      title: "Fetch inputs",
      command: "canopy.fix",
      arguments: [{ root: "/fleet", fix: { kind: "fetch" } }],
    })
  })

  it("fetches what is missing by itself, once", async () => {
    const { client, fetched } = start({ "/fleet/flake.nix": "MISSING http://a MISSING http://b" })
    await client.initialize([uri("/fleet")])
    await ready(client)
    while (fetched.length < 2) await new Promise(resolve => setTimeout(resolve, 5))
    await client.connection.sendNotification("canopy/refresh", { restart: false })
    await client.connection.sendRequest("canopy/plan", { hosts: [] })
    await new Promise(resolve => setTimeout(resolve, 600))
    assert.deepEqual(fetched.sort(), ["http://a", "http://b"])
  })

  it("fetches nothing unasked when it is to stay offline, and says why what was asked for did not come", async () => {
    const setting = start({ "/fleet/flake.nix": "MISSING http://a" })
    const { client, fetched } = setting
    await client.initialize([uri("/fleet")], {
      settings: { evaluation: { offline: true, overrideInputs: {} } },
    })
    await ready(client)
    await new Promise(resolve => setTimeout(resolve, 50))
    assert.deepEqual(fetched, [])
    assert.deepEqual(await client.connection.sendRequest("canopy/fetch", {}), { fetched: 1, failures: [] })
    setting.refuses = "no line"
    assert.deepEqual(await client.connection.sendRequest("canopy/fetch", {}), {
      fetched: 0,
      failures: ["no line"],
    })
  })

  it("builds what the person asks for, and says why that failed", async () => {
    const { client } = start({ "/fleet/flake.nix": "{ }" })
    await client.initialize([uri("/fleet")])
    const build = (derivation: string) => client.connection.sendRequest("canopy/build", { derivation })
    assert.deepEqual(await build("/nix/store/x-good.drv"), {})
    assert.deepEqual(await build("/nix/store/x-bad.drv"), { failure: "it is bad" })
    assert.deepEqual(await build("gone"), { failure: "nothing needs it any more" })
  })

  it("says what the lock file has to say, or what is in the way", async () => {
    const { client, fetched } = start({ "/fleet/flake.nix": "MISSING http://a" })
    await client.initialize([uri("/fleet")])
    const lock = { root: "/fleet", text: "{ }\n" }
    assert.deepEqual(await client.connection.sendRequest("canopy/lock", {}), lock)
    assert.equal(fetched.includes("http://a"), true)
    const other = start({ "/fleet/flake.nix": "UNLOCKABLE" })
    await other.client.initialize([uri("/fleet")])
    await assert.rejects(other.client.connection.sendRequest("canopy/lock", {}), /it cannot be locked/)
  })

  it("builds nothing where the settings say never", async () => {
    const { client } = start({ "/fleet/flake.nix": "{ }" })
    const evaluation = { offline: false, overrideInputs: {}, builds: "never" as const }
    await client.initialize([uri("/fleet")], { settings: { evaluation } })
    const { failure } = (await client.connection.sendRequest("canopy/build", { derivation: "x" })) as {
      failure: string
    }
    assert.match(failure, /says never$/)
  })

  it("stops the evaluation of a cancelled request", async () => {
    const { client } = start({ "/fleet/flake.nix": "{ }" })
    await client.initialize([uri("/fleet")])
    await ready(client)
    await client.open(uri("/fleet/a.nix"), "{ forever = 1; }")
    const { connection } = client
    const params = { textDocument: { uri: uri("/fleet/a.nix") }, position: at(0, 3) }
    const { CancellationTokenSource } = await import("vscode-languageserver-protocol")
    const source = new CancellationTokenSource()
    const hover = connection.sendRequest(HoverRequest.type, params, source.token)
    setTimeout(() => source.cancel(), 20)
    await assert.rejects(hover, (error: unknown) => {
      return error instanceof ResponseError && error.code === LSPErrorCodes.RequestCancelled
    })
    const option: OptionReport = await connection.sendRequest("canopy/option", { path: "port" })
    assert.match(option.markdown, /galena/)
  })

  it("answers nothing when a hover fails, and lives", async () => {
    const { client } = start({ "/fleet/flake.nix": "{ }" })
    await client.initialize([uri("/fleet")])
    await client.open(uri("/fleet/a.nix"), "{ broken = 1; }")
    assert.equal(await hoverText(client, "/fleet/a.nix"), "")
    await client.connection.sendRequest(ShutdownRequest.type)
  })
})

/** The hover on the first name of a document; empty when there is none. */
async function hoverText({ connection }: TestClient, path: string): Promise<string> {
  const params = { textDocument: { uri: uri(path) }, position: at(0, 3) }
  const contents = (await connection.sendRequest(HoverRequest.type, params))?.contents
  return typeof contents === "object" && "value" in contents ? contents.value : ""
}
