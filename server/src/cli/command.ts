// What a command is: its flags, its usage, and what it does. Each command has a file of its own; index.ts is the table.

import type { Given } from "./arguments.js"
import type { Terminal } from "./terminal.js"

/** Exit status, as the command line contract has it. */
export const exit = {
  done: 0,
  /** The answer is an error, or `check` found errors. */
  failed: 1,
  /** The command line is wrong. */
  usage: 2,
  /** A source does not match its hash. Nix ends with this status, too. */
  hashMismatch: 102,
} as const

export interface Command<F extends string = string> {
  /** The arguments after the name, on one line or several. */
  readonly usage: string
  /** What it prints or does, in a few words. */
  readonly summary: string
  /** Flags with the number of values that follow each. */
  readonly flags: Readonly<Record<F, 0 | 1 | 2>>
  readonly aliases?: Readonly<Record<string, F>>
  /** Returns the exit status. @throws UsageError, Failure */
  run(given: Given<F>, terminal: Terminal): Promise<number>
}

/** Returns the command unchanged; TypeScript infers its flags here, so that `given` only takes flags that exist. */
export function command<F extends string>(command: Command<F>): Command<F> {
  return command
}

/** The answer is an error: its text goes to stderr, the exit status is 1. */
export class Failure extends Error {
  constructor(message: string) {
    super(message)
    this.name = "Failure"
  }
}
