// Flakes in git repositories, made by the real git in a temporary folder and read without it. Authors and times are fixed, so
// commits are always the same; hashes of trees are those that Nix 2.34.8 printed for the same repositories.

import assert from "node:assert/strict"
import { execFileSync } from "node:child_process"
import { chmodSync, rmSync, symlinkSync } from "node:fs"
import { join } from "node:path"
import { EvalError, intern, printValue, type Value } from "../../server/src/eval/index.js"
import { type OpenFlake, OverlaidFiles, openFlake } from "../../server/src/fleet/index.js"
import { Disk } from "../../server/src/machine/disk.js"
import { temporaryFolder } from "../harness/temporary-folder.js"
import { writeFile } from "../harness/write-file.js"

let folder: string

beforeEach(() => {
  folder = temporaryFolder("git")
})

const when = "2026-01-02T03:04:05Z"

/** Runs git in the temporary folder, with nothing of this machine's settings. */
function git(...args: string[]): string {
  const person = { name: "A", email: "a@example.org" }
  const env = {
    PATH: process.env.PATH,
    HOME: folder,
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_AUTHOR_NAME: person.name,
    GIT_AUTHOR_EMAIL: person.email,
    GIT_COMMITTER_NAME: person.name,
    GIT_COMMITTER_EMAIL: person.email,
    GIT_AUTHOR_DATE: when,
    GIT_COMMITTER_DATE: when,
  }
  const settings = ["-c", "init.defaultBranch=main", "-c", "protocol.file.allow=always"]
  return execFileSync("git", [...settings, ...args], {
    cwd: folder,
    env,
    encoding: "utf8",
    stdio: "pipe",
  }).trim()
}

function write(path: string, text: string): void {
  writeFile(join(folder, path), text)
}

const flakeText = `{
  outputs = { self }: {
    folder = builtins.readDir ./.;
    untracked = import ./untracked.nix;
    nothing = import ./nothing.nix;
    linked = import ./link/x.nix;
    exists = builtins.pathExists ./untracked.nix;
    sub = builtins.readDir ./sub;
  };
}
`

/** A repository of one commit, with a file in a folder, an executable, a link and one file that git was not told of. */
function repository(): void {
  git("init", "-q")
  write("flake.nix", flakeText)
  write("sub/x.nix", "1\n")
  write("run.sh", "echo\n")
  chmodSync(join(folder, "run.sh"), 0o755)
  symlinkSync("sub", join(folder, "link"))
  git("add", ".")
  git("commit", "-qm", "one")
  write("untracked.nix", "2\n")
}

function open(root = folder, files = new OverlaidFiles(new Disk())): OpenFlake {
  return openFlake({ root, offline: true, overrideInputs: {} }, files)
}

function value({ self, evaluator: ev }: OpenFlake, path: string): string {
  try {
    if (self instanceof EvalError) throw self
    let found: Value = self
    for (const name of path.split(".")) found = ev.force(ev.attrs(found).get(intern(name)) ?? null)
    return printValue(ev, found, { force: true })
  } catch (error) {
    if (error instanceof EvalError) return `error: ${error.message}`
    throw error
  }
}

const committed = "sha256-n+bIW63JLatYJXFaUJV5AwSZOXMPbMtS5GOcF8pl3X8="

