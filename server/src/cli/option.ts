// `canopy option`: an option's value on every host, who set it, and who lost.

import { type FleetPort, noSuchHost, type OptionAnswer, type RequestOptions } from "../fleet/index.js"
import { type Given, UsageError } from "./arguments.js"
import { command, exit, Failure } from "./command.js"
import { fleetFlags, fleetUsage, loadFleet, namedHosts, withFleet } from "./fleet.js"
import { readInput } from "./read-input.js"
import { layoutOf, printJson } from "./shown/answer.js"
import { optionText } from "./shown/option-text.js"

const flags = { ...fleetFlags, "--host": 1, "--json": 0, "--paths-from": 1 } as const

export const optionCommand = command({
  usage: `(PATH | --paths-from FILE) [FLAKE] [--host H]... [--json]\n${fleetUsage}`,
  summary: "an option's value on every host, who set it and who lost",
  flags,
  async run(given, terminal) {
    const { paths, reference } = question(given)
    const { answers, root } = await withFleet(reference, given, terminal, async (port, progress) => ({
      answers: await askAll(port, paths, given, progress),
      root: port.root,
    }))
    const isList = given.has("--paths-from")
    if (given.has("--json")) printJson(isList ? answers : answers[0], terminal)
    else terminal.out(answers.map(answer => optionText(answer, root, layoutOf(terminal))).join("\n"))
    for (const answer of answers) if (answer.hosts.length === 0) terminal.err(`error: ${whyNone(answer)}\n`)
    return answers.some(isAnswered) ? exit.done : exit.failed
  },
})

function whyNone({ path, sets, near = [] }: OptionAnswer): string {
  if (sets !== undefined) return `'${path}' is not an option but a set of options`
  const meant = near.length === 0 ? "" : `; did you mean ${near.map(path => `'${path}'`).join(" or ")}?`
  return `no host has an option '${path}'${meant}`
}

function question(given: Given<keyof typeof flags>): { paths: string[]; reference: string } {
  const file = given.one("--paths-from")
  if (file !== undefined) return { paths: pathsIn(file), reference: given.operand(".") }
  const [path, reference = ".", ...more] = given.operands
  if (path === undefined) throw new UsageError("no option is given")
  if (0 < more.length) throw new UsageError(`unexpected argument '${more[0]}'`)
  return { paths: [path], reference }
}

/** The paths in a file, one a line; `-` is stdin. */
function pathsIn(file: string): string[] {
  return readInput(file)
    .split("\n")
    .map(line => line.trim())
    .filter(line => line !== "")
}

async function askAll(
  port: FleetPort,
  paths: readonly string[],
  given: Given<keyof typeof flags>,
  options: RequestOptions,
): Promise<OptionAnswer[]> {
  const hosts = await namedHosts(port, given, options)
  const answers: OptionAnswer[] = []
  for (const path of paths) answers.push(await port.ask({ kind: "option", path, hosts }, options))
  if (answers.some(answer => answer.hosts.length > 0)) return answers
  // The fleet itself may have failed, which says more than "no such option".
  const fleet = await loadFleet(port, options)
  if (hosts !== undefined && fleet.hosts.length === 0) throw new Failure(noSuchHost(hosts[0], []))
  return answers
}

function isAnswered({ hosts }: OptionAnswer): boolean {
  return hosts.some(({ error }) => error === undefined)
}
