// What git does not track Nix does not see: files that are imported or enumerated all the same are named, with the command that
// mends it; and no link leads evaluation out of its sources.

import assert from "node:assert/strict"
import { execFileSync, spawnSync } from "node:child_process"
import { symlinkSync } from "node:fs"
import { join } from "node:path"
import { EvalError, intern, printValue } from "../../server/src/eval/index.js"
import { isIgnored } from "../../server/src/fleet/git/git-ignore.js"
import { findRepository } from "../../server/src/fleet/git/git-repository.js"
import { type Machine, openFlake, openFleet } from "../../server/src/fleet/index.js"
import { Disk } from "../../server/src/machine/disk.js"
import { inputsFolder } from "../harness/fleet-fixture.js"
import { temporaryFolder } from "../harness/temporary-folder.js"
import { writeFile } from "../harness/write-file.js"

let folder: string
const git = (...args: string[]) =>
  execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@b", ...args], {
    cwd: folder,
    encoding: "utf8",
  })
const write = (path: string, text: string) => writeFile(join(folder, path), text)

beforeEach(() => {
  folder = temporaryFolder("untracked")
})

describe("a file that git does not track", () => {
  /** A fleet with one host, made of all that lies in modules/, and of whatever host.nix imports. */
  const fleet = () => {
    write(
      "flake.nix",
      `{
  inputs.nixpkgs.url = "path:${join(inputsFolder, "nixpkgs")}";
  outputs = { nixpkgs, ... }: {
    nixosConfigurations.alpha = nixpkgs.lib.evalModules {
      class = "nixos";
      modules = [ ./host.nix { options.word = nixpkgs.lib.mkOption { type = nixpkgs.lib.types.str; }; } ]
        ++ map (name: ./modules + "/\${name}") (builtins.attrNames (builtins.readDir ./modules));
    };
  };
}
`,
    )
    write("host.nix", '{ word = "x"; }\n')
    write("modules/a.nix", "{ }\n")
    git("init", "-q")
    git("add", ".")
  }
  const check = () =>
    openFleet({ root: folder, offline: true, overrideInputs: {} }, new Disk())
      .answer({ kind: "check" })
      .map(({ file, range, severity, code, message, fix }) => ({
        at: `${file.slice(folder.length + 1)}:${range.start.line}`,
        says: `${severity} ${code}: ${message.split("\n")[0]}`,
        fix,
      }))
  const track = (path: string) => ({ kind: "track", path: join(folder, path) })

  it("is a warning on itself when the folder that it lies in is imported", () => {
    fleet()
    write("modules/new.nix", "{ }\n")
    assert.deepEqual(check(), [
      {
        at: "modules/new.nix:1",
        says: "warning untracked-file: git does not track 'modules/new.nix', so Nix does not see it",
        fix: track("modules/new.nix"),
      },
    ])
  })

  it("is one error, where it is imported by name, and can be mended there", () => {
    fleet()
    write("host.nix", '{ word = "x";\n  imports = [ ./new.nix ]; }\n')
    write("new.nix", "{ }\n")
    const found = check()
    assert.deepEqual(
      found.map(({ at, fix }) => [at, fix]),
      [["host.nix:2", track("new.nix")]],
    )
    assert.match(found[0].says, /^error .*: Path 'new.nix' in the repository .* is not tracked by Git\.$/)
  })

  it("that is not there at all is found where its path is written", () => {
    fleet()
    write("host.nix", '{ word = "x";\n  imports = [ ./gone.nix ]; }\n')
    const says = `error file-not-found: Path 'gone.nix' does not exist in Git repository "${folder}".`
    assert.deepEqual(check(), [{ at: "host.nix:2", says, fix: undefined }])
  })

  it("is nobody's business when nothing asks for it, when git is told to ignore it, or once it is to be added", () => {
    fleet()
    write("elsewhere/unused.nix", "{ }\n")
    write("modules/local.nix", "{ }\n")
    write(".gitignore", "local.nix\n")
    write("modules/new.nix", "{ }\n")
    git("add", "--intent-to-add", "modules/new.nix")
    assert.deepEqual(check(), [])
  })
})

