// Flakes in git beside Nix: clean and dirty trees, folders, submodules, attributes, what is only meant to be added. The same
// sourceInfo, hashes and revisions. Skipped without CANOPY_NIX.

import assert from "node:assert/strict"
import { execFileSync, spawnSync } from "node:child_process"
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs"
import { join } from "node:path"
import { repository } from "../cli/canopy.js"
import { realNix } from "../harness/real-nix.js"
import { temporaryFolder } from "../harness/temporary-folder.js"

const nix = realNix()
const said = `removeAttrs self.sourceInfo [ "outPath" "__toString" ]
  // { out = "\${self}"; source = "\${self.sourceInfo}"; has = builtins.attrNames self; }`

/** What changes, and the reference below the repository that is asked then. */
const states: readonly (readonly [
  title: string,
  change: (folder: string) => void,
  references: readonly string[],
])[] = [
  [
    "a clean tree",
    () => {},
    ["", "nix", "git+file?dir=nix&submodules=1", "path?dir=nix", "git+file?ref=main"],
  ],
  ["a changed file", folder => appendFileSync(join(folder, "run"), "more"), ["", "nix", "git+file?dir=nix"]],
  ["a new file", folder => writeFileSync(join(folder, "new"), "2"), [""]],
  ["a file that is meant to be added", folder => git(folder, "add", "--intent-to-add", "new"), [""]],
  ["a file that git no longer tracks", folder => git(folder, "rm", "-q", "--cached", "hidden"), [""]],
  ["a file that is gone", folder => rmSync(join(folder, "text")), [""]],
  ["a changed submodule", folder => appendFileSync(join(folder, "sub/file"), "x"), ["nix"]],
  ["a file that may not be run any more", folder => chmodSync(join(folder, "run"), 0o644), [""]],
]

function git(folder: string, ...args: readonly string[]): void {
  const settings = ["user.name=a", "user.email=a@b", "protocol.file.allow=always"].flatMap(it => ["-c", it])
  const date = "1700000000 +0000"
  const env = {
    ...process.env,
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_AUTHOR_DATE: date,
    GIT_COMMITTER_DATE: date,
  }
  execFileSync("git", [...settings, "-C", folder, ...args], { env, stdio: "pipe" })
}

describe("a flake in git, beside Nix", function () {
  this.timeout(120_000)
  let around: string
  let folder: string
  before(function () {
    if (nix === undefined) this.skip()
    around = temporaryFolder("git-beside")
    folder = join(around, "main")
    git(around, "init", "-q", "-b", "main", "library")
    writeFileSync(join(around, "library/file"), "hi")
    git(join(around, "library"), "add", ".")
    git(join(around, "library"), "commit", "-qm", "library")
    git(around, "init", "-q", "-b", "main", "main")
    mkdirSync(join(folder, "nix"))
    const files = {
      "flake.nix": `{ outputs = { self }: { info = ${said}; }; }`,
      "nix/flake.nix": `{ inputs.self.submodules = true; outputs = { self }: { info = ${said}; }; }`,
      ".gitattributes": "hidden export-ignore\n*.txt text eol=crlf\n",
      hidden: "1",
      text: "a\nb\n",
      run: "#!",
    }
    for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, path), text)
    symlinkSync("run", join(folder, "link"))
    chmodSync(join(folder, "run"), 0o755)
    git(folder, "submodule", "--quiet", "add", `file://${around}/library`, "sub")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "one")
  })

  /** The answer without cached ones: Nix keeps hashes of clean trees, with or without submodules alike. */
  const answer = (program: string, args: readonly string[]) => {
    const cache = mkdtempSync(join(around, "cache-"))
    const env = {
      ...process.env,
      XDG_CACHE_HOME: cache,
      CANOPY_CACHE: cache,
      GIT_CONFIG_GLOBAL: "/dev/null",
    }
    const { stdout, stderr } = spawnSync(program, args, { env, encoding: "utf8" })
    return stdout === "" ? stderr : JSON.parse(stdout)
  }
  const referenceTo = (below: string) => {
    const [, scheme, query] = /^(git\+file|path)(\?.*)$/.exec(below) ?? []
    if (scheme === undefined) return `${join(folder, below)}#info`
    return `${scheme === "path" ? "path:" : "git+file://"}${folder}${query}#info`
  }

  for (const [title, change, references] of states)
    it(title, () => {
      change(folder)
      for (const below of references) {
        const asked = ["eval", "--json", referenceTo(below)]
        const features = ["--extra-experimental-features", "nix-command flakes"]
        const theirs = answer(nix!, [...features, ...asked, "--no-write-lock-file"])
        assert.equal(typeof theirs, "object", String(theirs))
        assert.deepEqual(answer(process.execPath, [join(repository, "dist/cli.js"), ...asked]), theirs, below)
      }
    })
})
