// The command line as a program. `canopy eval` runs this same bundle a second time, as the thread that evaluates.

import { isMainThread, parentPort, workerData } from "node:worker_threads"
import { version } from "../../package.json"
import { readArguments, UsageError } from "./cli/arguments.js"
import { type Command, exit, Failure } from "./cli/command.js"
import type { ThreadTask } from "./cli/eval/request.js"
import { commands, loadCommands } from "./cli/index.js"
import { processTerminal, type Terminal } from "./cli/terminal.js"
import { commandUsage, usage } from "./cli/usage.js"

if (isMainThread) void main(process.argv.slice(2), processTerminal()).then(status => process.exit(status))
else void evaluate(workerData as ThreadTask).then(status => process.exit(status))

async function evaluate(task: ThreadTask): Promise<number> {
  const { runTask } = await import("./cli/eval/thread.js")
  return runTask(task, outcome => parentPort?.postMessage(outcome))
}

async function main([name, ...args]: string[], terminal: Terminal): Promise<number> {
  if (name === "--version") {
    terminal.out(`canopy ${version}\n`)
    return exit.done
  }
  if (name === undefined || name === "--help" || name === "help") {
    const write = name === undefined ? terminal.err : terminal.out
    write(usage(await loadCommands()))
    return name === undefined ? exit.usage : exit.done
  }
  if (Object.hasOwn(commands, name)) return runCommand(name, await commands[name](), args, terminal)
  terminal.err(`error: '${name}' is not a command of canopy\n\n${usage(await loadCommands())}`)
  return exit.usage
}

async function runCommand(
  name: string,
  command: Command,
  args: string[],
  terminal: Terminal,
): Promise<number> {
  if (args.includes("--help")) {
    terminal.out(`${command.summary}\n\n${commandUsage(name, command)}`)
    return exit.done
  }
  try {
    return await command.run(readArguments(args, command.flags, command.aliases), terminal)
  } catch (error) {
    if (error instanceof UsageError) {
      terminal.err(`error: ${error.message}\n\n${commandUsage(name, command)}`)
      return exit.usage
    }
    if (!(error instanceof Failure)) throw error
    terminal.err(`error: ${error.message}\n`)
    return exit.failed
  }
}
