// Fetching as part of an evaluation: the built program waits for its other thread, which asks a server on loopback.

import assert from "node:assert/strict"
import { execFile, execFileSync } from "node:child_process"
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { defaultFetchSettings } from "../../server/src/fetch/fetch-settings.js"
import { SourceFetcher } from "../../server/src/fetch/fetch-source.js"
import { type ArchiveContent, honest, tarball } from "../fetch/archive.js"
import { ArchiveServer, whole } from "../fetch/archive-server.js"
import { temporaryFolder } from "../harness/temporary-folder.js"
import { repository } from "./canopy.js"

describe("canopy, with the network", () => {
  const server = new ArchiveServer()
  let folder: string
  let url: string
  let narHash: string
  before(() => server.start())
  after(() => server.stop())
  beforeEach(async () => {
    folder = temporaryFolder("cli")
    // New each time, so that no Nix store has it.
    const unique: ArchiveContent = [
      ...honest,
      ["repo-1/unique", `${process.pid} ${Date.now()} ${Math.random()}`],
    ]
    url = server.at("/a.tar.gz", whole(await tarball(unique)))
    const settings = { ...defaultFetchSettings(), cacheFolder: join(folder, "other") }
    const wanted = { ref: { type: "tarball", url }, name: "source", method: "nar" } as const
    narHash = (await new SourceFetcher(settings).fetch(wanted, new AbortController().signal, () => {})).hash
    server.log.splice(0)
  })

  /** What is printed, or the last line of the failure. Not in this thread alone: the server is in it. */
  const canopy = (...args: string[]): Promise<string> => {
    const env = { ...process.env, CANOPY_CACHE: join(folder, "cache") }
    return new Promise(done =>
      execFile(
        process.execPath,
        [join(repository, "dist/cli.js"), ...args],
        { env },
        (error, stdout, stderr) =>
          done(error === null ? stdout.trim() : (stderr.trim().split("\n").at(-1)?.trim() ?? "")),
      ),
    )
  }
  const evaluate = (expression: string, ...args: string[]) => canopy("eval", ...args, "--expr", expression)

  it("fetches while it evaluates, and only once", async () => {
    const tree = `builtins.fetchTarball { url = "${url}"; sha256 = "${narHash}"; }`
    const answer = await evaluate(`((import (${tree} + "/flake.nix")).outputs { }).answer`)
    assert.equal(answer, "42")
    assert.equal(await evaluate(`builtins.readFile (${tree} + "/link")`, "--offline"), '"1"')
    assert.deepEqual(server.log, ["/a.tar.gz"])
  })

  it("asks repositories on this machine also when it is offline, and anew each time", async () => {
    const path = join(folder, "repository")
    const git = (...args: string[]) =>
      execFileSync("git", ["-C", path, "-c", "user.name=a", "-c", "user.email=a@b", ...args])
    execFileSync("git", ["init", "-q", "-b", "main", path])
    for (const answer of ["1", "2"]) {
      writeFileSync(join(path, "flake.nix"), `{ outputs = _: { answer = ${answer}; }; }`)
      git("add", ".")
      git("commit", "-qm", answer)
      git("branch", "-f", "side")
      git("commit", "--allow-empty", "-qm", "what is checked out")
      assert.equal(await canopy("eval", "--offline", `git+file://${path}?ref=side#answer`), answer)
    }
  })

  it("asks nobody when it is offline, and says what is missing", async () => {
    const tree = `builtins.fetchTarball { url = "${url}"; sha256 = "${narHash}"; }`
    assert.equal(
      await evaluate(tree, "--offline"),
      `error: a source is missing: 'fetchTarball' wants '${url}', which is not on this machine`,
    )
    assert.deepEqual(server.log, [])
    assert.match(
      await evaluate('builtins.fetchTree "github:nobody/nothing"', "--offline", "--impure"),
      /^error: a source is missing: 'github:nobody\/nothing' is not/,
    )
  })

  it("takes what no hash is known of in impure evaluation alone", async () => {
    assert.match(
      await evaluate(`builtins.fetchTarball "${url}"`),
      /'fetchTarball' requires a 'sha256' argument$/,
    )
    assert.match(await evaluate(`builtins.fetchTarball "${url}"`, "--impure"), /^"\/nix\/store\/.*-source"$/)
  })

  it("fetches the inputs of a flake that are locked", async () => {
    const ref = { type: "tarball", url }
    const lock = {
      version: 7,
      root: "root",
      nodes: {
        root: { inputs: { a: "a" } },
        a: { locked: { ...ref, narHash }, original: ref },
      },
    }
    writeFileSync(join(folder, "flake.lock"), JSON.stringify(lock))
    writeFileSync(
      join(folder, "flake.nix"),
      `{ inputs.a.url = "${url}"; outputs = { a, self }: { inherit (a) answer; }; }`,
    )
    assert.match(await canopy("eval", `${folder}#answer`, "--offline"), /'http:.*' is not on this machine$/)
    assert.equal(await canopy("eval", `${folder}#answer`), "42")
    assert.equal(await canopy("eval", `${folder}#answer`, "--offline"), "42")
  })
})
