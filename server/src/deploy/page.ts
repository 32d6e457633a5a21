// A plan as a page of Markdown, for the editor and for the terminal.

import type { HostPlan, Plan } from "../fleet/index.js"

/** One section per host, with warnings first, because few people read to the end. */
export function planPage(plan: Plan): string {
  return plan.hosts.map(hostSection).join("\n")
}

function hostSection({ host, backend, steps, changes, warnings }: HostPlan): string {
  const commands = steps.map(({ title, command, on }) =>
    command.length === 0
      ? `- ${title}`
      : `    ${commandLine(command)}${on === "here" ? "" : `   # on ${on}`}`,
  )
  return [
    `# Deploy ${host} with ${backend}\n`,
    ...section("Before you say yes", bullets(warnings)),
    ...section("What will change", bullets(changes)),
    ...section("What will run", commands.length === 0 ? ["Nothing: see above."] : commands),
  ].join("\n")
}

/** A program and its arguments as a command for a POSIX shell. */
export function commandLine(command: readonly string[]): string {
  return command.map(quoted).join(" ")
}

function quoted(word: string): string {
  return /^[\w@%+=:,./#-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}

function bullets(lines: readonly string[]): string[] {
  return lines.map(line => `- ${line}`)
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`## ${title}\n`, ...lines, ""]
}
