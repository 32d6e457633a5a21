// An evaluation thread that does on request what a hostile fleet does to one: fail, recurse, hang, die.

import { writeFileSync } from "node:fs"
import { parentPort } from "node:worker_threads"
import { type CancelFlag, Cancelled } from "../../../server/src/base/index.js"
import { type FleetSession, type Question, type Report, serveFleet } from "../../../server/src/fleet/index.js"

class ScriptedSession implements FleetSession {
  private readonly files = new Map<string, string>()

  constructor(private readonly cancel: CancelFlag) {}

  answer(question: Question, report: Report) {
    if (question.kind !== "option") throw new Error("the script knows options only")
    return { path: this.perform(question.path, report), hosts: [] }
  }

  setFile(path: string, text: string | undefined) {
    if (text === undefined) this.files.delete(path)
    else this.files.set(path, text)
  }

  filesChanged() {}

  private perform(command: string, report: Report): string {
    const [verb, argument] = command.split(" ")
    switch (verb) {
      case "recurse":
        return String(depth(Number(argument)))
      case "fail":
        throw new Error("no such luck")
      case "exit":
        process.exit(3)
        break
      case "eat": {
        const eaten: number[][] = []
        for (;;) eaten.push(Array.from({ length: 100_000 }, Math.random))
      }
      case "until":
        report({ message: "started" })
        while (!this.cancel.raised);
        throw new Cancelled()
      case "later":
        setImmediate(() => writeFileSync(argument, "done"))
        break
      case "hang":
        report({ message: "started" })
        for (;;);
    }
    return this.files.get(command) ?? "on disk"
  }
}

function depth(left: number): number {
  return left === 0 ? 0 : 1 + depth(left - 1)
}

const port = parentPort
if (port === null) throw new Error("this file runs in a worker thread")
serveFleet(
  { post: message => port.postMessage(message), onMessage: listener => port.on("message", listener) },
  (_setup, cancel) => new ScriptedSession(cancel),
)
