// The table of commands: from the identifiers in package.json to functions.

import { commands, type Disposable, ProgressLocation, window } from "vscode"
import type { DeployCommand, FixCommand } from "../../../server/src/lsp/protocol.js"
import type { Server } from "../client.js"
import type { Context } from "../context.js"
import { messageOf, showFailure } from "../failures.js"
import { deployHost } from "./deploy.js"
import { fetchInputs } from "./fetch-inputs.js"
import { fix } from "./fix.js"
import { openFiles } from "./open-files.js"
import { refresh, restartServer } from "./refresh.js"
import { showOption } from "./show-option.js"
import { showOutput } from "./show-output.js"
import { stopEvaluating } from "./stop.js"
import { whyFile } from "./why-file.js"

const deploy: DeployCommand = "canopy.deployHost"
const mend: FixCommand = "canopy.fix"

// VS Code passes the arguments (a tree row, those of a code action or a link). Each function says which ones it takes.
type Command = (context: Context, ...args: never[]) => unknown

const table: Readonly<Record<string, Command>> = {
  [deploy]: deployHost,
  [mend]: fix,
  // A view's button passes the row that has the focus, which says nothing of where to fetch.
  "canopy.fetchInputs": context => fetchInputs(context),
  "canopy.showOption": showOption,
  "canopy.whyFile": whyFile,
  "canopy.openFiles": openFiles,
  "canopy.refresh": refresh,
  "canopy.stop": stopEvaluating,
  "canopy.restartServer": restartServer,
  "canopy.showOutput": showOutput,
}

/** Registers all of them. */
export function registerCommands(context: Context): Disposable[] {
  return Object.entries(table).map(([id, run]) =>
    commands.registerCommand(id, (...args: never[]) => reporting(context, () => run(context, ...args))),
  )
}

/** Runs a command. If it fails, shows why; if it comes before the server has started, shows what it waits for. */
async function reporting(context: Context, run: () => unknown): Promise<void> {
  try {
    const running = run()
    if (context.server.state === "starting") showStart(context.server)
    await running
  } catch (error) {
    const message = messageOf(error)
    context.output.error(message)
    await showFailure(context, `Canopy: ${message}`)
  }
}

function showStart(server: Server): void {
  const title = "Canopy is starting…"
  void window.withProgress({ location: ProgressLocation.Notification, title }, () => server.settled())
}
