// What runs before any program must not be seen by one: Nix goes through sets in the order in which names were met.

import assert from "node:assert/strict"
import { codeExtent } from "../../server/src/eval/code/code.js"
import { rehearse } from "../../server/src/eval/index.js"
import { allNames } from "../../server/src/eval/values/symbol.js"

describe("rehearsal", () => {
  it("leaves no code and no name behind", () => {
    const before = { names: allNames().length, ...codeExtent() }
    rehearse()
    assert.deepEqual({ names: allNames().length, ...codeExtent() }, before)
  })
})
