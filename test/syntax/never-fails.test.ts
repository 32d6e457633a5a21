// The parser gives a tree of any text, whatever is wrong with it (invariant 1).

import assert from "node:assert/strict"
import { parse, validate } from "../../server/src/syntax/index.js"

describe("the parser never fails", () => {
  it("on any prefix of a text", () => {
    const text = `{ lib, ... }@a: let x = "\${lib.y or ''z\${./p/\${q}}''}"; in rec { inherit (x) b; c.d = [ <e> ]; }`
    for (let end = 0; end <= text.length; end++) assert.ok(parse(text.slice(0, end)).tree)
  })

  it("on text that nests deeper than any stack", () => {
    const { problems } = parse("(".repeat(200_000))
    assert.deepEqual(
      problems.map(problem => problem.message),
      ["expression is nested too deeply"],
    )
  })

  it("on long chains, which do not nest the parser", () => {
    const { tree, problems } = parse(Array.from({ length: 50_000 }, () => "a").join(" + "))
    assert.deepEqual(problems, [])
    assert.deepEqual(validate(tree, ""), [])
  })
})
