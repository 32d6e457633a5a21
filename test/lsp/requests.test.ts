// Requests over the protocol: facts of the fleet, actions, fetching, building, and cancelling a question.

import assert from "node:assert/strict"
import {
  CodeActionRequest,
  CodeActionTriggerKind,
  HoverRequest,
  LSPErrorCodes,
  ResponseError,
  ShutdownRequest,
} from "vscode-languageserver/node"
import type { OptionReport, PlanReport } from "../../server/src/lsp/protocol.js"
import { at, hoverText, ready, start, uri } from "./in-process-server.js"

describe("the language server, asked,", () => {
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

  it("offers to deploy only where the person asks what there is to do, so that no light bulb burns for it", async () => {
    const { client } = start({ "/fleet/flake.nix": "{ }" })
    await client.initialize([uri("/fleet")])
    await ready(client)
    await client.open(uri("/fleet/galena.nix"), "{ }")
    const titles = async (triggerKind: CodeActionTriggerKind) => {
      const actions = await client.connection.sendRequest(CodeActionRequest.type, {
        textDocument: { uri: uri("/fleet/galena.nix") },
        range: { start: at(0, 0), end: at(0, 0) },
        context: { diagnostics: [], triggerKind },
      })
      return actions?.map(({ title }) => title)
    }
    assert.deepEqual(await titles(CodeActionTriggerKind.Automatic), [])
    assert.deepEqual(await titles(CodeActionTriggerKind.Invoked), ["Deploy galena"])
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

  it("offers the names that may have been meant as edits", async () => {
    const { client } = start({ "/fleet/flake.nix": "{ }" })
    await client.initialize([uri("/fleet")])
    await client.open(uri("/fleet/a.nix"), "{\n  a.prot = 1;\n}")
    const range = { start: at(1, 2), end: at(1, 8) }
    const data = { kind: "rename", from: "prot", to: ["port", "proto"] }
    const params = {
      textDocument: { uri: uri("/fleet/a.nix") },
      range,
      context: { diagnostics: [{ range, message: "", source: "canopy", data }] },
    }
    const actions = (await client.connection.sendRequest(CodeActionRequest.type, params)) ?? []
    const edit = (newText: string) => ({
      changes: { [uri("/fleet/a.nix")]: [{ range: { start: at(1, 4), end: at(1, 8) }, newText }] },
    })
    assert.deepEqual(
      actions.map(action => [action.title, "edit" in action && action.edit]),
      [
        ["Change to 'port'", edit("port")],
        ["Change to 'proto'", edit("proto")],
      ],
    )
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

  it("names the option at a position, where there is one", async () => {
    const { client } = start({ "/fleet/flake.nix": "{ }" })
    await client.initialize([uri("/fleet")])
    await client.open(uri("/fleet/a.nix"), "{ services.openssh = { ports = [ 22 ]; }; }")
    const optionAt = (character: number) =>
      client.connection.sendRequest("canopy/optionAt", { path: "/fleet/a.nix", position: at(0, character) })
    assert.equal(await optionAt(24), "services.openssh.ports")
    assert.equal(await optionAt(13), "services.openssh")
    assert.equal(await optionAt(34), null)
  })

  it("builds what the person asks for, and says why that failed", async () => {
    const { client } = start({ "/fleet/flake.nix": "{ }" })
    await client.initialize([uri("/fleet")])
    const build = (derivation: string) => client.connection.sendRequest("canopy/build", { derivation })
    assert.deepEqual(await build("/nix/store/x-good.drv"), {})
    assert.deepEqual(await build("/nix/store/x-bad.drv"), { failure: "it is bad" })
    assert.deepEqual(await build("gone"), { failure: "nothing needs this build any more" })
  })

  it("says what the lock file has to say, or what is in the way", async () => {
    const { client, fetched } = start({ "/fleet/flake.nix": "MISSING http://a" })
    await client.initialize([uri("/fleet")])
    const lock = { isEmpty: false, root: "/fleet", text: "{ }\n" }
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
    assert.match(failure, /is 'never'$/)
  })

  it("stops loading at a word, says so, and begins again at another", async () => {
    const { client, disk } = start({ "/fleet/flake.nix": "ENDLESS", "/fleet/a.nix": "{ port = 22; }" })
    await client.initialize([uri("/fleet")])
    await client.report(({ fleets }) => fleets[0]?.isBusy)
    await client.connection.sendNotification("canopy/stop", null)
    const { fleets } = await client.report(({ fleets }) => fleets[0]?.status.kind === "interrupted")
    assert.deepEqual(fleets[0].status, {
      kind: "interrupted",
      message: "Loading was stopped. Refresh starts it again.",
    })
    await client.report(({ fleets }) => !fleets[0]?.isBusy)
    await client.open(uri("/fleet/a.nix"), "{ port = 22; }")
    assert.match(await hoverText(client, "/fleet/a.nix"), /22/)
    disk.set("/fleet/flake.nix", "{ }")
    await client.connection.sendNotification("canopy/refresh", { restart: false })
    await ready(client)
  })

  it("stops the check at a word, says so, and keeps the fleet", async () => {
    const { client } = start({ "/fleet/flake.nix": "SLOW BAD" })
    await client.initialize([uri("/fleet")])
    await ready(client)
    await client.connection.sendNotification("canopy/stop", null)
    const { fleets } = await client.report(({ fleets }) => !fleets[0]?.isBusy)
    assert.deepEqual(fleets[0].status, {
      kind: "interrupted",
      message: "Checking was stopped. Refresh starts it again.",
    })
    assert.equal(fleets[0].fleet?.hosts[0].name, "galena")
  })

  it("stops the evaluation of a cancelled request", async () => {
    const { client } = start({ "/fleet/flake.nix": "{ }" })
    await client.initialize([uri("/fleet")])
    await ready(client)
    await client.open(uri("/fleet/a.nix"), "{ forever = 1; }")
    const { connection } = client
    const params = { textDocument: { uri: uri("/fleet/a.nix") }, position: at(0, 3) }
    const { CancellationTokenSource } = await import("vscode-languageserver/node")
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
