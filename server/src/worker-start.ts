// The evaluation thread's start: loads what it runs (worker.ts) with the machine code of an earlier run.

import { loadProgram } from "./machine/load-program.js"
import { makeMachineCode } from "./machine/machine-code.js"

makeMachineCode("late")

const worker = loadProgram<typeof import("./worker.js")>("worker-main")
worker.run().runEvaluation(() => worker.keep())
