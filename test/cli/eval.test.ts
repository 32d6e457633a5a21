// `canopy eval` against what `nix eval` of Nix 2.34.8 printed for the same arguments, recorded here. What values and
// messages are is held by test/eval/lang; here it is the program: flags, output forms, exit status. Failures are eval-errors.test.ts.

import assert from "node:assert/strict"
import { execFileSync } from "node:child_process"
import { mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { canopy } from "./canopy.js"
import { fails, folder, prints } from "./eval-folder.js"

describe("canopy eval", function () {
  this.timeout(120_000)

  describe("prints", () => {
    it("a value on one line", () =>
      prints(
        ["--expr", '{ b = [ 1 2.5 null ]; a = "x\\ny"; f = x: x; }'],
        '{ a = "x\\ny"; b = [ 1 2.5 null ]; f = «lambda f @ «string»:1:39»; }\n',
      ))
    it("what fails inside of a value in its place", () =>
      prints(["--expr", '{ a = throw "no"; }'], "{ a = «error: no»; }\n"))
    it("JSON", () =>
      prints(
        ["--json", "--expr", '{ b = [ 1.5 null true ]; a = "é\\""; }'],
        '{"a":"é\\"","b":[1.5,null,true]}\n',
      ))
    it("a string as it is, without a newline", () => prints(["--raw", "--expr", '"a\\nb é"'], "a\nb é"))
    it("the text of a set that has one", () => prints(["--raw", "--expr", '{ outPath = "out"; }'], "out"))
    it("a file, and an attribute of it", () => {
      prints(["--file", ".", "hello"], '"nobody"\n')
      prints(["-f", "default.nix", "-A", "twice"], "2\n")
      prints(["--file", "default.nix", "#twice", "--arg", "n", "20 + 1"], "42\n")
      prints(["--file", "default.nix", "hello", "--argstr", "name", "me"], '"me"\n')
    })
    it("stdin", () => prints(["--file", "-"], "{ a = 3; }\n", { input: "{ a = 1 + 2; }" }))
    it("elements and quoted names of a selection path", () =>
      prints(["--expr", '{ a = [ 1 { "b.c" = 2; } ]; }', 'a.1."b.c"'], "2\n"))
    it("what a function makes of the value", () =>
      prints(["--expr", "[ 1 2 ]", "--apply", "builtins.length"], "2\n"))
    it("nothing of the machine unless it may", () => {
      prints(["--expr", 'builtins.getEnv "CANOPY_TEST"'], '""\n', { env: { CANOPY_TEST: "seen" } })
      prints(["--impure", "--expr", 'builtins.getEnv "CANOPY_TEST"'], '"seen"\n', {
        env: { CANOPY_TEST: "seen" },
      })
      prints(["--expr", "builtins.pathExists ./default.nix"], "false\n")
      prints(["--impure", "--expr", "builtins.pathExists ./default.nix"], "true\n")
    })
    it("what the program itself has put into the store", () => {
      prints(["--expr", 'import (builtins.toFile "x.nix" "1 + 1")'], "2\n")
      prints(
        [
          "--impure",
          "--expr",
          'builtins.readDir (builtins.path { path = ./.; name = "x"; filter = path: kind: baseNameOf path == "first.nix"; })',
        ],
        '{ "first.nix" = "regular"; }\n',
      )
    })
    it("files of the search path", () =>
      prints(["--impure", "-I", "it=.", "--expr", "(import <it> { n = 4; }).twice"], "8\n"))
    it("files of flakes and archives of the search path", () => {
      const library = join(folder, "library")
      mkdirSync(join(library, "sub"), { recursive: true })
      writeFileSync(join(library, "sub/ten.nix"), "10")
      execFileSync("tar", ["-czf", join(folder, "library.tar.gz"), "library"], { cwd: folder })
      const sum = ["--impure", "--expr", "import <a/sub/ten.nix> + import <b/sub/ten.nix>"]
      const [flake, archive] = [`a=flake:path:${library}`, `b=file://${folder}/library.tar.gz`]
      prints([...sum, "-I", flake, "-I", archive], "20\n")
      prints(sum, "20\n", { env: { NIX_PATH: `a=${library}:${archive}` } })
    })
    it("bytes that are no text", () => {
      writeFileSync(join(folder, "bytes"), Buffer.from([0x61, 0xff, 0xab]))
      const { stdout } = canopy(["eval", "--raw", "--impure", "--expr", "builtins.readFile ./bytes"], {
        folder,
      })
      assert.equal(Buffer.from(stdout, "utf8").toString("hex"), "61efbfbdefbfbd")
    })
  })

  it("traces to stderr", () => {
    const { stdout, stderr } = canopy([
      "eval",
      "--expr",
      'builtins.trace { a = 1; } (builtins.warn "careful" 2)',
    ])
    assert.equal(stdout, "2\n")
    assert.equal(stderr, "trace: { a = 1; }\nevaluation warning: careful\n")
  })

  it("forces all of a value with --strict", () =>
    fails(
      ["--strict", "--expr", '{ a = throw "deep"; }'],
      `
      error:
             … while evaluating the attribute 'a'
               at «string»:1:3:
                  1| { a = throw "deep"; }
                   |   ^

             … while calling the 'throw' builtin
               at «string»:1:7:
                  1| { a = throw "deep"; }
                   |       ^

             error: deep
      `,
    ))

  it("takes colours out where nobody sees them", () => {
    const text = String.raw`builtins.fromJSON ''"\u001b[1mbold\u001b[0m"''`
    assert.equal(canopy(["eval", "--expr", `builtins.trace (${text}) 1`]).stderr, "trace: bold\n")
    assert.match(canopy(["eval", "--expr", `throw (${text})`]).stderr, /\n {7}error: bold\n$/)
  })

  it("refuses what experimental features allow only where they are listed", () => {
    const floating =
      '(derivation { name = "n"; system = "s"; builder = "b"; __contentAddressed = true; }).drvPath'
    const path = "/nix/store/kdbkc7z4mwmrgf6cfdi5rxk1cjwynm9i-n.drv"
    const evaluate = (...flags: string[]) => canopy(["eval", "--raw", "--expr", floating, ...flags])
    const refusal = "error: experimental Nix feature 'ca-derivations' is disabled;"
    assert.equal(evaluate().stdout, path)
    assert.equal(evaluate("--extra-experimental-features", "ca-derivations").stdout, path)
    assert.ok(evaluate("--experimental-features", "nix-command flakes").stderr.includes(refusal))
    assert.ok(evaluate("--option", "experimental-features", "").stderr.includes(refusal))
  })

  it("knows the builtins that experimental features add where they are listed", () => {
    const known = ["--expr", "builtins ? outputOf"]
    prints(known, "false\n")
    const features = ["--extra-experimental-features", "ca-derivations dynamic-derivations"]
    prints([...known, ...features], "true\n")
    const outputOf = 'builtins.outputOf "x" (throw "is not asked for")'
    assert.match(
      canopy(["eval", "--expr", outputOf, ...features]).stderr,
      /while evaluating the first argument to builtins\.outputOf\n\n {7}error: string 'x' has 0 entries in its context\./,
    )
  })

  it("warns of what is missing from the search path", () => {
    const { stderr } = canopy([
      "eval",
      "--impure",
      "--expr",
      "<a>",
      "-I",
      "file:///not/there.tar.gz",
      "-I",
      "b:c",
    ])
    const warnings = [
      "warning: Nix search path entry 'file:///not/there.tar.gz' cannot be downloaded, ignoring",
      "warning: Nix search path entry 'file:///not/there.tar.gz' does not exist, ignoring",
      "warning: Nix search path entry 'b:c' does not exist, ignoring",
    ]
    assert.deepEqual(stderr.split("\n").slice(0, 3), warnings)
  })

  it("ends at a warning, if that is wanted", () => {
    const warning = ["eval", "--expr", 'builtins.warn "careful" 2']
    const shown =
      /^evaluation warning: careful\nerror:[\s\S]*aborting to reveal stack trace of warning, as abort-on-warn is set\n$/
    assert.match(canopy([...warning, "--option", "abort-on-warn", "true"]).stderr, shown)
    assert.match(canopy(warning, { env: { NIX_ABORT_ON_WARN: "1" } }).stderr, shown)
    assert.equal(canopy([...warning, "--option", "abort-on-warn", "false"]).stdout, "2\n")
  })

  it("tells its cost with --stats", () => {
    const { stdout, stderr } = canopy(["eval", "--stats", "--expr", "map (x: x + 1) [ 1 2 ]"])
    assert.equal(stdout, "[ 2 3 ]\n")
    for (const label of [
      "files parsed",
      "thunks made",
      "calls",
      "derivations hashed",
      "ms to evaluate",
      "peak memory",
    ])
      assert.match(stderr, new RegExp(`^${label}.* [0-9.]+$`, "m"))
  })

  it("names the files of a repository by its folder, and those of a revision by its reference", () => {
    const repository = join(folder, "repository")
    const git = (...args: string[]) =>
      execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@b", ...args], {
        cwd: repository,
        encoding: "utf8",
      })
    mkdirSync(repository)
    writeFileSync(
      join(repository, "flake.nix"),
      '{\n  outputs = _: {\n    f = x: x;\n    t = throw "no";\n  };\n}\n',
    )
    git("init", "-q", "--initial-branch=main")
    git("add", ".")
    git("commit", "-qm", "x")
    const ref = `git+file://${repository}?ref=main&rev=${git("rev-parse", "HEAD").trim()}`
    prints([`${repository}#f`], `«lambda f @ ${repository}/flake.nix:3:9»\n`)
    prints(["./repository?submodules=1#f"], `«lambda f @ ${repository}/flake.nix:3:9»\n`)
    prints([`${ref}#f`], `«lambda f @ «${ref}»/flake.nix:3:9»\n`)
    fails(
      [`${repository}#t`],
      `
      error:
             … while calling the 'throw' builtin
               at /folder/repository/flake.nix:4:9:
                  3|     f = x: x;
                  4|     t = throw "no";
                   |         ^
                  5|   };

             error: no
      `,
    )
  })

  it("fails with a path of a flake that it need not have followed", () => {
    mkdirSync(join(folder, "outputs"))
    const packages = 'packages.x86_64-linux.a = { name = "a"; b = 1; };'
    const legacyPackages = 'legacyPackages.x86_64-linux.a = throw "legacy";'
    writeFileSync(join(folder, "outputs/flake.nix"), `{ outputs = _: { ${packages} ${legacyPackages} }; }`)
    const { status, stderr } = canopy(["eval", "./outputs#a.name", "--system", "x86_64-linux"], { folder })
    assert.deepEqual([status, stderr.trimEnd().split("\n").at(-1)], [1, "       error: legacy"])
    prints(["./outputs#a", "--system", "x86_64-linux"], '{ b = 1; name = "a"; }\n')
  })

  it("finds a flake in the folder that a query asks for", () => {
    mkdirSync(join(folder, "queried/below"), { recursive: true })
    writeFileSync(join(folder, "queried/flake.nix"), "{ outputs = _: { n = 1; }; }")
    writeFileSync(join(folder, "queried/below/flake.nix"), "{ outputs = _: { n = 2; }; }")
    prints(["./queried?lastModified=3#n"], "1\n")
    prints(["./queried?dir=below#n"], "2\n")
    fails(["./nowhere?dir=below#n"], `error: getting status of "/folder/nowhere": No such file or directory`)
  })
})
