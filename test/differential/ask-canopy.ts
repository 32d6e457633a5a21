// Our evaluator, in a thread with a large stack that answers one batch after the other.

import { parentPort, Worker, workerData } from "node:worker_threads"
import {
  bytesOf,
  EvalError,
  Evaluator,
  errorText,
  printValue,
  terminalText,
  withinLimits,
} from "../../server/src/eval/index.js"
import { createWorld } from "../../server/src/fleet/index.js"
import { Disk } from "../../server/src/machine/disk.js"
import { type Ask, features, type Outcome, timeLimit } from "./batch.js"

const resourceLimits = { stackSizeMb: 256, maxOldGenerationSizeMb: 2000 }

/** Our evaluator in a thread, which is started anew when it was ended. */
export class CanopyThread {
  private worker: Worker | undefined
  private settle: ((outcome: Outcome) => void) | undefined

  /**
   * @param script this program, which must call `answerBatches` in a thread
   * @param home the home folder of whoever evaluates
   */
  constructor(
    private readonly script: string,
    private readonly home: string,
  ) {}

  readonly ask: Ask = source =>
    new Promise(done => {
      const timer = setTimeout(() => {
        void this.end()
        this.settle?.({ told: "", failure: timeLimit.failure })
      }, timeLimit.ms)
      this.settle = outcome => {
        clearTimeout(timer)
        done(outcome)
      }
      this.worker ??= this.start()
      this.worker.postMessage(source)
    })

  async end(): Promise<void> {
    const worker = this.worker
    this.worker = undefined
    await worker?.terminate()
  }

  private start(): Worker {
    const worker = new Worker(this.script, { resourceLimits, workerData: this.home })
    worker.on("message", (outcome: Outcome) => this.settle?.(outcome))
    worker.on("error", error => {
      this.worker = undefined
      this.settle?.({ told: "", failure: `the thread ended: ${error.message}` })
    })
    return worker
  }
}

export function answerBatches(): void {
  parentPort?.on("message", (source: string) => parentPort?.postMessage(answer(source)))
}

/** A defect of ours (an exception that is no EvalError) is an answer too, and one that Nix never gives. */
function answer(source: string): Outcome {
  const getEnv = (name: string) => (name === "HOME" ? String(workerData) : "")
  const machine = { getEnv, searchPath: [], currentSystem: "x86_64-linux", currentTime: 0 }
  let told = ""
  const tell = (text: string) => {
    told += `${terminalText(text, { colours: false })}\n`
  }
  const io = createWorld({ files: new Disk(), machine, trace: tell })
  const ev = new Evaluator({ io, language: { experimentalFeatures: new Set(features) } })
  try {
    const value = ev.evaluateText(bytesOf(source), "/", bytesOf("«string»"))
    const printed = withinLimits(() => printValue(ev, value, { force: true }))
    return { told, printed }
  } catch (error) {
    if (!(error instanceof EvalError))
      return { told, failure: `defect: ${error instanceof Error ? error.stack : String(error)}` }
    tell(errorText(error, { trace: true }))
    return { told, failure: error.message.split("\n")[0] ?? "" }
  }
}
