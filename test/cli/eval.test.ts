// `canopy eval` against what `nix eval` of Nix 2.34.8 printed for the same arguments, recorded here. What values and
// messages are is held by test/eval/lang; here it is the program: flags, output forms, traces, exit status.

import assert from "node:assert/strict"
import { execFileSync } from "node:child_process"
import { mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { temporaryFolder } from "../harness/temporary-folder.js"
import { canopy, type RunSettings } from "./canopy.js"

const folder = temporaryFolder("eval")

/** Fails unless `canopy eval` prints exactly `expected` and ends well. */
function prints(args: readonly string[], expected: string, settings: RunSettings = {}): void {
  const { status, stdout, stderr } = canopy(["eval", ...args], { folder, ...settings })
  assert.deepEqual({ stdout, stderr, status }, { stdout: expected, stderr: "", status: 0 })
}

/** Fails unless `canopy eval` prints exactly this error, indentation of the test apart, and ends with status 1. */
function fails(args: readonly string[], expected: string): void {
  const { status, stdout, stderr } = canopy(["eval", ...args], { folder })
  const shown = stderr.replaceAll(folder, "/folder")
  assert.deepEqual({ stderr: shown, stdout, status }, { stderr: unindented(expected), stdout: "", status: 1 })
}

function unindented(text: string): string {
  const lines = text.replace(/^\n/, "").trimEnd().split("\n")
  const indent = /^ */.exec(lines[0])?.[0].length ?? 0
  return `${lines.map(line => line.slice(indent)).join("\n")}\n`
}

describe("canopy eval", function () {
  this.timeout(120_000)
  before(() => {
    writeFileSync(
      join(folder, "default.nix"),
      '{ name ? "nobody", n ? 1 }: { hello = name; twice = n * 2; }\n',
    )
    writeFileSync(
      join(folder, "first.nix"),
      "let\n  list = [ ];\n  first = builtins.head list;\nin\n{\n  inherit first;\n}\n",
    )
    writeFileSync(join(folder, "broken.nix"), "{\n  a = ;\n}\n")
  })

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
    prints([...known, "--extra-experimental-features", "ca-derivations dynamic-derivations"], "true\n")
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

  describe("fails", () => {
    it("with the place and its line", () =>
      fails(
        ["--file", "first.nix", "first"],
        `
        error:
               … while calling the 'head' builtin
                 at /folder/first.nix:3:11:
                    2|   list = [ ];
                    3|   first = builtins.head list;
                     |           ^
                    4| in

               error: 'builtins.head' called on an empty list
        `,
      ))
    it("with the parts of the value that lead there", () =>
      fails(
        ["--file", "first.nix", "--json"],
        `
        error:
               … while evaluating attribute 'first'
                 at /folder/first.nix:6:11:
                    5| {
                    6|   inherit first;
                     |           ^
                    7| }

               … while calling the 'head' builtin
                 at /folder/first.nix:3:11:
                    2|   list = [ ];
                    3|   first = builtins.head list;
                     |           ^
                    4| in

               error: 'builtins.head' called on an empty list
        `,
      ))
    it("with calls only in a full trace", () => {
      const text = "let f = x: builtins.head x; in f [ ]"
      const end = `
               … while calling the 'head' builtin
                 at «string»:1:12:
                    1| let f = x: builtins.head x; in f [ ]
                     |            ^

               error: 'builtins.head' called on an empty list
      `
      fails(["--expr", text], `\n        error:${end}`)
      fails(
        ["--show-trace", "--expr", text],
        `
        error:
               … from call site
                 at «string»:1:32:
                    1| let f = x: builtins.head x; in f [ ]
                     |                                ^

               … while calling 'f'
                 at «string»:1:9:
                    1| let f = x: builtins.head x; in f [ ]
                     |         ^
${end}`,
      )
    })
    it("leaving out what repeats itself", () =>
      fails(
        ["--expr", 'let f = n: if n == 0 then throw "end" else builtins.seq (f (n - 1)) 1; in f 7'],
        `
        error:
               … while calling the 'seq' builtin
                 at «string»:1:44:
                    1| let f = n: if n == 0 then throw "end" else builtins.seq (f (n - 1)) 1; in f 7
                     |                                            ^

               (6 duplicate frames omitted)

               … while calling the 'throw' builtin
                 at «string»:1:27:
                    1| let f = n: if n == 0 then throw "end" else builtins.seq (f (n - 1)) 1; in f 7
                     |                           ^

               error: end
        `,
      ))
    it("with all that the program says about it, and no more than is useful", () =>
      fails(
        [
          "--expr",
          `let f = n: if n == 0 then throw "end" else builtins.addErrorContext "level \${toString n}" (f (n - 1)); in f 4`,
        ],
        `
        error:
               … level 4

               … level 3

               … level 2

               … level 1

               (stack trace truncated; use '--show-trace' to show the full, detailed trace)

               error: end
        `,
      ))
    it("with several lines of a message indented", () =>
      fails(
        ["--expr", 'throw "one\\ntwo"'],
        `
        error:
               … while calling the 'throw' builtin
                 at «string»:1:1:
                    1| throw "one\\ntwo"
                     | ^

               error: one
               two
        `,
      ))
    it("for a text that has none", () =>
      fails(
        ["--raw", "--expr", "1"],
        `
        error:
               … while generating the eval command output

               error: cannot coerce an integer to a string: 1
        `,
      ))
    it("for an attribute that is not there", () =>
      fails(
        ["--expr", "{ a = 1; }", "b"],
        "error: attribute 'b' in selection path 'b' not found\n       Did you mean a?",
      ))
    it("for a file that is not there", () =>
      fails(["--file", "none.nix"], "error: path '/folder/none.nix' does not exist"))
    it("for what pure evaluation may not see", () =>
      fails(
        ["--expr", "builtins.readFile /etc/passwd"],
        `
        error:
               … while calling the 'readFile' builtin
                 at «string»:1:1:
                    1| builtins.readFile /etc/passwd
                     | ^

               error: access to absolute path '/etc/passwd' is forbidden in pure evaluation mode (use '--impure' to override)
        `,
      ))
    it("for a flake that is not there", () => {
      const { status, stderr } = canopy(["eval", "."], { folder })
      assert.equal(status, 1)
      const searched = /^path ".*" does not contain a 'flake.nix', searching up\n/
      assert.match(stderr, searched)
      assert.equal(stderr.replace(searched, ""), "error: could not find a flake.nix file\n")
    })
  })

  // Nix counts bytes: behind tabs and letters of several bytes the mark does not stand below the place.
  it("marks the place by bytes, as Nix does", () =>
    fails(
      ["--expr", '\t"é" + throw "x"'],
      `
      error:
             … while calling the 'throw' builtin
               at «string»:1:9:
                  1|         "é" + throw "x"
                   |         ^

             error: x
      `,
    ))

  describe("ends orderly", () => {
    it("when calls nest too deeply", () => {
      const { status, stderr } = canopy(["eval", "--expr", "let f = x: 1 + f x; in f 1"])
      assert.equal(status, 1)
      assert.match(stderr, /error: stack overflow; max-call-depth exceeded\n/)
    })

    it("when a set with __functor gives itself to be called", () => {
      const { status, stderr } = canopy(["eval", "--expr", "{ __functor = self: self; } 1"])
      assert.equal(status, 1)
      assert.match(stderr, /error: stack overflow; max-call-depth exceeded\n/)
    })

    it("when calls of builtins nest, though no function of the program is running meanwhile", () => {
      const longer = "acc: n: { list = builtins.concatLists [ acc.list [ n ] ]; }"
      const nested = (count: number) =>
        `builtins.length (builtins.foldl' (${longer}) { list = [ ]; } (builtins.genList (n: n) ${count})).list`
      assert.equal(canopy(["eval", "--expr", nested(9000)]).stdout, "9000\n")
      const { status, stderr } = canopy(["eval", "--expr", nested(12_000)])
      assert.equal(status, 1)
      assert.match(stderr, /error: stack overflow; max-call-depth exceeded\n/)
    })
    it("when something else nests without end", () => {
      const endless = "let s = { __toString = _: s; }; in toString s"
      const { status, stderr } = canopy(["eval", "--expr", endless])
      assert.equal(status, 1)
      assert.match(
        stderr,
        /^error:\n {7}… while calling the 'toString' builtin\n[\s\S]*\n {7}error: stack overflow; max-call-depth exceeded\n$/,
      )
    })
    it("with the files of a repository by its folder, and those of a revision by its reference", () => {
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
    it("of a flake in a folder that is asked for by a query", () => {
      mkdirSync(join(folder, "queried/below"), { recursive: true })
      writeFileSync(join(folder, "queried/flake.nix"), "{ outputs = _: { n = 1; }; }")
      writeFileSync(join(folder, "queried/below/flake.nix"), "{ outputs = _: { n = 2; }; }")
      prints(["./queried?lastModified=3#n"], "1\n")
      prints(["./queried?dir=below#n"], "2\n")
      fails(
        ["./nowhere?dir=below#n"],
        `error: getting status of "/folder/nowhere": No such file or directory`,
      )
    })
    it("with a syntax error at its place", () => {
      const { status, stdout, stderr } = canopy(["eval", "--file", "broken.nix"], { folder })
      assert.deepEqual([status, stdout], [1, ""])
      assert.match(stderr, /broken\.nix:2:7:\n +1\| \{\n +2\| {3}a = ;\n +\| +\^\n/)
    })
  })
})
