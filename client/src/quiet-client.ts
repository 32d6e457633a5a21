// vscode-languageclient's client without its messages: one that does not start, or crashes too often, pops up an error at each turn.
// This one writes them to the log, and says what becomes of the server.

import { workspace } from "vscode"
import {
  CloseAction,
  type ErrorHandler,
  LanguageClient,
  type LanguageClientOptions,
  type ServerOptions,
  State,
} from "vscode-languageclient/node"
import type { InitializationOptions } from "../../server/src/lsp/protocol.js"
import { serverSettings } from "./settings.js"

/** What it knows about. */
export const documents: readonly { scheme: string; language: string }[] = [
  { scheme: "file", language: "nix" },
]

/** Gives a process that speaks the protocol: every start of the server asks for one. */
export type ServerProcesses = Extract<ServerOptions, (...args: never[]) => unknown>

/** Stopped: it did not start, or crashed too often, and starts no more by itself. */
export type ServerState = "starting" | "running" | "stopped"

/** A client for one start of the server, and for those that it makes itself after a crash. */
export class QuietClient extends LanguageClient {
  private readonly usual: ErrorHandler

  constructor(
    processes: ServerProcesses,
    options: LanguageClientOptions,
    private readonly become: (state: ServerState) => void,
  ) {
    super("canopy", "Canopy", processes, {
      ...options,
      documentSelector: [...documents],
      // Hovers are answered from before the server runs, see hovers.ts.
      middleware: { provideHover: () => undefined },
      initializationOptions,
      initializationFailedHandler: () => false,
      errorHandler: {
        error: (error, message, count) => this.usual.error(error, message, count),
        closed: () => this.closed(),
      },
    })
    this.usual = this.createDefaultErrorHandler()
    this.onDidChangeState(({ newState }) => {
      if (newState === State.Starting) become("starting")
      if (newState === State.Running) become("running")
      if (newState === State.StartFailed) become("stopped")
    })
  }

  /** Starts it. Resolves when it runs or is stopped: its state says which, and the log why. */
  async begin(): Promise<void> {
    try {
      await this.start()
    } catch (error) {
      this.error("The language server did not start", error)
    }
  }

  /** Ends the process, if there is one. */
  async end(): Promise<void> {
    try {
      await this.dispose()
    } catch (error) {
      // What did not start cannot be stopped, and what hangs is killed.
      this.warn("The language server was not stopped", error)
    }
  }

  /** The connection broke. What was running is started again, a few times. */
  private async closed() {
    if (this.state === State.Starting) return { action: CloseAction.DoNotRestart }
    const next = await this.usual.closed()
    if (next.action === CloseAction.DoNotRestart) this.become("stopped")
    return next
  }

  override error(message: string, data?: unknown): void {
    super.error(message, data, false)
  }

  override warn(message: string, data?: unknown): void {
    super.warn(message, data, false)
  }
}

// A function, so that a restarted server learns what is true by then.
function initializationOptions(): InitializationOptions {
  return { trusted: workspace.isTrusted, settings: serverSettings() }
}
