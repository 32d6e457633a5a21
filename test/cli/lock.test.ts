// flake.lock as Canopy writes it: fits flake.nix afterwards, is not written again, and is byte for byte what Nix writes where
// CANOPY_NIX names one.

import assert from "node:assert/strict"
import { execFile, execFileSync } from "node:child_process"
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { honest, tarball } from "../fetch/archive.js"
import { ArchiveServer, whole } from "../fetch/archive-server.js"
import { realNix } from "../harness/real-nix.js"
import { temporaryFolder } from "../harness/temporary-folder.js"
import { writeFile } from "../harness/write-file.js"
import { repository } from "./canopy.js"

const nix = realNix()

describe("canopy lock", function () {
  this.timeout(60_000)
  const server = new ArchiveServer()
  let folder: string
  let url: string
  before(async () => {
    await server.start()
    url = server.at("/a.tar.gz", whole(await tarball(honest)))
  })
  after(() => server.stop())
  beforeEach(() => {
    folder = temporaryFolder("lock")
    for (const name of ["lib", "main"]) git(folder, "init", "-q", "-b", "trunk", name)
    write("lib/flake.nix", `{ inputs.far.url = "${url}"; outputs = _: { }; }`)
    commit("lib")
  })

  const git = (cwd: string, ...args: string[]) =>
    execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@b", ...args], { cwd, encoding: "utf8" })
  const write = (path: string, text: string) => writeFile(join(folder, path), text)
  const commit = (name: string) => {
    git(join(folder, name), "add", ".")
    git(join(folder, name), "commit", "-qm", "x")
  }
  const flake = (inputs: string) => {
    write("main/flake.nix", `{ ${inputs} outputs = _: { }; }`)
    git(join(folder, "main"), "add", ".")
  }
  const run = (program: string, ...args: string[]): Promise<string> =>
    new Promise(done => {
      const env = {
        ...process.env,
        XDG_CACHE_HOME: join(folder, "cache"),
        CANOPY_CACHE: join(folder, "canopy"),
      }
      execFile(program, args, { env, cwd: join(folder, "main") }, (_error, _stdout, stderr) =>
        done(stderr.trim()),
      )
    })
  const canopy = () => run(process.execPath, join(repository, "dist/cli.js"), "lock")
  const file = () => join(folder, "main/flake.lock")
  const text = () => (existsSync(file()) ? readFileSync(file(), "utf8") : "")

  /** Locks, and holds the result against Nix's, which starts from the same. */
  const locks = async () => {
    const before = text()
    assert.equal(await canopy(), `wrote ${file()}`)
    assert.equal(await canopy(), `${file()} is up to date`)
    const ours = text()
    if (nix === undefined) return
    if (before === "") rmSync(file())
    else writeFileSync(file(), before)
    await run(nix, "--extra-experimental-features", "nix-command flakes", "flake", "lock")
    assert.equal(ours, text())
  }
  const lib = () => `inputs.lib.url = "git+file://${folder}/lib";`
  const far = () => `inputs.far = { url = "${url}"; flake = false; };`

  it("locks what is new, with all that it brings", async () => {
    write("main/sub/flake.nix", "{ outputs = _: { }; }")
    flake(`${lib()} ${far()} inputs.sub.url = "./sub"; inputs.same.follows = "lib/far";`)
    await locks()
  })

  it("keeps what did not change, takes up what did, and drops what is gone", async () => {
    flake(`${lib()} ${far()}`)
    await locks()
    write("lib/more", "x")
    commit("lib")
    flake(`${lib()} inputs.other = { url = "${url}?x=1"; flake = false; };`)
    server.at("/a.tar.gz?x=1", whole(await tarball(honest)))
    await locks()
    flake(
      `${lib()} inputs.lib.inputs.far.follows = "other"; inputs.other = { url = "${url}"; flake = false; };`,
    )
    await locks()
    flake(lib())
    await locks()
  })

  it("lets a flake say what the inputs of its inputs' inputs are", async () => {
    git(folder, "init", "-q", "-b", "trunk", "mid")
    write("mid/flake.nix", `{ ${lib()} outputs = _: { }; }`)
    commit("mid")
    flake(
      `${far()} inputs.mid = { url = "git+file://${folder}/mid"; inputs.lib.inputs.far.follows = "far"; };`,
    )
    await locks()
    const { nodes } = JSON.parse(text())
    assert.deepEqual(Object.keys(nodes), ["far", "lib", "mid", "root"])
    assert.deepEqual(nodes.lib.inputs, { far: ["far"] })
  })

  it("names a new file to git, or Nix would not see it", async () => {
    flake(far())
    await canopy()
    assert.equal(git(join(folder, "main"), "ls-files", "flake.lock"), "flake.lock\n")
  })

  it("writes nothing for a flake without inputs", async () => {
    flake("")
    assert.equal(await canopy(), `${join(folder, "main")} has no inputs to lock`)
    assert.equal(text(), "")
  })

  it("fails, and nothing is evaluated, where inputs lead in a circle", async () => {
    flake('inputs.a.follows = "b"; inputs.b.follows = "a";')
    const circle = "follow cycle detected: [b -> a -> b]"
    assert.equal(await canopy(), `error: ${circle}`)
    const evaluated = await run(process.execPath, join(repository, "dist/cli.js"), "eval", ".#lib")
    assert.match(evaluated, /while updating the lock file of flake 'git\+file:.*'\n\n/)
    assert.ok(evaluated.endsWith(`error: ${circle}`))
  })

  it("refuses what has changes that nobody could lock", async () => {
    write("lib/flake.nix", "{ outputs = _: { changed = true; }; }")
    flake(lib())
    assert.match(
      await canopy(),
      /^error: input 'lib' cannot be locked: '.*lib' has changes that are not committed$/,
    )
    assert.equal(text(), "")
  })

  it("says what cannot be fetched, and writes nothing", async () => {
    flake(`inputs.none = { url = "${server.base}/none.tar.gz"; flake = false; };`)
    assert.match(await canopy(), /^error: input 'none' is missing: .*HTTP 404/)
    assert.equal(text(), "")
  })
})
