// What a fleet answers is plain data (invariant 7).

import assert from "node:assert/strict"
import { test } from "mocha"
import { planDeploy } from "../../../server/src/deploy/index.js"
import { exampleFleet } from "../../harness/example-fleet.js"

test("all answers about the example are plain data: JSON gives them back unchanged", () => {
  const session = exampleFleet()
  const fleet = session.answer({ kind: "load" })
  const paths = ["services.openssh", "environment.systemPackages", "users.users", "networking.hostName"]
  const hosts = fleet.hosts.map(({ name }) => name)
  const answers = [
    fleet,
    ...paths.map(path => session.answer({ kind: "option", path })),
    session.answer({ kind: "option", path: "no.such.option", hosts: ["cinnabar"] }),
    session.answer({ kind: "check" }),
    session.answer({ kind: "packages" }),
    planDeploy(session.deployFacts(hosts), hosts),
  ]
  for (const answer of answers) assert.deepEqual(JSON.parse(JSON.stringify(answer)), answer)
})
