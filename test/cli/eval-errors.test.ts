// How `canopy eval` fails, against what `nix eval` of Nix 2.34.8 printed for the same arguments, recorded here: the trace with its
// places, and an end even where a program has none.

import assert from "node:assert/strict"
import { execFileSync } from "node:child_process"
import { mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { canopy } from "./canopy.js"
import { fails, folder } from "./eval-folder.js"

describe("canopy eval", function () {
  this.timeout(120_000)

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
    it("with the path that is no name, in full", () =>
      fails(
        ["--file", "names.nix"],
        `
        error:
               … while evaluating the file '/folder/names.nix':

               … while evaluating the attribute 'value."\${/folder/sub}"'
                 at /folder/names.nix:1:3:
                    1| { value = 1; }.value.\${./sub} or 2
                     |   ^
                    2|

               … while evaluating an attribute name

               error: expected a string but found a path: /folder/sub
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
    it("for a flake in a folder that no store can hold", () => {
      const odd = join(folder, "odd")
      mkdirSync(odd)
      writeFileSync(join(odd, "flake.nix"), "{ outputs = inputs: { }; }")
      execFileSync("mkfifo", [join(odd, "pipe")])
      fails(
        ["--impure", "--expr", "builtins.getFlake (toString ./odd)"],
        `
        error:
               … while calling the 'getFlake' builtin
                 at «string»:1:1:
                    1| builtins.getFlake (toString ./odd)
                     | ^

               … while fetching the input 'path:/folder/odd'

               error: file '/folder/odd/pipe' has an unsupported type
        `,
      )
    })
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
    it("with a syntax error at its place", () => {
      const { status, stdout, stderr } = canopy(["eval", "--file", "broken.nix"], { folder })
      assert.deepEqual([status, stdout], [1, ""])
      assert.match(stderr, /broken\.nix:2:7:\n +1\| \{\n +2\| {3}a = ;\n +\| +\^\n/)
    })
  })
})
