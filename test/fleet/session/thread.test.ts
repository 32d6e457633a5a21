// The port to a real evaluation thread: its stack, its end, and what survives it.

import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { Cancelled } from "../../../server/src/base/index.js"
import { connectFleet, type FleetPort, type FleetSetup } from "../../../server/src/fleet/index.js"
import { threadsOf } from "../../../server/src/machine/thread.js"
import { temporaryFolder } from "../../harness/temporary-folder.js"

const setup: FleetSetup = { root: "/fleet", offline: true, overrideInputs: {} }

describe("a real evaluation thread", () => {
  // The stack of production; a heap that is quickly full.
  const limits = { heapMb: 128, stackMb: 256 }
  let port: FleetPort

  beforeEach(() => {
    const threads = threadsOf(join(__dirname, "scripted-worker.ts"), limits, ["--require", "tsx/cjs"])
    port = connectFleet(setup, threads, 500)
  })
  afterEach(() => port.dispose())

  it("may finish what it put off when nobody needs it any longer", async () => {
    const file = join(temporaryFolder("session"), "kept")
    await port.ask({ kind: "option", path: `later ${file}` })
    await port.dispose()
    assert.equal(readFileSync(file, "utf8"), "done")
  })

  it("answers, with the unsaved text of a file", async () => {
    port.setFile("/fleet/a.nix", "unsaved")
    assert.equal((await port.ask({ kind: "option", path: "/fleet/a.nix" })).path, "unsaved")
    port.setFile("/fleet/a.nix", undefined)
    assert.equal((await port.ask({ kind: "option", path: "/fleet/a.nix" })).path, "on disk")
  })

  it("has a stack for a hundred thousand nested calls", async () => {
    assert.equal((await port.ask({ kind: "option", path: "recurse 100000" })).path, "100000")
  })

  it("listens to nothing that threads share", async () => {
    const listeners = () => process.stderr.eventNames().map(name => process.stderr.listenerCount(name))
    const before = listeners()
    await port.ask({ kind: "option", path: "anything" })
    assert.deepEqual(listeners(), before)
  })

  it("reports a failure of one request and goes on", async () => {
    await assert.rejects(port.ask({ kind: "option", path: "fail" }), /^Error: no such luck$/)
    assert.equal((await port.ask({ kind: "option", path: "anything" })).path, "on disk")
  })

  it("stops at a safe point when it is cancelled in the middle of an evaluation", async () => {
    const controller = new AbortController()
    const started = new Promise<void>(resolve => {
      const options = { signal: controller.signal, onProgress: () => resolve() }
      port
        .ask({ kind: "option", path: "until cancelled" }, options)
        .catch((error: unknown) => assert(error instanceof Cancelled))
    })
    await started
    controller.abort()
    assert.equal((await port.ask({ kind: "option", path: "anything" })).path, "on disk")
  })

  it("survives an evaluation that never ends, one that exits and one that eats all memory", async function () {
    this.timeout(60_000)
    const crashes: string[] = []
    port.onCrash(crash => crashes.push(crash.reason))
    const controller = new AbortController()
    const hang = port.ask(
      { kind: "option", path: "hang" },
      {
        signal: controller.signal,
        onProgress: () => controller.abort(),
      },
    )
    await assert.rejects(hang, Cancelled)
    assert.equal((await port.ask({ kind: "option", path: "anything" })).path, "on disk")
    await assert.rejects(
      port.ask({ kind: "option", path: "exit" }),
      /evaluation stopped: its thread ended with code 3/,
    )
    assert.equal((await port.ask({ kind: "option", path: "anything" })).path, "on disk")
    await assert.rejects(port.ask({ kind: "option", path: "eat" }), /ran out of memory \(128 MB\)/)
    assert.equal(crashes.length, 3)
  })
})
