// How failures are shown: one message, with what the person can do. A server that stops is reported once, when that happens.
// Hovers stay silent meanwhile, and commands say that the server does not run.

import { commands, type Disposable, window } from "vscode"
import type { Context } from "./context.js"

const restart = "Restart Server"
const showOutput = "Show Output"

/** Shows a message whenever the server stops, until it is disposed of. */
export function sayWhenStopped(context: Context): Disposable {
  const said = "Canopy's language server could not be kept running. Its log says why."
  return context.server.onDidChangeState(async state => {
    if (state === "stopped") await showFailure(context, said)
  })
}

/** The message of an error; anything may be thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown)
}

/** Shows an error with a button for the log, and one that restarts the server if it is stopped. */
export async function showFailure({ server, output }: Context, message: string): Promise<void> {
  const ways = server.state === "stopped" ? [restart, showOutput] : [showOutput]
  const choice = await window.showErrorMessage(message, ...ways)
  if (choice === restart) await commands.executeCommand("canopy.restartServer")
  if (choice === showOutput) output.show()
}
