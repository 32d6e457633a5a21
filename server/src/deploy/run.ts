// Runs the commands of a plan on this machine, one after another, in the person's own terminal, where they may print and ask. No
// other part of the program deploys anything, and whoever calls it has the person's yes.

import { spawn } from "node:child_process"

/** A command that failed. */
export interface StepFailure {
  readonly command: readonly string[]
  /** Such as `exit code 3`, `signal SIGINT`, or why it could not be started. */
  readonly reason: string
}

/**
 * Runs commands in `folder` until one fails. Never rejects.
 * @returns the failure, or undefined when all of them succeeded
 */
export async function runHere(
  commands: readonly (readonly string[])[],
  folder: string,
): Promise<StepFailure | undefined> {
  for (const command of commands) {
    const reason = await runOne(command, folder)
    if (reason !== undefined) return { command, reason }
  }
  return undefined
}

function runOne([program, ...args]: readonly string[], folder: string): Promise<string | undefined> {
  return new Promise(done => {
    const child = spawn(program, args, { cwd: folder, stdio: "inherit" })
    child.on("error", error => done(`it could not be started (${error.message})`))
    child.on("exit", (code, signal) => done(code === 0 ? undefined : ending(code, signal)))
  })
}

function ending(code: number | null, signal: NodeJS.Signals | null): string {
  return signal === null ? `exit code ${code}` : `signal ${signal}`
}
