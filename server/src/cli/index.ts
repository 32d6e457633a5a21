// The commands, in the order in which the usage lists them.

import type { Command } from "./command.js"
import { evalCommand } from "./eval.js"
import { parseCommand } from "./parse.js"

export const commands: Readonly<Record<string, Command>> = {
  eval: evalCommand,
  parse: parseCommand,
}
