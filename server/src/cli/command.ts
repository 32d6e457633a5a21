// What a command of the program is: its flags, its line of usage, and what it does. One file a command; index.ts is the table.

import type { Given } from "./arguments.js"
import type { Terminal } from "./terminal.js"

/** Exit status, as the command line contract has it. */
export const exit = {
  done: 0,
  /** The answer is an error, or `check` found errors. */
  failed: 1,
  /** The command line is wrong. */
  usage: 2,
  /** As Nix: a source is not what its hash says. */
  hashMismatch: 102,
} as const

export interface Command<F extends string = string> {
  /** One or two lines: arguments after the name. */
  readonly usage: string
  /** What it prints or does, in a few words. */
  readonly summary: string
  /** Flags with the number of values that follow each. */
  readonly flags: Readonly<Record<F, 0 | 1 | 2>>
  readonly aliases?: Readonly<Record<string, F>>
  /** Returns the exit status. @throws UsageError, Failure */
  run(given: Given<F>, terminal: Terminal): Promise<number>
}

/** Keeps the flags of a command in its type. */
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
