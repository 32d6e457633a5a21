// What is forgotten when memory is scarce changes no value, and is gone.

import assert from "node:assert/strict"
import { once } from "node:events"
import { join } from "node:path"
import { Worker } from "node:worker_threads"

interface Found {
  readonly values: readonly string[]
  readonly once: string
  readonly again: string
  readonly before: object
  readonly after: object
  /** Empty, full, empty again. */
  readonly process: readonly [number, number, number]
}

describe("a memory that is emptied", () => {
  let found: Found

  before(async () => {
    const worker = new Worker(join(__dirname, "memory-worker.ts"), { execArgv: ["--require", "tsx/cjs"] })
    ;[found] = await once(worker, "message")
  })

  it("leaves the next value what it was, also where code had learned what it met", () => {
    assert.match(found.again, /^\[ 5 \[ "a" "b" \] 180 5 "none" \{ x = false; y = true; \}/)
    for (const value of [...found.values, found.once]) assert.equal(value, found.again)
  })
  it("holds no more shapes and values than it began with", () => {
    assert.deepEqual(found.after, found.before)
  })
  it("is the machine's again", () => {
    const [empty, full, again] = found.process
    assert.ok(full - empty > 150, `${full} of ${empty} MB`)
    assert.ok(full - again > 150, `${again} of ${full} MB`)
  })
})
