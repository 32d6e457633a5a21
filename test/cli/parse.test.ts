// `canopy parse`: the tree, the grammar's tree, what names mean, and problems as lines that editors understand.

import assert from "node:assert/strict"
import { scopeText } from "../../server/src/cli/parse/scope.js"
import { treeText } from "../../server/src/cli/parse/tree.js"
import { parse } from "../../server/src/syntax/index.js"
import { block } from "../harness/block.js"
import { canopy } from "./canopy.js"

describe("canopy parse", function () {
  this.timeout(30_000)

  it("shows the tree, a line a node", () => {
    const text = "{ a.b = [ 1 ./x ]; }"
    assert.equal(
      treeText(parse(text).tree, text),
      block(`
        attrset recursive=false 1:1-1:21
          bindings[0]: binding 1:3-1:19
            path[0]: static name="a" quoted=false 1:3-1:4
            path[1]: static name="b" quoted=false 1:5-1:6
            value: list 1:9-1:18
              elements[0]: int text="1" 1:11-1:12
              elements[1]: path 1:13-1:16
                parts[0]: text text="./x" 1:13-1:16
      `),
    )
  })

  it("shows trees that nest deeper than the stack", () => {
    const depth = 20_000
    let tree = parse("x").tree
    for (let i = 0; i < depth; i++) tree = { kind: "paren", start: 0, end: 1, inner: tree }
    assert.equal(treeText(tree, "x").split("\n").length, depth + 2)
    assert.equal(scopeText(tree, "x").trim().split(/\s+/).at(-1), "undefined")
  })

  it("says what every name means", () => {
    const text =
      "{ lib, ... }@args:\nlet\n  inherit (lib) a;\n  b = rec { c = a; d = c; };\nin\nwith b; [ c args.x (map lib.id) (x: x) ]"
    assert.equal(
      scopeText(parse(text).tree, text),
      block(`
        3:12  lib   parameter 1:3
        4:17  a     let 3:17
        4:24  c     rec 4:13
        6:6   b     let 4:3
        6:11  c     with 6:1
        6:13  args  parameter 1:14
        6:21  map   builtin
        6:25  lib   parameter 1:3
        6:37  x     parameter 6:34
      `),
    )
  })

  it("prints problems with their places, and fails", () => {
    const { status, stdout, stderr } = canopy(["parse", "-"], { input: "{ a = 1; a = 2; é = 3; }" })
    assert.equal(status, 1)
    assert.match(stderr, /^-:1:17: error: .*é/)
    assert.match(stdout, /^attrset /)
    const twice = canopy(["parse", "-"], { input: "{ a = 1; a = 2; }" })
    assert.deepEqual(
      [twice.status, twice.stderr],
      [1, "-:1:10: error: attribute 'a' already defined at 1:3\n"],
    )
  })

  it("prints the tree as JSON", () => {
    const { status, stdout } = canopy(["parse", "-", "--json"], { input: "x: x" })
    assert.equal(status, 0)
    assert.equal(JSON.parse(stdout).kind, "lambda")
  })

  it("prints the tree of the grammar", () => {
    const { status, stdout } = canopy(["parse", "-", "--print=tree"], { input: "x: x" })
    assert.equal(status, 0)
    assert.match(stdout, /^\(source_file .*\(lambda .*\)\)\n$/)
  })

  it("fails for a file that is not there", () => {
    const { status, stderr } = canopy(["parse", "no-such-file.nix"])
    assert.equal(status, 1)
    assert.match(stderr, /^error: cannot read 'no-such-file.nix': /)
  })
})
