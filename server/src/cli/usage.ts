// The help text. Short: the contract is the documentation, and each command's own line is printed with its errors.

import type { Command } from "./command.js"

/** All commands, one line or two each. */
export function usage(commands: Readonly<Record<string, Command>>): string {
  const names = Object.keys(commands)
  const width = Math.max(...names.map(name => name.length))
  const lines = names.map(name => `  canopy ${name.padEnd(width)}  ${commands[name].summary}\n`)
  return `Canopy evaluates Nix fleets: every host at once, with no Nix installed.\n\n${lines.join("")}\n${hint}\n`
}

const hint = "'canopy COMMAND --help' shows what a command takes."

/** The line of one command. */
export function commandUsage(name: string, command: Command): string {
  const [first, ...rest] = command.usage.split("\n")
  const indent = " ".repeat(`usage: canopy ${name} `.length)
  return `${[`usage: canopy ${name} ${first}`.trimEnd(), ...rest.map(line => indent + line)].join("\n")}\n`
}
