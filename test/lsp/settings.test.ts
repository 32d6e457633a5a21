// Settings that are not what they should be count as not set.

import assert from "node:assert/strict"
import { test } from "mocha"
import { readSettings } from "../../server/src/lsp/settings.js"

const evaluationOf = (evaluation: unknown) => readSettings({ evaluation }).evaluation

test("settings are taken as they are", () => {
  const given = {
    offline: true,
    overrideInputs: { nixpkgs: "path:/n" },
    hosts: { nixos: "default.nix#nodes" },
    builds: "never",
  }
  assert.deepEqual(evaluationOf(given), given)
})

test("what has another type counts as not set, and nothing else", () => {
  const unset = { offline: false, overrideInputs: {}, hosts: {}, builds: "ask" }
  for (const nothing of [undefined, null, 1, "x", [], {}]) {
    assert.deepEqual(readSettings(nothing).evaluation, unset)
    assert.deepEqual(evaluationOf(nothing), unset)
  }
  const wrong = { offline: "yes", overrideInputs: "nixpkgs", hosts: null, builds: "sometimes" }
  assert.deepEqual(evaluationOf(wrong), unset)
  assert.deepEqual(
    evaluationOf({
      overrideInputs: { a: 1, b: "path:/b" },
      hosts: { nixos: 5, hive: "hive.nix", bsd: "x.nix" },
    }),
    { ...unset, overrideInputs: { b: "path:/b" }, hosts: { hive: "hive.nix" } },
  )
})
