// How things that went wrong are said: one message, with what a person can do. That the server cannot be had is said when it
// happens; everything else that is asked of it meanwhile keeps still, or says what does not run.

import { commands, type Disposable, window } from "vscode"
import type { Context } from "./context.js"

const restart = "Restart Server"
const showOutput = "Show Output"

/** Says so when the server is stopped, until it is disposed of. */
export function sayWhenStopped(context: Context): Disposable {
  const said = "Canopy's language server could not be kept running. Its log says why."
  return context.server.onDidChangeState(async state => {
    if (state === "stopped") await showFailure(context, said)
  })
}

/** Shows what went wrong, with a way to the log, and to a server that runs where there is none. */
export async function showFailure({ server, output }: Context, message: string): Promise<void> {
  const ways = server.state === "stopped" ? [restart, showOutput] : [showOutput]
  const choice = await window.showErrorMessage(message, ...ways)
  if (choice === restart) await commands.executeCommand("canopy.restartServer")
  if (choice === showOutput) output.show()
}
