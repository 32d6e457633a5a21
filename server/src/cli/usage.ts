// The help text: a line per command, and the full usage of one command, which is also printed when it is called wrongly.

import type { Command } from "./command.js"

/** The help of the whole program. */
export function usage(commands: Readonly<Record<string, Command>>): string {
  const names = Object.keys(commands)
  const width = Math.max(...names.map(name => name.length))
  const lines = names.map(name => `  canopy ${name.padEnd(width)}  ${commands[name].summary}\n`)
  return `Canopy evaluates Nix fleets: every host at once, with no Nix installed.\n\n${lines.join("")}\n${hint}\n`
}

const hint = "'canopy COMMAND --help' shows what a command takes."

/** The usage of one command, its further lines indented below the first. */
export function commandUsage(name: string, command: Command): string {
  const [first, ...rest] = command.usage.split("\n")
  const indent = " ".repeat(`usage: canopy ${name} `.length)
  return `${[`usage: canopy ${name} ${first}`.trimEnd(), ...rest.map(line => indent + line)].join("\n")}\n`
}
