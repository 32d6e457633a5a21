// Starts the command line: loads the program itself (cli.ts) together with the machine code that an earlier run left behind.
// The thread that evaluates enters here a second time.

import { isMainThread } from "node:worker_threads"
import { loadProgram } from "./machine/load-program.js"
import { makeMachineCode } from "./machine/machine-code.js"

/** CPU seconds after which a run has compiled enough for its machine code to be worth keeping. */
const WORTH_KEEPING = 0.5

makeMachineCode("late")

const program = loadProgram("cli-main", isMainThread ? "" : "-thread")
process.on("exit", () => {
  const { user, system } = process.cpuUsage()
  if (WORTH_KEEPING <= (user + system) / 1e6) program.keep()
})
program.run()
