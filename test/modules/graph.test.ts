// The import tree of a configuration that fails.

import assert from "node:assert/strict"
import { test } from "mocha"
import { Attrs, Evaluator, noIO } from "../../server/src/eval/index.js"
import { allModules, moduleGraph } from "../../server/src/modules/index.js"

test("what all modules disable is asked once if it is an infinite recursion", () => {
  let asked = 0
  const ev = new Evaluator({ io: { ...noIO, trace: () => asked++ } })
  const configuration = ev.evaluateText(
    `let
      disabledByAll = builtins.trace "asked" disabledByAll;
      module = key: imports: { inherit key imports; file = "/\${key}.nix"; disabled = disabledByAll; };
    in { graph = [ (module "a" [ (module "b" [ ]) ]) (module "c" [ ]) ]; }`,
    "/",
  )
  assert.ok(configuration instanceof Attrs)
  const graph = moduleGraph(ev, configuration) ?? []
  assert.deepEqual(
    Array.from(allModules(graph), ({ key }) => key),
    ["a", "b", "c"],
  )
  assert.equal(asked, 1)
})
