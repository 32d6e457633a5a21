// The commands, in the order in which the usage lists them.

import type { Command } from "./command.js"
import { evalCommand } from "./eval.js"

export const commands: Readonly<Record<string, Command>> = {
  eval: evalCommand,
}
