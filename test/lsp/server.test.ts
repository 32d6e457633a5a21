// Documents over the protocol: which fleet is theirs, what they are told while a person types, and when.

import assert from "node:assert/strict"
import {
  CodeActionRequest,
  DidChangeWatchedFilesNotification,
  DidChangeWorkspaceFoldersNotification,
  DidCloseTextDocumentNotification,
  DocumentLinkRequest,
} from "vscode-languageserver/node"
import type { FleetReport } from "../../server/src/lsp/protocol.js"
import type { TestClient } from "./client.js"
import { at, hoverText, ready, start, uri } from "./in-process-server.js"

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

  it("takes problems back when a document is closed, however its URI is written", async () => {
    const { client } = start({ "/a+b.nix": "" })
    await client.initialize([])
    await client.open("file:///a%2Bb.nix", "?")
    await client.diagnostics("file:///a%2Bb.nix", list => list.length === 1)
    const textDocument = { uri: "file:///a%2Bb.nix" }
    await client.connection.sendNotification(DidCloseTextDocumentNotification.type, { textDocument })
    await client.diagnostics("file:///a%2Bb.nix", list => list.length === 0)
  })

  it("passes over what names no file", async () => {
    const { client, disk } = start({ "/fleet/flake.nix": "{ }" })
    await client.initialize([uri("/fleet")])
    await ready(client)
    disk.set("/fleet/b.nix", "BAD")
    const uris = ["file://elsewhere/a.nix", "file:///%E0%A4%A", "file:///a%2Fb.nix", uri("/fleet/b.nix")]
    const changes = uris.map(uri => ({ uri, type: 1 as const }))
    await client.connection.sendNotification(DidChangeWatchedFilesNotification.type, { changes })
    await client.diagnostics(uri("/fleet/b.nix"), list => list.length === 1)
  })

  it("forgets at once what was found in a file that is replaced on disk, and finds it again", async () => {
    const { client, disk } = start({ "/fleet/flake.nix": "{ }", "/fleet/b.nix": "BAD" })
    await client.initialize([uri("/fleet")])
    await client.diagnostics(uri("/fleet/b.nix"), list => list.length === 1)
    disk.set("/fleet/b.nix", "\nBAD")
    const changes = [{ uri: uri("/fleet/b.nix"), type: 2 as const }]
    await client.connection.sendNotification(DidChangeWatchedFilesNotification.type, { changes })
    await client.diagnostics(uri("/fleet/b.nix"), list => list.length === 0)
    await ready(client)
    await client.diagnostics(uri("/fleet/b.nix"), list => list.length === 1)
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

  describe("that was told of a folder before", () => {
    const files = { "/fleet/flake.nix": "{ }" }
    const settings = { evaluation: { offline: false, overrideInputs: {} } }
    const announced = { folders: ["/fleet"], trusted: true, settings }

    it("has opened its fleet, and opens it once", async () => {
      const setting = start(files, announced)
      assert.equal(setting.connects, 1)
      await setting.client.initialize([uri("/fleet")])
      assert.equal((await ready(setting.client)).fleets[0].root, "/fleet")
      assert.equal(setting.connects, 1)
    })

    it("opens it anew where the settings turn out to be others", async () => {
      const setting = start(files, announced)
      const others = { evaluation: { offline: false, overrideInputs: { nixpkgs: "path:/n" } } }
      await setting.client.initialize([uri("/fleet")], { settings: others })
      await ready(setting.client)
      assert.equal(setting.connects, 2)
    })

    it("evaluates nothing of a folder that is not trusted", () => {
      assert.equal(start(files, { ...announced, trusted: false }).connects, 0)
    })
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

  it("closes the fleet of a folder that leaves the workspace", async () => {
    const { client } = start({ "/one/flake.nix": "", "/two/flake.nix": "" })
    await client.initialize([uri("/one"), uri("/two")])
    assert.deepEqual(await rootsOf(client, 2), ["/one", "/two"])
    const event = { added: [], removed: [{ uri: uri("/one"), name: "one" }] }
    await client.connection.sendNotification(DidChangeWorkspaceFoldersNotification.type, { event })
    await client.report(({ fleets }) => fleets.length === 1 && fleets[0].root === "/two")
  })

  it("opens no fleet for a file outside of the workspace, such as one of nixpkgs that a link leads to", async () => {
    const { client } = start({ "/fleet/flake.nix": "{ }", "/nixpkgs/flake.nix": "", "/nixpkgs/a.nix": "" })
    await client.initialize([uri("/fleet")])
    await ready(client)
    await client.open(uri("/nixpkgs/a.nix"), "{ a = ?; }")
    await client.diagnostics(uri("/nixpkgs/a.nix"), list => list.length === 1)
    assert.deepEqual(await rootsOf(client, 1), ["/fleet"])
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

  it("hovers with the flake as it is now, without waiting for a pause in typing", async () => {
    const input = (url: string) => `{ inputs.nixpkgs.url = "${url}"; outputs = _: { }; }`
    const { client } = start({ "/fleet/flake.nix": input("path:/1") })
    await client.initialize([uri("/fleet")])
    await client.open(uri("/fleet/flake.nix"), input("path:/1"))
    await ready(client)
    assert.match(await hoverText(client, "/fleet/flake.nix", 12), /path:\/1/)
    await client.change(uri("/fleet/flake.nix"), 2, { text: input("path:/2") })
    assert.match(await hoverText(client, "/fleet/flake.nix", 12), /path:\/2/)
    const { fleets } = await client.report(() => true)
    assert.equal(fleets[0].status.kind, "ready")
  })

  it("waits for the fleet with a hover that needs it, and with no other", async () => {
    const { client } = start({ "/fleet/flake.nix": "{ }", "/fleet/a.nix": "{ port = 22; }" })
    void client.initialize([uri("/fleet")])
    await client.open(uri("/fleet/a.nix"), "{ port = 22; }")
    await client.open(uri("/b.nix"), "  map")
    assert.match(await hoverText(client, "/b.nix"), /map/)
    assert.match(await hoverText(client, "/fleet/a.nix"), /galena.*22/)
  })

  it("answers a hover in a comment with nothing, without waiting for the fleet", async () => {
    const { client } = start({ "/fleet/flake.nix": "ENDLESS", "/fleet/a.nix": "# port\n{ port = 22; }" })
    await client.initialize([uri("/fleet")])
    await client.open(uri("/fleet/a.nix"), "# port\n{ port = 22; }")
    assert.equal(await hoverText(client, "/fleet/a.nix"), "")
  })

  it("answers a hover on an option before the rest of the fleet is known", async () => {
    const { client } = start({ "/fleet/flake.nix": "{ ENDLESS = 1; }", "/fleet/a.nix": "{ port = 22; }" })
    await client.initialize([uri("/fleet")])
    await client.open(uri("/fleet/a.nix"), "{ port = 22; }")
    assert.match(await hoverText(client, "/fleet/a.nix"), /galena.*22/)
    const { fleets } = await client.report(() => true)
    assert.equal(fleets[0].status.kind, "loading")
  })

  it("shows what evaluation found and on which hosts, in closed files too, with columns in UTF-16 units", async () => {
    const { client } = start({ "/fleet/flake.nix": "{ }", "/fleet/b.nix": "{ } # žluťoučký 🐴 BAD" })
    await client.initialize([uri("/fleet")])
    const [found] = await client.diagnostics(uri("/fleet/b.nix"), list => list.length === 1)
    assert.deepEqual(found.range, { start: at(0, 19), end: at(0, 22) })
    assert.equal(found.message, "this is bad (galena)")
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

  it("asks the editor to watch what answers depend on, and that alone", async () => {
    const { client, disk } = start({ "/fleet/flake.nix": "READS /fleet/a.json READS /fleet/b[1].json" })
    const watches = async (...expected: string[]) => {
      while (JSON.stringify(client.watched()) !== JSON.stringify(expected))
        await new Promise(resolve => setTimeout(resolve, 5))
    }
    await client.initialize([uri("/fleet"), uri("/other")])
    await watches("/fleet/a.json", "/fleet/b[[]1[]].json", "/fleet/modules", "/fleet/modules/a/*")
    disk.set("/fleet/flake.nix", "READS /fleet/c.json")
    const change = { changes: [{ uri: uri("/fleet/flake.nix"), type: 2 as const }] }
    await client.connection.sendNotification(DidChangeWatchedFilesNotification.type, change)
    await watches("/fleet/c.json", "/fleet/modules", "/fleet/modules/a/*")
    const event = { added: [], removed: [{ uri: uri("/fleet"), name: "fleet" }] }
    await client.connection.sendNotification(DidChangeWorkspaceFoldersNotification.type, { event })
    await watches()
  })

  it("reads a file again that changed before the editor watched it", async () => {
    const { client, disk, told } = start({ "/fleet/flake.nix": "READS /fleet/a.json", "/fleet/a.json": "1" })
    await client.initialize([uri("/fleet")])
    await ready(client)
    disk.set("/fleet/a.json", "2")
    while (told.length === 0) await new Promise(resolve => setTimeout(resolve, 5))
    assert.deepEqual(told, ["/fleet/a.json"])
  })

  it("evaluates nothing again when a file is closed that was only read, or saved as it was typed", async () => {
    const { client, disk } = start({ "/fleet/flake.nix": "{ }", "/fleet/b.nix": "{ }" })
    const { connection } = client
    const idle = () => client.report(({ fleets: [fleet] }) => fleet?.status.kind === "ready" && !fleet.isBusy)
    const isBusy = async () => {
      const { fleets }: FleetReport = await connection.sendRequest("canopy/fleet", null)
      return fleets[0].isBusy
    }
    const b = uri("/fleet/b.nix")
    const saved = () =>
      connection.sendNotification(DidChangeWatchedFilesNotification.type, { changes: [{ uri: b, type: 2 }] })
    await client.initialize([uri("/fleet")])
    await idle()
    await client.open(b, "{ }")
    await connection.sendNotification(DidCloseTextDocumentNotification.type, { textDocument: { uri: b } })
    assert.equal(await isBusy(), false)
    await client.open(b, "{ }")
    await client.change(b, 2, { text: "{ } # BAD" })
    assert.equal(await isBusy(), true)
    await client.diagnostics(b, list => list.length === 1)
    await idle()
    disk.set("/fleet/b.nix", "{ } # BAD")
    await saved()
    assert.equal(await isBusy(), false)
    disk.set("/fleet/b.nix", "{ }")
    await saved()
    assert.equal(await isBusy(), true)
  })

  it("answers about the text that is open, also when its file changes under it", async () => {
    const { client, disk } = start({ "/fleet/flake.nix": "{ }", "/fleet/a.nix": "{ port = 22; }" })
    await client.initialize([uri("/fleet")])
    await client.open(uri("/fleet/a.nix"), "{ port = 22; }")
    assert.match(await hoverText(client, "/fleet/a.nix"), /galena.*22/)
    disk.set("/fleet/a.nix", "{ port = 80; }")
    const change = { changes: [{ uri: uri("/fleet/a.nix"), type: 2 as const }] }
    await client.connection.sendNotification(DidChangeWatchedFilesNotification.type, change)
    assert.match(await hoverText(client, "/fleet/a.nix"), /galena.*22/)
    await client.change(uri("/fleet/a.nix"), 2, { text: "{ port = 80; }" })
    assert.match(await hoverText(client, "/fleet/a.nix"), /galena.*80/)
  })

  it("says why a fleet does not load, and goes on with syntax", async () => {
    const { client } = start({ "/fleet/flake.nix": "{ } # BROKEN" })
    await client.initialize([uri("/fleet")])
    const report = await client.report(report => report.fleets[0]?.status.kind === "failed")
    assert.deepEqual(report.fleets[0].status, { kind: "failed", message: "flake.nix has no outputs" })
    await client.open(uri("/fleet/b.nix"), "?")
    await client.diagnostics(uri("/fleet/b.nix"), list => list.length === 1)
  })

  it("still shows the hosts of before while flake.nix is not whole, and says why", async () => {
    const { client } = start({ "/fleet/flake.nix": "{ }" })
    const flake = uri("/fleet/flake.nix")
    await client.initialize([uri("/fleet")])
    await client.open(flake, "{ }")
    await ready(client)
    await client.change(flake, 2, { text: "{ UNPARSABLE" })
    const { fleets } = await client.report(({ fleets: [{ status, lastKnown }] }) => {
      return status.kind === "ready" && lastKnown !== undefined
    })
    assert.deepEqual(fleets[0].fleet?.hosts, [])
    const { fleet, because } = fleets[0].lastKnown ?? {}
    assert.deepEqual([fleet?.hosts.map(host => host.name), because], [["galena"], "flake.nix: found '?'"])
    await client.open(uri("/fleet/galena.nix"), "{ }")
    const actions = await client.connection.sendRequest(CodeActionRequest.type, {
      textDocument: { uri: uri("/fleet/galena.nix") },
      range: { start: at(0, 0), end: at(0, 0) },
      context: { diagnostics: [] },
    })
    assert.deepEqual(
      actions?.map(({ title }) => title),
      ["Deploy galena"],
    )
    await client.change(flake, 3, { text: "{ UNPARSABLE }" })
    await client.change(flake, 4, { text: "{ }" })
    await client.report(({ fleets: [{ fleet, lastKnown }] }) => {
      return fleet?.hosts.length === 1 && lastKnown === undefined
    })
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

  it("looks for the files that paths lead to only with trust", async () => {
    const { client } = start({ "/fleet/flake.nix": "{ }", "/fleet/a.nix": "", "/elsewhere.nix": "" })
    await client.initialize([uri("/fleet")], { trusted: false })
    await client.open(uri("/fleet/a.nix"), "[ ./flake.nix ../elsewhere.nix ./missing.nix ]")
    const targets = async () => {
      const params = { textDocument: { uri: uri("/fleet/a.nix") } }
      const links = await client.connection.sendRequest(DocumentLinkRequest.type, params)
      return links?.map(({ target }) => target).sort()
    }
    assert.deepEqual(await targets(), [])
    await client.connection.sendNotification("canopy/trusted", null)
    assert.deepEqual(await targets(), [uri("/elsewhere.nix"), uri("/fleet/flake.nix")])
  })
})
