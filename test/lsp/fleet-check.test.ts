// A check that goes from host to host, and what Problems show meanwhile.

import assert from "node:assert/strict"
import { test } from "mocha"
import type { Finding, Fleet, FleetPort, Host, Question } from "../../server/src/fleet/index.js"
import { amidCheck, messageWithHosts, type PlacedFinding } from "../../server/src/lsp/findings.js"
import { checkFleet } from "../../server/src/lsp/fleet-check.js"

function finding(message: string, ...hosts: readonly string[]): Finding {
  const start = { line: 1, column: 1 }
  const range = { start, end: start }
  return { file: "/a.nix", range, severity: "warning", code: "bad", message, hosts, related: [] }
}

function fleetOf(...names: readonly string[]): Fleet {
  const hosts = names.map(
    (name): Host => ({ name, class: "nixos", system: "", tags: [], target: "", aspects: [], modules: 1 }),
  )
  return { root: "/fleet", hosts, aspects: [], containers: [], inputs: [] }
}

/** A fleet that finds fault with every host that is checked. The file /fleet/NAME.nix is a module of the host NAME. */
function portOf(names: readonly string[], asked: Question[]): FleetPort {
  const answer = (question: Question): unknown => {
    asked.push(question)
    if (question.kind === "why" && question.path.startsWith("/fleet/"))
      return { hosts: names.filter(name => question.path === `/fleet/${name}.nix`) }
    return question.kind === "checkSoFar" ? [finding("broken", ...question.hosts)] : [finding("all")]
  }
  return { ask: async (question: Question) => answer(question) } as unknown as FleetPort
}

async function told(names: readonly string[], edited?: string) {
  const asked: Question[] = []
  const tells: (readonly string[])[] = []
  const all = await checkFleet(
    { port: portOf(names, asked), fleet: fleetOf(...names), edited },
    {},
    (found, checked) => {
      assert.deepEqual(found, [finding("broken", ...checked)])
      tells.push(checked)
    },
  )
  assert.deepEqual(all, [finding("all")])
  assert.deepEqual(asked.at(-1), { kind: "check" })
  return tells
}

test("a check tells of no host, and of the first ones, before it knows all", async () => {
  assert.deepEqual(await told(["a", "b", "c", "d"]), [[], ["a"], ["a", "b", "c"]])
})

test("a check begins with the hosts of the file that was edited", async () => {
  assert.deepEqual(await told(["a", "b", "c"], "/fleet/c.nix"), [[], ["c"]])
  assert.deepEqual(await told(["a", "b"], "/fleet/unused.nix"), [[], ["a"]])
  assert.deepEqual(await told(["a", "b"], "/elsewhere/b.nix"), [[], ["a"]])
})

test("while a check goes on, what is known of the hosts that it has not come to stays", () => {
  const start = { line: 0, character: 0 }
  const place = (finding: Finding): PlacedFinding => ({ finding, range: { start, end: start } })
  const before = [finding("broken", "a", "b"), finding("gone", "a"), finding("old", "b"), finding("unused")]
  const found = [finding("broken", "a"), finding("new", "a")]
  assert.deepEqual(
    amidCheck(before.map(place), found.map(place), new Set(["a"])).map(({ finding }) => finding),
    [finding("broken", "a", "b"), finding("new", "a"), finding("old", "b"), finding("unused")],
  )
})

test("hosts are named on the first line, before a sentence that leads to the next line", () => {
  const hosts = ["alpha", "beta"]
  const said = (message: string) => messageWithHosts({ message, hosts }).split("\n")[0]
  assert.equal(
    said("not of type `bool'. Definition values:\n- 1"),
    "not of type `bool' (alpha, beta). Definition values:",
  )
  assert.equal(
    said("not of type `list'. TypeError: Definition values: \n- 1"),
    "not of type `list' (alpha, beta). TypeError: Definition values:",
  )
  assert.equal(
    said("has conflicting definition values:\n- 1"),
    "has conflicting definition values (alpha, beta):",
  )
  assert.equal(
    said("the group is unset. This used to be\nnobody"),
    "the group is unset (alpha, beta). This used to be",
  )
  assert.equal(said("has no value. Try setting it."), "has no value. Try setting it. (alpha, beta)")
  assert.equal(said("undefined variable 'a'"), "undefined variable 'a' (alpha, beta)")
})
