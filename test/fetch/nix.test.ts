// Fetching builtins beside Nix: the same expressions, the same server, the same answers. Skipped without CANOPY_NIX.

import assert from "node:assert/strict"
import { execFile, execFileSync } from "node:child_process"
import { cpSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { repository } from "../cli/canopy.js"
import { realNix } from "../harness/real-nix.js"
import { temporaryFolder } from "../harness/temporary-folder.js"
import { writeFile } from "../harness/write-file.js"
import { honest, tarball } from "./archive.js"
import { ArchiveServer, whole } from "./archive-server.js"
import { honestBzip2, honestZip } from "./packed.js"

const nix = realNix()
/** Of `honest`. */
const sha256 = "sha256-kwHhGW0B1l5xcnWch09Y+fBiiTnDmkDJYR2XAZN97Ak="

/** URL is the archive's, FILE that of a file, GIT that of a repository, REV a revision in it, DIRTY one with changes. */
const impure = [
  'builtins.fetchTarball "URL"',
  'builtins.fetchTarball { url = "URL"; name = "other"; }',
  'builtins.fetchurl "FILE"',
  'builtins.fetchurl { url = "FILE"; name = "other"; }',
  'builtins.fetchTarball "ZIP"',
  'builtins.fetchTree "ZIP"',
  'builtins.fetchTarball "BZ2"',
  'builtins.fetchTree "URL"',
  'builtins.fetchTree { type = "tarball"; url = "URL"; }',
  'builtins.fetchTree { type = "file"; url = "FILE"; }',
  'builtins.readDir (builtins.fetchTarball "URL")',
  'builtins.readFile (builtins.fetchTarball "URL" + "/link")',
  'builtins.fetchGit { url = "GIT"; rev = "REV"; }',
  'builtins.fetchGit { url = "GIT"; ref = "old"; }',
  'builtins.fetchGit { url = "GIT"; }',
  'builtins.fetchGit { url = "DIRTY"; }',
  'builtins.fetchGit { url = "DIRTY"; exportIgnore = false; }',
  'builtins.fetchTree { type = "git"; url = "DIRTY"; }',
  'builtins.readDir (builtins.fetchGit { url = "DIRTY"; } + "/sub")',
  'builtins.fetchGit { url = "GIT"; rev = "REV"; name = "other"; shallow = true; }',
  'builtins.fetchTree { type = "git"; url = "GIT"; rev = "REV"; }',
  'builtins.fetchTree "git+GIT?ref=old"',
  'builtins.fetchTarball { url = "URL"; sha256 = "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="; }',
  "builtins.fetchTarball { }",
  'builtins.fetchTarball { url = "x"; other = 1; }',
  'builtins.fetchurl "http://127.0.0.1:1/"',
  'builtins.fetchTree { url = "x"; }',
  'builtins.fetchTree { type = "git"; url = "GIT"; name = "x"; }',
  'builtins.fetchGit { type = "git"; url = "GIT"; }',
  'builtins.fetchGit { url = "GIT"; other = [ ]; }',
  'builtins.fetchGit "host:path"',
]
const pure = [
  'builtins.fetchTarball "URL"',
  'builtins.fetchurl { url = "FILE"; }',
  'builtins.fetchGit { url = "GIT"; ref = "old"; }',
  'builtins.fetchGit { url = "GIT"; rev = "REV"; }',
  'builtins.fetchMercurial "http://example.org/x"',
  'builtins.fetchTree { type = "github"; owner = "a"; repo = "b"; }',
  'builtins.fetchTree { type = "path"; path = "/x"; }',
  'builtins.getFlake "github:a/b"',
  `builtins.fetchTarball { url = "URL"; sha256 = "${sha256}"; }`,
]

describe("fetching, beside Nix", function () {
  this.timeout(60_000)
  const server = new ArchiveServer()
  let folder: string
  let fill: (text: string) => string
  before(async function () {
    if (nix === undefined) this.skip()
    await server.start()
    folder = temporaryFolder("beside")
    const git = (...args: string[]) =>
      execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@b", "-C", folder, ...args], {
        encoding: "utf8",
      })
    git("init", "-q", "-b", "main", "repository")
    for (const [at, text] of ["1", "2"].entries()) {
      writeFileSync(join(folder, "repository/file"), text)
      git("-C", "repository", "add", ".")
      git("-C", "repository", "commit", "-qm", text)
      if (at === 0) git("-C", "repository", "branch", "old")
    }
    cpSync(join(folder, "repository"), join(folder, "dirty"), { recursive: true })
    const attributes =
      "hidden export-ignore\n*.no export-ignore\nkept.no -export-ignore\n/sub/deep export-ignore\n"
    const files = { ".gitattributes": attributes, hidden: "1", "a.no": "1", "kept.no": "1", "sub/x": "1" }
    const more = {
      "sub/deep/y": "1",
      "sub/hidden/z": "1",
      "other/deep/y": "1",
      "sub/.gitattributes": "x export-ignore\n",
    }
    for (const [path, text] of Object.entries({ ...files, ...more }))
      writeFile(join(folder, "dirty", path), text)
    git("-C", "dirty", "add", ".")
    const rev = git("-C", "repository", "rev-parse", "old").trim()
    const url = server.at("/a.tar.gz", whole(await tarball(honest)))
    const file = server.at("/file.txt", whole(Buffer.from("hello\n")))
    const names: Record<string, string> = {
      URL: url,
      FILE: file,
      ZIP: server.at("/a.zip", whole(honestZip)),
      BZ2: server.at("/a.tar.bz2", whole(honestBzip2)),
      GIT: `file://${folder}/repository`,
      REV: rev,
      DIRTY: `file://${folder}/dirty`,
    }
    fill = text => text.replace(/URL|FILE|ZIP|BZ2|GIT|REV|DIRTY/g, name => names[name])
  })
  after(async () => {
    if (folder !== undefined) await server.stop()
  })

  /** The answer, or the message of the error. */
  const answer = (program: string, args: string[]): Promise<string> =>
    new Promise(done => {
      const cache = join(folder, "cache")
      const env = { ...process.env, XDG_CACHE_HOME: cache, CANOPY_CACHE: cache }
      execFile(program, args, { env }, (error, stdout, stderr) => {
        const said = error === null ? stdout : stderr.slice(stderr.lastIndexOf("error: "))
        done(said.trim().replace(/\n\s+/g, "\n"))
      })
    })
  const ask = (expression: string, how: string[]) => [...how, "--expr", fill(expression)]
  for (const [mode, expressions, how] of [
    ["impure", impure, ["--impure"]],
    ["pure", pure, []],
  ] as const)
    for (const expression of expressions)
      it(`${mode}: ${expression}`, async () => {
        const features = ["--extra-experimental-features", "nix-command flakes", "eval"]
        const theirs = await answer(nix!, [...features, ...ask(expression, [...how])])
        const program = join(repository, "dist/cli.js")
        assert.equal(await answer(process.execPath, [program, "eval", ...ask(expression, [...how])]), theirs)
      })
})