describe("a flake in a git repository", () => {
  it("is the commit that is checked out, while nothing changed", () => {
    repository()
    const flake = open()
    assert.equal(value(flake, "rev"), `"${git("rev-parse", "HEAD")}"`)
    assert.equal(value(flake, "shortRev"), `"${git("rev-parse", "HEAD").slice(0, 7)}"`)
    assert.equal(value(flake, "revCount"), "1")
    assert.equal(value(flake, "lastModifiedDate"), '"20260102030405"')
    assert.equal(value(flake, "narHash"), `"${committed}"`)
    assert.equal(value(flake, "submodules"), "false")
    assert.deepEqual(flake.problems, [])
  })

  it("holds what git tracks", () => {
    repository()
    const flake = open()
    assert.equal(
      value(flake, "folder"),
      '{ "flake.nix" = "regular"; link = "symlink"; "run.sh" = "regular"; sub = "directory"; }',
    )
    assert.equal(value(flake, "exists"), "false")
    assert.equal(value(flake, "linked"), "1")
    assert.equal(
      value(flake, "untracked"),
      `error: Path 'untracked.nix' in the repository "${folder}" is not tracked by Git.\n\nTo make it visible to Nix, run:\n\ngit -C "${folder}" add "untracked.nix"`,
    )
    assert.equal(
      value(flake, "nothing"),
      `error: Path 'nothing.nix' does not exist in Git repository "${folder}".`,
    )
    git("add", "--intent-to-add", "untracked.nix")
    assert.equal(value(open(), "untracked"), "2")
  })

  const dirtying: readonly (readonly [string, () => void])[] = [
    ["a file changed", () => write("sub/x.nix", "9\n")],
    ["a file was staged", () => void git("add", "untracked.nix")],
    ["a file is meant to be added", () => void git("add", "-N", "untracked.nix")],
    ["a file was deleted", () => rmSync(join(folder, "run.sh"))],
    ["a file was taken out", () => void git("rm", "-q", "--cached", "run.sh")],
    ["a file can no longer be executed", () => chmodSync(join(folder, "run.sh"), 0o644)],
  ]
  for (const [title, change] of dirtying)
    it(`is dirty when ${title}`, () => {
      repository()
      change()
      const flake = open()
      assert.equal(value(flake, "rev"), "null")
      assert.equal(value(flake, "dirtyRev"), `"${git("rev-parse", "HEAD")}-dirty"`)
      assert.match(value(flake, "dirtyShortRev"), /^"[0-9a-f]{7}-dirty"$/)
      assert.notEqual(value(flake, "narHash"), `"${committed}"`)
    })

  it("is clean when a file was only touched", () => {
    repository()
    write("sub/x.nix", "1\n")
    assert.equal(value(open(), "narHash"), `"${committed}"`)
    assert.equal(value(open(), "revCount"), "1")
  })

  it("is the same commit after git has packed what was read before", () => {
    repository()
    const files = new OverlaidFiles(new Disk())
    const rev = `"${git("rev-parse", "HEAD")}"`
    assert.equal(value(open(folder, files), "rev"), rev)
    git("gc", "-q", "--prune=now")
    assert.equal(value(open(folder, files), "rev"), rev)
    git("commit", "-q", "--amend", "-m", "two")
    git("gc", "-q", "--prune=now")
    assert.equal(value(open(folder, files), "rev"), `"${git("rev-parse", "HEAD")}"`)
  })

  it("is dirty by unsaved text alone, and clean again without it", () => {
    repository()
    const files = new OverlaidFiles(new Disk())
    files.setText(`${folder}/sub/x.nix`, "5\n")
    assert.equal(value(open(folder, files), "linked"), "5")
    assert.equal(value(open(folder, files), "rev"), "null")
    files.setText(`${folder}/sub/x.nix`, undefined)
    assert.equal(value(open(folder, files), "narHash"), `"${committed}"`)
  })

  it("is all of the repository when it lies in a folder of it", () => {
    git("init", "-q")
    write("nix/flake.nix", "{ outputs = { self }: { up = builtins.readFile ../top; at = self.outPath; }; }")
    write("top", "t")
    git("add", ".")
    const flake = open(`${folder}/nix`)
    assert.equal(value(flake, "up"), '"t"')
    assert.match(value(flake, "at"), /-source\/nix"$/)
    assert.deepEqual([flake.root, flake.sourceRoot], [`${folder}/nix`, folder])
    assert.equal(value(flake, "lastModified"), "0")
  })

  it("must be tracked itself", () => {
    git("init", "-q")
    write("flake.nix", "{ outputs = _: { }; }")
    const says = (root: string) => open(root).problems.map(({ message }) => message)
    assert.deepEqual(says(folder), [
      `Path 'flake.nix' in the repository "${folder}" is not tracked by Git.\n\nTo make it visible to Nix, run:\n\ngit -C "${folder}" add "flake.nix"`,
    ])
    assert.deepEqual(says(`git+file://${folder}?dir=sub/x`), [
      `Path 'sub/x/flake.nix' does not exist in Git repository "${folder}".`,
    ])
  })

  it("is looked for in what the repository has", () => {
    repository()
    const says = (query: string) =>
      open(`git+file://${folder}?${query}`).problems.map(({ message }) => message)
    assert.deepEqual(says("ref=gone"), [
      "resolving Git reference 'gone': revspec 'gone' not found (libgit2 error code = 4)",
    ])
    const rev = "0123456789".repeat(4)
    assert.deepEqual(says(`rev=${rev}`), [
      `getting Git object '${rev}': object not found - no match for id (${rev}) (libgit2 error code = 9)`,
    ])
  })

  it("counts commits also when they are packed and their index is of version 4", () => {
    repository()
    for (let n = 0; n < 5; n++) {
      write("sub/x.nix", `${n}\n`)
      git("commit", "-qam", String(n))
    }
    git("gc", "-q", "--aggressive")
    git("pack-refs", "--all")
    git("update-index", "--index-version", "4")
    assert.equal(value(open(), "revCount"), "6")
    assert.equal(value(open(), "linked"), "4")
  })

  it("may name its objects by SHA-256", () => {
    git("init", "-q", "--object-format=sha256")
    write("flake.nix", flakeText)
    git("add", ".")
    git("commit", "-qm", "one")
    git("gc", "-q")
    assert.equal(value(open(), "rev"), `"${git("rev-parse", "HEAD")}"`)
    assert.equal(value(open(), "revCount"), "1")
    write("flake.nix", `${flakeText}# more\n`)
    assert.equal(value(open(), "rev"), "null")
  })

  it("counts a merged history once", () => {
    repository()
    git("checkout", "-q", "-b", "other")
    write("other", "o")
    git("add", "other")
    git("commit", "-qm", "two")
    git("checkout", "-q", "main")
    write("mine", "m")
    git("add", "mine")
    git("commit", "-qm", "three")
    git("merge", "-q", "other", "-m", "four")
    assert.equal(value(open(), "revCount"), "4")
  })

  it("may be a linked working tree", () => {
    repository()
    git("worktree", "add", "-q", "tree", "-b", "tree")
    const flake = open(`${folder}/tree`)
    assert.equal(value(flake, "linked"), "1")
    assert.equal(value(flake, "narHash"), `"${committed}"`)
    assert.equal(value(flake, "rev"), `"${git("rev-parse", "HEAD")}"`)
  })

  it("has the number of revisions of a shallow clone only if it is not said to be one", () => {
    repository()
    write("sub/x.nix", "2\n")
    git("commit", "-qam", "two")
    git("clone", "-q", "--depth", "1", `file://${folder}`, "clone")
    const flake = open(`${folder}/clone`)
    assert.equal(value(flake, "rev"), `"${git("rev-parse", "HEAD")}"`)
    assert.equal(value(flake, "revCount"), "null")
    assert.equal(value(open(`git+file://${folder}/clone`), "revCount"), "1")
    assert.deepEqual(
      open(`git+file://${folder}/clone?ref=main`).problems.map(({ message }) => message),
      [
        `'${folder}/clone' is a shallow Git repository, but shallow repositories are only allowed when \`shallow = true;\` is specified`,
      ],
    )
  })

  /** A repository in main, with another one at main/sub. */
  function addSubmodule(): void {
    git("init", "-q", "library")
    write("library/x", "x")
    git("-C", "library", "add", ".")
    git("-C", "library", "commit", "-qm", "x")
    git("init", "-q", "main")
    git("-C", "main", "submodule", "--quiet", "add", `file://${folder}/library`, "sub")
  }

  it("takes its submodules along when it asks for them", () => {
    addSubmodule()
    const outputs =
      "outputs = { self }: { all = builtins.attrNames (builtins.readDir ./.); sub = builtins.attrNames (builtins.readDir ./sub); };"
    write("main/flake.nix", `{ ${outputs} }`)
    git("-C", "main", "add", ".")
    assert.equal(value(open(`${folder}/main`), "all"), '[ ".gitmodules" "flake.nix" ]')
    write("main/flake.nix", `{ inputs.self.submodules = true; ${outputs} }`)
    const flake = open(`${folder}/main`)
    assert.equal(value(flake, "all"), '[ ".gitmodules" "flake.nix" "sub" ]')
    assert.equal(value(flake, "sub"), '[ "x" ]')
    assert.equal(value(flake, "submodules"), "true")
  })

  const unnoticed: readonly (readonly [string, () => void])[] = [
    [
      "the line endings of a file are those that git was told to convert",
      () => {
        git("config", "core.autocrlf", "input")
        write("sub/x.nix", "1\r\n")
      },
    ],
    [
      "the line endings of a file are those that its attributes want",
      () => {
        write(".gitattributes", "*.nix text eol=crlf\n")
        git("add", ".gitattributes")
        git("commit", "-qm", "two")
        write("sub/x.nix", "1\r\n")
      },
    ],
    [
      "a changed file is assumed to be unchanged",
      () => {
        git("update-index", "--assume-unchanged", "sub/x.nix")
        write("sub/x.nix", "9\n")
      },
    ],
    [
      "a changed file is none that git looks at",
      () => {
        git("update-index", "--skip-worktree", "sub/x.nix")
        write("sub/x.nix", "9\n")
      },
    ],
    [
      "a file may be run and git keeps no modes",
      () => {
        git("config", "core.fileMode", "false")
        chmodSync(join(folder, "sub/x.nix"), 0o755)
      },
    ],
  ]
  for (const [title, change] of unnoticed)
    it(`is clean when ${title}`, () => {
      repository()
      change()
      assert.equal(value(open(), "rev"), `"${git("rev-parse", "HEAD")}"`)
    })

  it("is dirty when the line endings of a file changed and nobody converts them", () => {
    repository()
    write("sub/x.nix", "1\r\n")
    assert.equal(value(open(), "rev"), "null")
  })

  it("has nothing of a folder that took the place of a file", () => {
    repository()
    rmSync(join(folder, "run.sh"))
    write("run.sh/new", "1\n")
    assert.equal(value(open(), "folder"), '{ "flake.nix" = "regular"; link = "symlink"; sub = "directory"; }')
  })

  it("is the repository also where a path overrides an input with it", () => {
    repository()
    const user = temporaryFolder("user")
    writeFile(
      join(user, "flake.nix"),
      '{ inputs.x.url = "path:/x"; outputs = { self, x }: { at = x.outPath; }; }',
    )
    const overridden = (x: string, name: string) => {
      const setup = { root: user, folder: join(folder, "sub"), offline: true, overrideInputs: { x } }
      return value(openFlake(setup, new OverlaidFiles(new Disk())), name)
    }
    for (const path of [folder, "..", "../sub/..", "git+file:.."]) {
      assert.equal(overridden(path, "inputs.x.narHash"), `"${committed}"`)
      assert.equal(overridden(path, "inputs.x.rev"), `"${git("rev-parse", "HEAD")}"`)
    }
    write("sub/flake.nix", "{ outputs = _: { }; }")
    git("add", ".")
    git("commit", "-qm", "two")
    for (const path of [".", join(folder, "sub"), "..?dir=sub"])
      assert.match(overridden(path, "at"), /^"\/nix\/store\/[a-z0-9]{32}-source\/sub"$/)
  })

  it("has the revisions that a graft leaves to it", () => {
    repository()
    for (const text of ["2\n", "3\n"]) {
      write("sub/x.nix", text)
      git("commit", "-qam", text)
    }
    const revisions = git("log", "--format=%H").split("\n")
    assert.equal(value(open(), "revCount"), "3")
    write(".git/info/grafts", `${revisions[0]} ${revisions[2]}\n`)
    assert.equal(value(open(), "revCount"), "2")
    write(".git/info/grafts", `${revisions[0]}\n`)
    assert.equal(value(open(), "revCount"), "1")
  })

  it("is refused in a format that only those may read who know more", () => {
    repository()
    git("config", "core.repositoryFormatVersion", "1")
    git("config", "extensions.refStorage", "reftable")
    assert.deepEqual(
      open().problems.map(({ message }) => message),
      [
        `opening Git repository "${folder}": unsupported extension name extensions.refstorage (libgit2 error code = 6)`,
      ],
    )
  })

  describe("with submodules", () => {
    const rev = () => value(open(`git+file://${folder}/main?submodules=1`), "rev")
    beforeEach(() => {
      addSubmodule()
      write("main/flake.nix", "{ outputs = { self }: { all = builtins.readDir ./.; }; }")
      git("-C", "main", "add", ".")
      git("-C", "main", "commit", "-qm", "one")
    })

    it("is dirty when one of them is", () => {
      const head = `"${git("-C", "main", "rev-parse", "HEAD")}"`
      assert.equal(rev(), head)
      write("main/sub/new", "1")
      assert.equal(rev(), head)
      write("main/sub/x", "y")
      assert.equal(rev(), "null")
      assert.equal(value(open(`${folder}/main`), "rev"), head)
    })

    it("must have them checked out", () => {
      git("-C", "main", "submodule", "--quiet", "deinit", "-f", "sub")
      const top = `${folder}/main`
      assert.deepEqual(
        open(`git+file://${top}?submodules=1`).problems.map(({ message }) => message),
        [
          `submodule 'sub' of the Git repository "${top}" is not checked out.\n\nTo check it out, run:\n\ngit -C "${top}" submodule update --init "sub"`,
        ],
      )
      assert.deepEqual(open(top).problems, [])
    })

    it("has those that .gitmodules lists", () => {
      git("-C", "main", "rm", "-q", "--cached", ".gitmodules")
      rmSync(join(folder, "main/.gitmodules"))
      assert.equal(
        value(open(`git+file://${folder}/main?submodules=1`), "all"),
        '{ "flake.nix" = "regular"; }',
      )
    })
  })
})
