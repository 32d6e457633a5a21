// Inputs that are not on this machine, with the server as it is shipped and a real server on loopback: a fleet opens without
// them, says at the line of each what is missing, fetches, and then answers for the hosts that needed them.

import assert from "node:assert/strict"
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process"
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { CodeActionRequest } from "vscode-languageserver/node"
import { tarball } from "../fetch/archive.js"
import { ArchiveServer, status, whole } from "../fetch/archive-server.js"
import { inputsFolder } from "../harness/fleet-fixture.js"
import { temporaryFolder } from "../harness/temporary-folder.js"
import { connectClient, type TestClient } from "./client.js"

const server = join(__dirname, "../../dist/server.js")
/** Of a tree with `default.nix` that says `"far"`. */
const narHash = "sha256-P2ph4AKWztBOz9OlhZ5lrthTlNPOJYSDnqR8iRzzt+8="

describe("a fleet with an input that is far away", function () {
  this.timeout(60_000)
  const network = new ArchiveServer()
  let folder: string
  let child: ChildProcessWithoutNullStreams
  let client: TestClient

  before(() => network.start())
  after(() => network.stop())
  beforeEach(() => {
    folder = temporaryFolder("far")
    network.log.splice(0)
  })
  afterEach(() => {
    child.kill()
  })

  /** Host near needs nothing; far has its name from the input at `url`. */
  const open = async (url: string, offline: boolean) => {
    const nixpkgs = { type: "path", path: join(inputsFolder, "nixpkgs") }
    const far = { type: "tarball", url }
    const lock = {
      version: 7,
      root: "root",
      nodes: {
        root: { inputs: { nixpkgs: "nixpkgs", far: "far" } },
        nixpkgs: { locked: nixpkgs, original: nixpkgs },
        far: { flake: false, locked: { ...far, narHash }, original: far },
      },
    }
    writeFileSync(join(folder, "flake.lock"), JSON.stringify(lock))
    writeFileSync(join(folder, "flake.nix"), flake(url))
    const env = { ...process.env, CANOPY_CACHE: join(folder, "cache") }
    child = spawn(process.execPath, [server, "--stdio"], { stdio: "pipe", env })
    client = connectClient(child.stdout, child.stdin)
    const settings = { evaluation: { offline, overrideInputs: {} } }
    await client.initialize([pathToFileURL(folder).href], { settings })
    await client.open(uri(), flake(url))
  }
  const uri = () => pathToFileURL(join(folder, "flake.nix")).href
  const flake = (url: string) => `{
  inputs.nixpkgs.url = "path:${join(inputsFolder, "nixpkgs")}";
  inputs.far = { url = "${url}"; flake = false; };
  outputs = { nixpkgs, far, ... }: {
    nixosConfigurations = nixpkgs.lib.genAttrs [ "near" "far" ] (name: nixpkgs.lib.evalModules {
      class = "nixos";
      modules = [
        { options.word = nixpkgs.lib.mkOption { type = nixpkgs.lib.types.str; }; }
        { word = if name == "near" then name else import far; }
      ];
    });
  };
}
`
  const missing = () =>
    client.diagnostics(uri(), list => list.some(({ code }) => code === "flake-input-missing"))
  const values = async () => {
    const { answer } = (await client.connection.sendRequest("canopy/option", { path: "word" })) as {
      answer: { hosts: { host: string; valueText: string; error?: string }[] }
    }
    return Object.fromEntries(answer.hosts.map(({ host, valueText, error }) => [host, error ?? valueText]))
  }

  it("fetches it by itself, and knows what it is for", async () => {
    const archive = await tarball([["far-1/default.nix", '"far"\n']])
    await open(network.at("/far.tar.gz", whole(archive)), false)
    while ((await values()).far !== '"far"') await new Promise(resolve => setTimeout(resolve, 50))
    assert.deepEqual(await values(), { near: '"near"', far: '"far"' })
    assert.deepEqual(network.log, ["/far.tar.gz"])
  })

  it("answers for the rest while it is offline, and fetches at a word", async () => {
    const archive = await tarball([["far-1/default.nix", '"far"\n']])
    const url = network.at("/later.tar.gz", whole(archive))
    await open(url, true)
    const diagnostics = await missing()
    assert.deepEqual(
      diagnostics.map(({ range, message }) => [range.start.line, message]),
      [[2, `input 'far' is missing: '${url}' is not on this machine`]],
    )
    const { near, far } = await values()
    assert.equal(near, '"near"')
    assert.match(far, /^input 'far' is missing: '.*' is not on this machine/)
    const params = { textDocument: { uri: uri() }, range: diagnostics[0].range, context: { diagnostics } }
    const [action] = (await client.connection.sendRequest(CodeActionRequest.type, params)) ?? []
    assert.equal(action.title, "Fetch inputs")
    assert.deepEqual(network.log, [])
    assert.deepEqual(await client.connection.sendRequest("canopy/fetch", { root: folder }), {
      fetched: 1,
      failures: [],
    })
    assert.deepEqual(await values(), { near: '"near"', far: '"far"' })
  })

  it("says why it cannot be had, and does not ask for it again and again", async () => {
    await open(network.at("/gone.tar.gz", status(404)), false)
    await missing()
    while (network.log.length < 1) await new Promise(resolve => setTimeout(resolve, 50))
    const { failures } = (await client.connection.sendRequest("canopy/fetch", {})) as { failures: string[] }
    assert.match(failures[0], /^'.*gone.tar.gz.*' cannot be fetched: .*HTTP 404/)
    assert.equal(network.log.length, 2)
  })
})
