// What many edits leave behind in the evaluation thread: answers stay right, and memory does not grow with the edits.
// (Values of one edit of the example are some 9 MB; code and text that stay are some 25 KB.)

import assert from "node:assert/strict"
import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { test } from "mocha"
import { connectFleet } from "../../../server/src/fleet/index.js"
import { threadsOf } from "../../../server/src/machine/thread.js"
import { exampleRoot } from "../../harness/example-fleet.js"
import "../../harness/own-cache.js"

const EDITS = 40
const ALLOWED_MB = 150

test("memory does not grow with the edits", async function () {
  this.timeout(120_000)
  const worker = join(__dirname, "../../../dist/worker.js")
  assert.ok(existsSync(worker), "dist/worker.js is missing: npm run build")
  const fleet = connectFleet({ root: exampleRoot, offline: true, overrideInputs: {} }, threadsOf(worker))
  const file = join(exampleRoot, "modules/machines/nixos/electrum/default.nix")
  const text = readFileSync(file, "utf8")
  const path = "fleet.monitoring.interval"
  const valueAfter = async (interval: number) => {
    fleet.setFile(file, text.replace(/interval = \d+/, `interval = ${interval}`))
    const { hosts } = await fleet.ask({ kind: "option", path })
    return hosts.find(({ host }) => host === "electrum")?.value
  }
  try {
    for (let i = 0; i < 5; i++) await valueAfter(100 + i)
    const before = process.memoryUsage().rss
    for (let i = 0; i < EDITS; i++) assert.equal(await valueAfter(200 + i), 200 + i)
    const grownMb = (process.memoryUsage().rss - before) / 2 ** 20
    assert.ok(grownMb < ALLOWED_MB, `${EDITS} edits left ${grownMb.toFixed(0)} MB behind`)
    fleet.setFile(file, undefined)
    assert.deepEqual(await fleet.ask({ kind: "check" }), await fleet.ask({ kind: "check" }))
    assert.equal((await fleet.ask({ kind: "option", path, hosts: ["electrum"] })).hosts[0].value, 30)
  } finally {
    await fleet.dispose()
  }
})
