// The port to the evaluation thread: cancelling, overtaking and dying, on a scripted thread.

import assert from "node:assert/strict"
import { CancelFlag, Cancelled } from "../../../server/src/base/index.js"
import {
  type Crash,
  connectFleet,
  type Fleet,
  type FleetPort,
  type FleetSetup,
  FleetUnavailable,
  type FromThread,
  type StartThread,
  type ToThread,
} from "../../../server/src/fleet/index.js"
import { startedAhead } from "../../../server/src/machine/thread.js"

const setup: FleetSetup = { root: "/fleet", offline: true, overrideInputs: {} }
const emptyFleet: Fleet = { root: "/fleet", hosts: [], aspects: [], containers: [], inputs: [] }
const later = () => new Promise(resolve => setImmediate(resolve))

/** A thread whose every step the test takes. */
class ScriptedThreads {
  readonly sent: ToThread[] = []
  started = 0
  ended = 0
  flag = new CancelFlag()
  private onMessage: (message: FromThread) => void = () => {}
  private onExit: (reason: string) => void = () => {}

  readonly start: StartThread = (onMessage, onExit) => {
    this.started++
    this.onMessage = onMessage
    this.onExit = onExit
    return {
      post: message => {
        if (message.kind === "open") this.flag = new CancelFlag(message.cancel)
        else this.sent.push(message)
      },
      terminate: async () => {
        this.ended++
      },
    }
  }

  get asked(): string[] {
    return this.sent.flatMap(message => (message.kind === "ask" ? [message.question.kind] : []))
  }

  answer(answer: unknown): void {
    this.onMessage({ kind: "answer", id: this.lastId, answer })
  }

  answerCancelled(): void {
    this.onMessage({ kind: "cancelled", id: this.lastId })
  }

  say(message: string): void {
    this.onMessage({ kind: "progress", id: this.lastId, progress: { message } })
  }

  die(reason: string): void {
    this.onExit(reason)
  }

  private get lastId(): number {
    const ask = this.sent.findLast(message => message.kind === "ask")
    if (ask === undefined) throw new Error("nothing was asked")
    return ask.id
  }
}

function scripted(graceMs?: number): { threads: ScriptedThreads; port: FleetPort } {
  const threads = new ScriptedThreads()
  return { threads, port: connectFleet(setup, threads.start, graceMs) }
}

