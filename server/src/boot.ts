// The command line's start: loads the program itself (cli.ts) with the machine code of an earlier run, in two threads.

import { isMainThread } from "node:worker_threads"
import { loadProgram } from "./machine/load-program.js"
import { makeMachineCode } from "./machine/machine-code.js"

/** A run of so many CPU seconds has compiled enough for its code to be worth keeping. */
const WORTH_KEEPING = 0.5

makeMachineCode("late")

const program = loadProgram("cli-main", isMainThread ? "" : "-thread")
process.on("exit", () => {
  const { user, system } = process.cpuUsage()
  if (WORTH_KEEPING <= (user + system) / 1e6) program.keep()
})
program.run()
