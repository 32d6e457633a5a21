// The commands, in the order in which the help lists them. Each is loaded when it is called: evaluating one package needs a
// small part of the program, and loading the rest would take longer than the evaluation.

import type { Command } from "./command.js"

type Load = () => Promise<Command>

export const commands: Readonly<Record<string, Load>> = {
  eval: async () => (await import("./eval/eval.js")).evalCommand,
  parse: async () => (await import("./parse/parse.js")).parseCommand,
  hosts: async () => (await import("./hosts.js")).hostsCommand,
  option: async () => (await import("./option.js")).optionCommand,
  aspects: async () => (await import("./aspects.js")).aspectsCommand,
  check: async () => (await import("./check.js")).checkCommand,
  why: async () => (await import("./why.js")).whyCommand,
  packages: async () => (await import("./packages.js")).packagesCommand,
  vars: async () => (await import("./vars.js")).varsCommand,
  impact: async () => (await import("./impact.js")).impactCommand,
  lock: async () => (await import("./lock.js")).lockCommand,
  plan: async () => (await import("./plan.js")).planCommand,
  deploy: async () => (await import("./deploy.js")).deployCommand,
  lsp: async () => (await import("./lsp.js")).lspCommand,
  bench: async () => (await import("./bench/bench.js")).benchCommand,
  demo: async () => (await import("./demo.js")).demoCommand,
}

/** Loads all of them, for the help. */
export async function loadCommands(): Promise<Readonly<Record<string, Command>>> {
  const loading = Object.entries(commands).map(async ([name, load]) => [name, await load()] as const)
  return Object.fromEntries(await Promise.all(loading))
}
