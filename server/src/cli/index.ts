// The commands, in the order in which the usage lists them.

import { aspectsCommand } from "./aspects.js"
import { benchCommand } from "./bench.js"
import { checkCommand } from "./check.js"
import type { Command } from "./command.js"
import { demoCommand } from "./demo.js"
import { deployCommand } from "./deploy.js"
import { evalCommand } from "./eval.js"
import { hostsCommand } from "./hosts.js"
import { lockCommand } from "./lock.js"
import { lspCommand } from "./lsp.js"
import { optionCommand } from "./option.js"
import { packagesCommand } from "./packages.js"
import { parseCommand } from "./parse.js"
import { planCommand } from "./plan.js"

export const commands: Readonly<Record<string, Command>> = {
  eval: evalCommand,
  parse: parseCommand,
  hosts: hostsCommand,
  option: optionCommand,
  aspects: aspectsCommand,
  check: checkCommand,
  packages: packagesCommand,
  lock: lockCommand,
  plan: planCommand,
  deploy: deployCommand,
  lsp: lspCommand,
  bench: benchCommand,
  demo: demoCommand,
}
