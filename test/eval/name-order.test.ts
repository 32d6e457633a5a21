// Of several undefined variables the one is told that Nix 2.34.8 tells, for each of these by `nix-instantiate --eval --expr`.

import assert from "node:assert/strict"
import { bytesOf, EvalError, Evaluator, noIO } from "../../server/src/eval/index.js"

const told: readonly (readonly [text: string, name: string])[] = [
  ["let x = { y = 1; a = 2; }; y = q1; a = q2; in 1", "q1"],
  ["let x = { y = 1; a = 2; }; a = q2; y = q1; in 1", "q1"],
  ["let k = b: a; in { a = q1; b = q2; }", "a"],
  ["[ { zz = 1; c = 2; } { c = q2; zz = q1; } ]", "q1"],
  ["[ { zz = 1; c = 2; } ({ c ? q2, zz ? q1 }: 1) ]", "q1"],
  ["{ c = q1; throw = q2; }", "q2"],
  ["{ inherit (q3) u; a = q1; }", "q3"],
  ["let a = q1; inherit (q3) u; in 1", "q3"],
]

describe("of several undefined variables", () => {
  for (const [text, name] of told)
    it(`tells ${name} in ${text}`, () => {
      const evaluator = new Evaluator({ io: noIO })
      assert.throws(
        () => evaluator.evaluateText(bytesOf(text), "/"),
        (error: unknown) => error instanceof EvalError && error.message === `undefined variable '${name}'`,
      )
    })
})
