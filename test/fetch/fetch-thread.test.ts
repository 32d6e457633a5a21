// Waiting for the thread that fetches: cancelled at once, and never for ever, whatever becomes of that thread.

import assert from "node:assert/strict"
import { join } from "node:path"
import { CancelFlag, Cancelled } from "../../server/src/base/index.js"
import { defaultFetchSettings } from "../../server/src/fetch/fetch-settings.js"
import { FetchThread } from "../../server/src/fetch/fetch-thread.js"
import type { SourceRequest } from "../../server/src/fleet/index.js"

describe("the thread that fetches", function () {
  this.timeout(20_000)
  let thread: FetchThread
  beforeEach(() => {
    thread = new FetchThread(join(__dirname, "dying-fetcher.ts"), defaultFetchSettings(), [
      "--require",
      "tsx/cjs",
    ])
  })
  afterEach(() => thread.dispose())
  const wanted = (url: string): SourceRequest => ({
    ref: { type: "tarball", url },
    name: "source",
    method: "nar",
  })

  it("says what went wrong with it", () => {
    assert.match(String(thread.fetchNow(wanted("throws"), undefined, () => {})), /a defect/)
    assert.match(String(thread.fetchNow(wanted("later"), undefined, () => {})), /JSON/)
  })

  it("goes on after that", () => {
    thread.fetchNow(wanted("later"), undefined, () => {})
    assert.match(String(thread.fetchNow(wanted("throws"), undefined, () => {})), /a defect/)
  })

  it("is not waited for once that is cancelled", async () => {
    const cancel = new CancelFlag()
    cancel.raise()
    assert.throws(() => thread.fetchNow(wanted("never"), cancel, () => {}), Cancelled)
    const controller = new AbortController()
    setTimeout(() => controller.abort(), 20)
    await assert.rejects(
      thread.fetch(wanted("never"), {}, controller.signal, () => {}),
      Cancelled,
    )
  })
})
