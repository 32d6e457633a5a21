// Questions that are put again while they are being answered.

import assert from "node:assert/strict"
import { Cancelled } from "../../server/src/base/index.js"
import { JoinedQuestions } from "../../server/src/lsp/joined-questions.js"

/** A question whose answer the test gives, and that rejects as the port does when it is aborted. */
class Asked {
  readonly signals: AbortSignal[] = []
  answer: (answer: string) => void = () => {}

  readonly put = (signal: AbortSignal): Promise<string> => {
    this.signals.push(signal)
    return new Promise((resolve, reject) => {
      this.answer = resolve
      signal.addEventListener("abort", () => reject(new Cancelled()))
    })
  }
}

const aborted = ({ signals }: Asked) => signals.map(signal => signal.aborted)

describe("questions that are joined", () => {
  it("are evaluated once for whoever takes one back and puts it again", async () => {
    const questions = new JoinedQuestions()
    const asked = new Asked()
    const first = new AbortController()
    const taken = questions.ask("a", first.signal, asked.put)
    first.abort()
    await assert.rejects(taken, Cancelled)
    const again = questions.ask("a", new AbortController().signal, asked.put)
    await new Promise(resolve => setTimeout(resolve, 300))
    asked.answer("yes")
    assert.equal(await again, "yes")
    assert.deepEqual(aborted(asked), [false])
  })

  it("are stopped when nobody puts them again, or something else is asked", async () => {
    const questions = new JoinedQuestions()
    const [left, other] = [new Asked(), new Asked()]
    for (const key of ["a", "b"]) {
      const controller = new AbortController()
      const taken = questions.ask(key, controller.signal, left.put)
      controller.abort()
      await assert.rejects(taken, Cancelled)
      if (key === "a") while (!left.signals[0].aborted) await new Promise(resolve => setTimeout(resolve, 10))
    }
    const next = questions.ask("c", new AbortController().signal, other.put)
    assert.deepEqual(aborted(left), [true, true])
    other.answer("yes")
    assert.equal(await next, "yes")
  })

  it("are others after a change, and what was asked before is answered", async () => {
    const questions = new JoinedQuestions()
    const [before, after] = [new Asked(), new Asked()]
    const old = questions.ask("a", new AbortController().signal, before.put)
    questions.forget()
    const fresh = questions.ask("a", new AbortController().signal, after.put)
    before.answer("before")
    after.answer("after")
    assert.deepEqual([await old, await fresh], ["before", "after"])
  })
})
