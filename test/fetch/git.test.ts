// Sources from git: revisions that are not checked out, branches, submodules, and content as it is in the objects.

import assert from "node:assert/strict"
import { execFileSync } from "node:child_process"
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  writeFileSync,
} from "node:fs"
import { join } from "node:path"
import { fetchGit } from "../../server/src/fetch/git.js"
import type { FlakeRef } from "../../server/src/fleet/index.js"
import { temporaryFolder } from "../harness/temporary-folder.js"

describe("fetching from git", () => {
  let folder: string
  let repository: string
  let first: string
  let count = 0
  const git = (cwd: string, ...args: string[]) =>
    execFileSync(
      "git",
      [
        "-c",
        "user.name=a",
        "-c",
        "user.email=a@b",
        "-c",
        "commit.gpgsign=false",
        "-c",
        "protocol.file.allow=always",
        ...args,
      ],
      { cwd, encoding: "utf8", env: { ...process.env, GIT_COMMITTER_DATE: "1700000000 +0000" } },
    ).trim()
  const write = (path: string, text: string) => writeFileSync(join(repository, path), text)

  before(() => {
    folder = temporaryFolder("git")
    repository = join(folder, "repository")
    const sub = join(folder, "sub")
    for (const path of [sub, repository]) git(folder, "init", "--quiet", "-b", "main", path)
    writeFileSync(join(sub, "inside"), "sub")
    git(sub, "add", ".")
    git(sub, "commit", "--quiet", "-m", "sub")
    mkdirSync(join(repository, "hidden"))
    write("hidden/file", "x")
    write(".gitattributes", "hidden export-ignore\n*.txt text eol=crlf\n")
    write("lines.txt", "a\nb\n")
    symlinkSync("lines.txt", join(repository, "link"))
    git(repository, "submodule", "--quiet", "add", "../sub", "sub")
    git(repository, "add", ".")
    git(repository, "commit", "--quiet", "-m", "1")
    first = git(repository, "rev-parse", "HEAD")
    git(repository, "branch", "old")
    write("later", "2")
    git(repository, "add", ".")
    git(repository, "commit", "--quiet", "-m", "2")
    // Submodules on this machine are refused by git itself, for good reasons, unless somebody says so.
    Object.assign(process.env, {
      GIT_CONFIG_COUNT: "1",
      GIT_CONFIG_KEY_0: "protocol.file.allow",
      GIT_CONFIG_VALUE_0: "always",
    })
  })
  after(() => {
    for (const name of ["GIT_CONFIG_COUNT", "GIT_CONFIG_KEY_0", "GIT_CONFIG_VALUE_0"])
      delete process.env[name]
  })

  const fetched = async (more: FlakeRef) => {
    const root = join(folder, `tree-${count++}`)
    const ref = { type: "git", url: `file://${repository}`, ...more }
    return { root, ...(await fetchGit(ref, root, join(folder, "cache"), new AbortController().signal)) }
  }

  it("takes a revision that is not checked out, as it is in the objects", async () => {
    const { root, rev, lastModified, revCount } = await fetched({ rev: first })
    assert.deepEqual([rev, lastModified, revCount], [first, 1_700_000_000, 1])
    assert.deepEqual(readdirSync(root).sort(), [
      ".gitattributes",
      ".gitmodules",
      "hidden",
      "lines.txt",
      "link",
      "sub",
    ])
    assert.equal(readFileSync(join(root, "lines.txt"), "utf8"), "a\nb\n")
    assert.deepEqual(readdirSync(join(root, "sub")), [])
  })

  it("takes a branch, and without one what is checked out there", async () => {
    assert.equal((await fetched({ ref: "old" })).rev, first)
    assert.equal((await fetched({})).revCount, 2)
    assert.equal(existsSync(join((await fetched({})).root, "later")), true)
  })

  it("takes submodules with it where they are wanted", async () => {
    const { root } = await fetched({ rev: first, submodules: true })
    assert.equal(readFileSync(join(root, "sub/inside"), "utf8"), "sub")
  })

  it("leaves out what archives leave out, where that is wanted", async () => {
    const { root } = await fetched({ rev: first, exportIgnore: true })
    assert.equal(existsSync(join(root, "hidden")), false)
  })

  it("keeps names that are no UTF-8", async () => {
    const named = join(folder, "named")
    git(folder, "init", "--quiet", named)
    writeFileSync(Buffer.from(join(named, "\xfcber"), "latin1"), "1")
    symlinkSync(Buffer.from("\xfcber", "latin1"), join(named, "link"))
    git(named, "add", ".")
    git(named, "commit", "--quiet", "-m", "1")
    const { root } = await fetched({ type: "git", url: `file://${named}` })
    assert.deepEqual(readdirSync(root, "latin1").sort(), ["link", "\xfcber"])
    assert.equal(readlinkSync(join(root, "link"), "latin1"), "\xfcber")
  })

  it("passes over the query in the URL of a folder", async () => {
    const { rev } = await fetched({ url: `file://${repository}?narHash=x`, rev: first })
    assert.equal(rev, first)
  })

  it("says what a repository does not have", async () => {
    await assert.rejects(fetched({ rev: `${"0".repeat(39)}1` }), /has no revision '0+1'/)
    await assert.rejects(fetched({ ref: "none" }), /git: couldn't find remote ref/)
  })
})
