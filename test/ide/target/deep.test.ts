// Targets in deeply nested code.

import assert from "node:assert/strict"
import { targetAt } from "../../../server/src/ide/index.js"
import { parse } from "../../../server/src/syntax/index.js"
import { containers } from "./check-target.js"

describe("the target of deeply nested code", () => {
  const deep = (open: string, close: string) => `${open.repeat(3000)}1${close.repeat(3000)}`
  const find = (text: string, offset: number) => targetAt(parse(text).tree, offset, containers)

  it("is found behind a long sum", () => {
    const text = `let x = 1; in ${Array.from({ length: 20_000 }, () => "x").join(" + ")}`
    assert.equal(find(text, text.length)?.kind, "binding")
    assert.equal(find(text, 15)?.kind, "binding")
  })

  it("does not exhaust the stack", () => {
    assert.equal(find(deep("{ a = ", "; }"), 6 * 3000 - 3)?.kind, undefined)
    assert.equal(find(deep("(", ")"), 3000), undefined)
  })
})