describe("the port to the evaluation thread", () => {
  it("starts the thread with the first request and answers it", async () => {
    const { threads, port } = scripted()
    assert.equal(threads.started, 0)
    const fleet = port.ask({ kind: "load" })
    threads.answer(emptyFleet)
    assert.deepEqual(await fleet, emptyFleet)
    assert.equal(threads.started, 1)
  })

  it("takes a thread that was started ahead, and another one once that is gone", async () => {
    const threads = new ScriptedThreads()
    const port = connectFleet(setup, startedAhead(threads.start))
    assert.equal(threads.started, 1)
    const first = port.ask({ kind: "load" })
    threads.answer(emptyFleet)
    assert.deepEqual(await first, emptyFleet)
    assert.equal(threads.started, 1)
    port.restart()
    const second = port.ask({ kind: "load" })
    assert.equal(threads.started, 2)
    threads.answer(emptyFleet)
    assert.deepEqual(await second, emptyFleet)
  })

  it("sends one request at a time", async () => {
    const { threads, port } = scripted()
    const first = port.ask({ kind: "load" })
    const second = port.ask({ kind: "option", path: "a.b" })
    assert.deepEqual(threads.asked, ["load"])
    threads.answer(emptyFleet)
    threads.answer({ path: "a.b", hosts: [] })
    await first
    assert.deepEqual(await second, { path: "a.b", hosts: [] })
  })

  it("passes progress on until the answer", async () => {
    const { threads, port } = scripted()
    const said: string[] = []
    const load = port.ask({ kind: "load" }, { onProgress: progress => said.push(progress.message) })
    threads.say("galena")
    threads.answer(emptyFleet)
    await load
    assert.deepEqual(said, ["galena"])
  })

  it("lets an urgent request interrupt a check, which is asked again afterwards", async () => {
    const { threads, port } = scripted()
    const check = port.ask({ kind: "check" })
    const option = port.ask({ kind: "option", path: "a" })
    assert.equal(threads.flag.raised, true)
    threads.answerCancelled()
    assert.deepEqual(threads.asked, ["check", "option"])
    assert.equal(threads.flag.raised, false)
    threads.answer({ path: "a", hosts: [] })
    await option
    await later()
    threads.answer([])
    assert.deepEqual(await check, [])
    assert.deepEqual(threads.asked, ["check", "option", "check"])
  })

  it("lets a hover interrupt the loading of the tree, but not the opening of the flake", async () => {
    const { threads, port } = scripted()
    const outline = port.ask({ kind: "outline" })
    const load = port.ask({ kind: "load" })
    const option = port.ask({ kind: "option", path: "a" })
    assert.equal(threads.flag.raised, false)
    threads.answer({ root: "/fleet", containers: [], inputs: [] })
    await outline
    threads.answer({ path: "a", hosts: [] })
    await option
    const next = port.ask({ kind: "option", path: "b" })
    threads.answer({ path: "b", hosts: [] })
    await next
    await later()
    const importers = port.ask({ kind: "importers", aspects: [] })
    assert.equal(threads.flag.raised, true)
    threads.answerCancelled()
    threads.answer([])
    await importers
    await later()
    threads.answer(emptyFleet)
    assert.deepEqual(await load, emptyFleet)
    assert.deepEqual(threads.asked, ["outline", "option", "option", "load", "importers", "load"])
  })

  it("rejects a cancelled request at once and stops its evaluation", async () => {
    const { threads, port } = scripted()
    const controller = new AbortController()
    const option = port.ask({ kind: "option", path: "a" }, { signal: controller.signal })
    controller.abort()
    await assert.rejects(option, Cancelled)
    assert.equal(threads.flag.raised, true)
  })

  it("drops a cancelled request that was still waiting without a word to the thread", async () => {
    const { threads, port } = scripted()
    const controller = new AbortController()
    const load = port.ask({ kind: "load" })
    const option = port.ask({ kind: "option", path: "a" }, { signal: controller.signal })
    controller.abort()
    await assert.rejects(option, Cancelled)
    threads.answer(emptyFleet)
    await load
    assert.deepEqual(threads.asked, ["load"])
  })

  it("ends a thread that does not stop when it is cancelled, and starts another", async () => {
    const { threads, port } = scripted(1)
    const controller = new AbortController()
    const option = port.ask({ kind: "option", path: "a" }, { signal: controller.signal })
    const next = port.ask({ kind: "option", path: "b" })
    controller.abort()
    await assert.rejects(option, Cancelled)
    while (threads.started < 2) await later()
    assert.equal(threads.ended, 1)
    threads.answer({ path: "b", hosts: [] })
    assert.deepEqual(await next, { path: "b", hosts: [] })
  })

  it("leaves a thread alive that is slow to stop and says what it is at", async () => {
    const graceMs = 500
    const { threads, port } = scripted(graceMs)
    const controller = new AbortController()
    const load = port.ask({ kind: "load" }, { signal: controller.signal })
    const next = port.ask({ kind: "option", path: "b" })
    controller.abort()
    await assert.rejects(load, Cancelled)
    const until = performance.now() + 2 * graceMs
    while (performance.now() < until) {
      threads.say("hashing")
      await later()
    }
    threads.answerCancelled()
    threads.answer({ path: "b", hosts: [] })
    await next
    assert.deepEqual([threads.started, threads.ended], [1, 0])
  })

  it("fails the request on which the thread died, answers the next, and tells the new thread the unsaved texts", async () => {
    const { threads, port } = scripted()
    port.setFile("/fleet/a.nix", "{ }")
    const load = port.ask({ kind: "load" })
    const option = port.ask({ kind: "option", path: "a" })
    threads.die("it ran out of memory")
    await assert.rejects(load, /evaluation stopped: it ran out of memory/)
    assert.equal(threads.started, 2)
    threads.answer({ path: "a", hosts: [] })
    assert.deepEqual(await option, { path: "a", hosts: [] })
    assert.deepEqual(
      threads.sent.filter(message => message.kind === "file"),
      [1, 2].map(() => ({ kind: "file", path: "/fleet/a.nix", text: "{ }" })),
    )
  })

  it("leaves a thread alone that dies again and again, until it is restarted", async () => {
    const { threads, port } = scripted()
    const crashes: Crash[] = []
    port.onCrash(crash => crashes.push(crash))
    for (let death = 0; death < 3; death++) {
      const load = port.ask({ kind: "load" })
      threads.die("boom")
      await assert.rejects(load, FleetUnavailable)
    }
    assert.deepEqual(
      crashes.map(crash => crash.willRestart),
      [true, true, false],
    )
    await assert.rejects(port.ask({ kind: "load" }), /crashed 3 times/)
    assert.equal(threads.started, 3)
    port.restart()
    const load = port.ask({ kind: "load" })
    threads.answer(emptyFleet)
    assert.deepEqual(await load, emptyFleet)
  })

  it("rejects what is pending when it is disposed", async () => {
    const { port } = scripted()
    const requests = [port.ask({ kind: "load" }), port.ask({ kind: "option", path: "a" })]
    await port.dispose()
    for (const request of requests) await assert.rejects(request, Cancelled)
    await assert.rejects(port.ask({ kind: "load" }), Cancelled)
  })
})
