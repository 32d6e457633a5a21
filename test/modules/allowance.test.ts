// How much an answer about an option may cost, and what counts.

import assert from "node:assert/strict"
import { test } from "mocha"
import { Attrs, Evaluator, noIO, textOfBytes } from "../../server/src/eval/index.js"
import { Allowance, findTarget, reportOption } from "../../server/src/modules/index.js"

/** What is shown of an option whose answer may take one megabyte. */
function shown(value: string): string {
  const ev = new Evaluator({ io: noIO })
  // Each element is a set of its own: a hundred thousand of them take several megabytes.
  const configuration = ev.evaluateText(
    `let
      costly = name: builtins.foldl' (a: i: builtins.seq { inherit a i; } name) name (builtins.genList (i: i) 100000);
    in { options.system = { _type = "option"; definitionsWithLocations = [ ]; value = ${value}; }; }`,
    "/",
  )
  assert.ok(configuration instanceof Attrs)
  const target = findTarget(ev, configuration, ["system"])
  assert.ok(target.kind === "option")
  return textOfBytes(reportOption(ev, target, { allowance: new Allowance(1) }).valueText)
}

test("what it takes to have the value of an option at all is no part of what looking at it may cost", () => {
  assert.equal(
    shown(`builtins.seq (costly "x") { type = "derivation"; name = "alpha"; }`),
    "«derivation alpha»",
  )
})

test("what lies in a value is looked at until that has cost what it may", () => {
  assert.equal(shown(`[ "a" "b" ]`), `[ "a" "b" ]`)
  assert.equal(shown(`[ (costly "a") "b" ]`), "...")
})