describe("a pattern of .gitignore", () => {
  const rules =
    "*.tmp\n/top\nbuild/\n!keep.tmp\ndeep/**/x\n**/any\nsp\\ ace\n[ab].c\n# note\n\\#real\nq?.nix\n"
  const paths = [
    ...[
      "a.tmp",
      "s/a.tmp",
      "keep.tmp",
      "top",
      "s/top",
      "build/x",
      "s/build/y/z",
      "build",
      "deep/x",
      "deep/1/2/x",
    ],
    ...["s/any", "any/y", "sp ace", "a.c", "c.c", "#real", "q1.nix", "q12.nix", "s/inner", "s/kept", "other"],
  ]

  it("means what it means to git", () => {
    git("init", "-q")
    write(".gitignore", rules)
    write("s/.gitignore", "/inner\n!kept\n*kept\n")
    write(".git/info/exclude", "other\n")
    const files = new Disk()
    const repository = findRepository(files, folder)!
    const ignored = paths.filter(path => isIgnored(files, repository, path))
    const { stdout } = spawnSync("git", ["check-ignore", "--no-index", "-z", "--stdin"], {
      cwd: folder,
      input: `${paths.join("\0")}\0`,
      encoding: "utf8",
    })
    assert.deepEqual(ignored, stdout.split("\0").filter(Boolean))
  })
})

describe("a link", () => {
  const machine: Machine = { getEnv: () => "", searchPath: [], currentSystem: undefined, currentTime: 0 }
  const expressions = {
    inside: "builtins.readFile ./inside",
    through: "builtins.readFile ./folder/../data/x + builtins.readFile ./folder/x",
    out: "builtins.readFile ./out",
    outFolder: "builtins.readDir ./out-folder",
    beyond: "import ./out-folder/secret",
    above: "builtins.readFile ./above",
    circle: "builtins.readFile ./circle",
    exists: "builtins.pathExists ./out",
  }
  beforeEach(() => {
    write("outside/secret", '"s"')
    write("flake/data/x", "x")
    const outputs = Object.entries(expressions).map(([name, text]) => `${name} = ${text};`)
    write("flake/flake.nix", `{ outputs = _: { ${outputs.join(" ")} }; }`)
    const links = {
      inside: "data/x",
      folder: "data",
      out: `${folder}/outside/secret`,
      "out-folder": `${folder}/outside`,
    }
    for (const [name, target] of Object.entries({ ...links, above: "../outside/secret", circle: "circle" }))
      symlinkSync(target, join(folder, "flake", name))
  })
  const values = (impure: boolean) => {
    const root = join(folder, "flake")
    const flake = openFlake(
      { root, offline: true, overrideInputs: {} },
      new Disk(),
      impure ? { machine } : {},
    )
    const { evaluator, self } = flake
    const one = (name: string): string => {
      if (self instanceof EvalError) return self.message
      try {
        return printValue(evaluator, evaluator.force(self.get(intern(name)) ?? null), { force: true })
      } catch (error) {
        if (!(error instanceof EvalError)) throw error
        return error.message.replaceAll(folder, "/w").replace(/\/nix\/store\/\w{32}/, "STORE")
      }
    }
    return Object.fromEntries(Object.keys(expressions).map(name => [name, one(name)]))
  }
  const forbidden = (path: string) =>
    `access to absolute path '${path}' is forbidden in pure evaluation mode (use '--impure' to override)`

  it("is followed inside of its source, and never out of it", () => {
    assert.deepEqual(values(false), {
      inside: '"x"',
      through: '"xx"',
      out: forbidden("/w/outside/secret"),
      outFolder: forbidden("/w/outside"),
      beyond: forbidden("/w/outside/secret"),
      above: forbidden("/nix/store/outside/secret"),
      circle: "infinite symlink recursion in path 'STORE-source/circle'",
      exists: "true",
    })
  })

  it("may lead anywhere in impure evaluation", () => {
    const { out, beyond, outFolder } = values(true)
    assert.deepEqual([out, beyond, outFolder], ['"\\"s\\""', '"s"', '{ secret = "regular"; }'])
  })
})
