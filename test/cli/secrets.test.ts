// Contents of secrets are not read, as the whole program is shipped (invariant 8): what it asks Node for is written down
// while every command, and the language server with a hover on each kind of thing, answers about the embedded example.
//
// test/fleet/secrets.test.ts says what the invariant means, and that what is hashed is not kept.

import assert from "node:assert/strict"
import { spawn } from "node:child_process"
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { ExitNotification, HoverRequest, ShutdownRequest } from "vscode-languageserver/node"
import { temporaryFolder } from "../harness/temporary-folder.js"
import { writeFile } from "../harness/write-file.js"
import { connectClient } from "../lsp/client.js"
import { canopy, repository } from "./canopy.js"

const example = join(repository, "examples/fleet")
const key = "AGE-SECRET-KEY-1QQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQ"

/** Where keys lie on the machines of people. */
const keyFiles = [".config/sops/age/keys.txt", ".ssh/id_ed25519", ".gnupg/private-keys-v1.d/a.key", ".netrc"]

/** The first line of a file that age encrypted is no secret: the program itself knows it. */
const secretContent = /ENC\[AES256_GCM|AGE ENCRYPTED FILE-----(\n|\\n)\w|AGE-SECRET-KEY/

interface Entry {
  readonly read?: string
  /** An encoding, `bytes` for contents that are no text, `handle` for a file that was opened to be read in pieces. */
  readonly as?: string
  readonly start?: string
}

interface Read {
  readonly read: string
  readonly as: string
}

describe("the program", function () {
  this.timeout(180_000)
  let home: string
  let env: Record<string, string>

  before(() => {
    home = temporaryFolder("home")
    for (const path of keyFiles) writeFile(join(home, path), `${key}\n`)
    env = {
      HOME: home,
      CANOPY_CACHE: join(home, ".cache/canopy"),
      SOPS_AGE_KEY_FILE: join(home, keyFiles[0]),
      NODE_OPTIONS: `--require ${join(repository, "test/harness/record-reads.cjs")}`,
      CANOPY_RECORD: join(home, "record"),
    }
  })
  // The hash of a source is kept between runs: whoever made it before reads nothing.
  beforeEach(() => {
    rmSync(join(home, ".cache/canopy"), { recursive: true, force: true })
    writeFileSync(join(home, "record"), "")
  })

  for (const args of [
    ["hosts", "--json"],
    ["aspects", "--json"],
    ["option", "clan.core.vars.generators", "--json"],
    ["check", "--format", "json"],
    ["packages", "--json"],
    ["vars", "--json"],
    ["plan", "electrum", "galena", "--json"],
    ["eval", ".#nixosConfigurations.galena.config.system.build.toplevel.drvPath", "--json"],
  ])
    it(`canopy ${args[0]} reads no secret`, () => {
      const { stdout, stderr } = canopy(args, { folder: example, env })
      assert.ok(stdout.length > 2, stderr)
      holdsNothing(stdout + stderr)
    })

  it("canopy hosts --drv hashes the source once, and not once a host", () => {
    const { stdout } = canopy(["hosts", "--drv", "--json"], { folder: example, env })
    const systems = (JSON.parse(stdout) as { drvPath?: string }[]).filter(
      ({ drvPath }) => drvPath !== undefined,
    )
    assert.ok(systems.length > 5)
    const counts = countsOf(secretReads())
    assert.ok(counts.size > 0, "the hash of the source was made")
    assert.deepEqual(
      [...counts].filter(([, count]) => count > 1),
      [],
    )
  })

  it("canopy lsp reads no secret", async () => {
    const child = spawn(process.execPath, [join(repository, "dist/server.js"), "--stdio"], {
      env: { ...process.env, ...env },
    })
    let said = ""
    child.stdout.on("data", data => (said += data))
    child.stderr.on("data", data => (said += data))
    const client = connectClient(child.stdout, child.stdin)
    await client.initialize([pathToFileURL(example).href])
    await client.report(({ fleets }) => fleets[0]?.status.kind === "ready")
    for (const file of ["modules/system/ssh.nix", "modules/machines/nixos/electrum/default.nix"]) {
      const uri = pathToFileURL(join(example, file)).href
      const text = readFileSync(join(example, file), "utf8")
      await client.open(uri, text)
      for (const [line, words] of text.split("\n").entries())
        await client.connection.sendRequest(HoverRequest.type, {
          textDocument: { uri },
          position: { line, character: Math.max(0, words.search(/\S/)) },
        })
    }
    const ended = new Promise(resolve => child.once("exit", resolve))
    await client.connection.sendRequest(ShutdownRequest.type)
    await client.connection.sendNotification(ExitNotification.type)
    await ended
    assert.match(said, /PermitRootLogin/)
    holdsNothing(said)
  })

  /** Holds what was recorded, and what was said, to the invariant. */
  function holdsNothing(said: string): void {
    const entries = recorded()
    const reads = readsOf(entries)
    assert.ok(
      reads.some(({ read }) => read === join(example, "flake.nix")),
      "nothing was recorded",
    )
    assert.deepEqual(
      entries.filter(({ start }) => start !== undefined),
      [],
      "programs were started",
    )
    // Its own cache of code: what is in it comes from the .nix files of the fleet and from the program itself.
    const own = [`${repository}/`, `${join(home, ".cache/canopy")}/`]
    const outside = reads.filter(
      ({ read }) => read.startsWith("/") && !own.some(folder => read.startsWith(folder)),
    )
    assert.deepEqual(
      outside.filter(({ read }) => !/\/(node_modules|\.git)\//.test(read)),
      [],
      "files outside of the fleet and the program",
    )
    const secrets = secretReads()
    assert.ok(secrets.length > 0, "the hash of the source was made")
    assert.deepEqual(
      secrets.filter(({ as }) => as !== "bytes"),
      [],
      "read as text",
    )
    assert.deepEqual(
      [...countsOf(secrets)].filter(([, count]) => count > 1),
      [],
      "read more than once, so for more than the hash",
    )
    assert.doesNotMatch(said, secretContent)
    for (const file of readdirSync(join(home, ".cache/canopy"), { recursive: true, withFileTypes: true }))
      if (file.isFile())
        assert.doesNotMatch(
          readFileSync(join(file.parentPath, file.name), "latin1"),
          secretContent,
          file.name,
        )
  }

  function recorded(): Entry[] {
    const lines = readFileSync(join(home, "record"), "utf8").trim().split("\n")
    return lines.map(line => JSON.parse(line) as Entry)
  }

  function readsOf(entries: readonly Entry[]): Read[] {
    return entries.flatMap(({ read, as = "" }) => (read === undefined ? [] : [{ read, as }]))
  }

  function secretReads(): Read[] {
    return readsOf(recorded()).filter(({ read }) => /\/secret$/.test(read))
  }

  function countsOf(reads: readonly Read[]): Map<string, number> {
    const counts = new Map<string, number>()
    for (const { read } of reads) counts.set(read, (counts.get(read) ?? 0) + 1)
    return counts
  }
})
