// Starts the evaluation thread: loads its program (worker.ts) together with the machine code that an earlier run left behind.

import { loadProgram } from "./machine/load-program.js"
import { makeMachineCode } from "./machine/machine-code.js"

makeMachineCode("late")

const worker = loadProgram<typeof import("./worker.js")>("worker-main")
worker.run().runEvaluation(() => worker.keep())
