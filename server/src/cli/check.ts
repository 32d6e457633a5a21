// `canopy check`: what is wrong with a fleet, as text for people, as JSON for scripts, as SARIF for code scanning.

import type { Finding } from "../fleet/index.js"
import { type Given, UsageError } from "./arguments.js"
import { command, exit } from "./command.js"
import { fleetFlags, fleetUsage, namedHosts, withFleet } from "./fleet.js"
import { onlyHosts } from "./only-hosts.js"
import { type Layout, layoutOf, printJson } from "./shown/answer.js"
import { shownPath, shownPlace } from "./shown/places.js"
import { sarif } from "./shown/sarif.js"
import type { Style } from "./shown/style.js"
import { cut } from "./shown/table.js"

const flags = { ...fleetFlags, "--host": 1, "--drv": 0, "--format": 1, "--json": 0 } as const

export const checkCommand = command({
  usage: `[FLAKE] [--host H]... [--drv] [--format text|json|sarif] [--json]\n${fleetUsage}`,
  summary: "what is wrong with a fleet, and on which hosts",
  flags,
  async run(given, terminal) {
    const format = formatOf(given)
    const { findings, root } = await withFleet(
      given.operand("."),
      given,
      terminal,
      async (port, progress) => {
        const hosts = await namedHosts(port, given, progress)
        const found = await port.ask({ kind: "check", hosts, systems: given.has("--drv") }, progress)
        return { findings: onlyHosts(found, hosts ?? []), root: port.root }
      },
    )
    if (format === "json") printJson(findings, terminal)
    else if (format === "sarif") terminal.out(`${JSON.stringify(sarif(findings, root), undefined, 2)}\n`)
    else {
      terminal.out(findingsText(findings, root, { ...layoutOf(terminal), width: Number.POSITIVE_INFINITY }))
      terminal.err(`${summary(findings)}\n`)
    }
    return findings.some(({ severity }) => severity === "error") ? exit.failed : exit.done
  },
})

function formatOf(given: Given<keyof typeof flags>): string {
  const format = given.one("--format") ?? (given.has("--json") ? "json" : "text")
  if (format === "text" || format === "json" || format === "sarif") return format
  throw new UsageError(`'--format' takes text, json or sarif, not '${format}'`)
}

/**
 * One line per finding, in the form that terminals and editors turn into links, with related places below it.
 * @param width columns that a line may take; messages are cut to fit
 */
export function findingsText(findings: readonly Finding[], root: string, { style, width }: Layout): string {
  const lines = findings.flatMap(finding => findingLines(finding, root, style, width))
  return lines.map(line => `${line}\n`).join("")
}

function findingLines(finding: Finding, root: string, style: Style, width: number): string[] {
  const { file, range, severity, message, hosts, code, related } = finding
  const at = `${shownPath(file, root)}:${range.start.line}:${range.start.column}`
  const paint = { error: style.red, warning: style.yellow, information: style.cyan }[severity]
  const on = hosts.length === 0 ? "" : ` (${hosts.join(", ")})`
  const [first, ...rest] = message.split("\n")
  const taken = `${at}: ${severity}:  [${code}]${on}`.length
  const shown = cut(first, Math.max(20, width - taken))
  return [
    `${style.bold(at)}: ${paint(severity)}: ${shown}${style.dim(` [${code}]${on}`)}`,
    ...rest.map(line => `    ${line}`),
    ...related.map(place => style.dim(`    ${shownPlace(place, root)}: ${place.message}`)),
  ]
}

/** `2 errors, 1 warning`. */
export function summary(findings: readonly Finding[]): string {
  const count = (severity: Finding["severity"], noun: string) => {
    const n = findings.filter(finding => finding.severity === severity).length
    return n === 0 ? [] : [`${n} ${noun}${n === 1 || noun === "information" ? "" : "s"}`]
  }
  const parts = [
    ...count("error", "error"),
    ...count("warning", "warning"),
    ...count("information", "remark"),
  ]
  return parts.length === 0 ? "nothing is wrong" : parts.join(", ")
}
