// Answers of our evaluator, in a thread with a large stack. Questions with one root share an evaluation, so that what they
// have in common is computed once; when it has grown large it is thrown away, or 2,000 packages would not fit into memory.

import { Worker } from "node:worker_threads"
import {
  CodeCache,
  clearHeap,
  coerce,
  EvalError,
  Evaluator,
  heapMegabytes,
  terminalText,
  textOfBytes,
  type Value,
  withinLimits,
} from "../../../server/src/eval/index.js"
import { createWorld } from "../../../server/src/fleet/index.js"
import { Disk } from "../../../server/src/machine/disk.js"
import type { Answer, Question } from "./answer.js"
import { closureOf } from "./closure.js"

const resourceLimits = { stackSizeMb: 256, maxOldGenerationSizeMb: 6000, maxYoungGenerationSizeMb: 96 }

/** Megabytes of values. */
const large = 1500

/** Asks in a thread that runs this program again, which must call `answerAll` there. */
export function askCanopy(script: string, questions: readonly Question[]): Promise<Answer[]> {
  const worker = new Worker(script, { workerData: questions, resourceLimits })
  return new Promise((done, fail) => {
    worker.on("message", done)
    worker.on("error", fail)
    worker.on("exit", status => fail(new Error(`the thread ended with status ${status} and no answers`)))
  })
}

/** The answer to each question, in order. */
export function answerAll(questions: readonly Question[]): Answer[] {
  const code = new CodeCache()
  // Some packages read variables, and Nix is asked in this environment too.
  const getEnv = (name: string): string => process.env[name] ?? ""
  const machine = { getEnv, searchPath: [], currentSystem: "x86_64-linux", currentTime: 0 }
  const io = createWorld({ files: new Disk(), machine, trace: () => {} })
  let [root, ev] = ["", new Evaluator({ io, code })]
  let value: Value = null
  return questions.map(question => {
    if (question.root !== root || heapMegabytes() > large) {
      clearHeap()
      root = question.root
      ev = new Evaluator({ io, code })
      value = null
    }
    return answered(() => {
      value ??= ev.evaluateText(root, "/")
      const select = ev.evaluateText(`root: root.${question.attr}`, "/")
      const text = coerce(ev, ev.call(select, value), {}, 0).text
      return question.closure === true ? `${text}, ${closureOf(ev.store, text)}` : text
    })
  })
}

function answered(evaluate: () => string): Answer {
  try {
    return { text: textOfBytes(withinLimits(evaluate)) }
  } catch (error) {
    if (!(error instanceof EvalError)) throw error
    return { error: textOfBytes(terminalText(error.message, { colours: false })).trimEnd() }
  }
}
