// The client of vscode-languageclient without its pop-ups: that one shows an error each time the server does not start or crashes.
// This one writes errors to the log, and reports the state of the server.

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
import { documents } from "./documents.js"
import { serverSettings } from "./settings.js"

/** Starts a process that speaks the protocol. Called for every start of the server. */
export type ServerProcesses = Extract<ServerOptions, (...args: never[]) => unknown>

/** `stopped` means that it did not start, or crashed too often, and will not start again by itself. */
export type ServerState = "starting" | "running" | "stopped"

/** A client for one start of the server, including restarts after a crash. */
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

  /** Starts the server. Resolves when it runs or is stopped: the state says which, and the log why. */
  async begin(): Promise<void> {
    try {
      await this.start()
    } catch (error) {
      this.error("The language server did not start", error)
    }
  }

  /** Ends the server's process, if there is one. */
  async end(): Promise<void> {
    try {
      await this.dispose()
    } catch (error) {
      // A server that did not start cannot be stopped, and one that hangs is killed.
      this.warn("The language server was not stopped", error)
    }
  }

  /** The connection broke. A server that was running is restarted, a few times. */
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

// A function, so that a restarted server gets the current values.
function initializationOptions(): InitializationOptions {
  return { trusted: workspace.isTrusted, settings: serverSettings() }
}
