// One option as text for people: hosts grouped by value, and under each value the definitions that won and those that lost.

import { groupBy } from "../../base/index.js"
import type { Definition, OptionAnswer, OptionOnHost, OptionsOnHost } from "../../fleet/index.js"
import type { Layout } from "./answer.js"
import { shownPlace } from "./places.js"
import type { Style } from "./style.js"
import { cut } from "./table.js"

/** The option, with a newline after every line. */
export function optionText(
  { path, hosts, sets = [] }: OptionAnswer,
  root: string,
  { style, width }: Layout,
): string {
  if (hosts.length === 0 && sets.length > 0) return setText(path, sets, { style, width })
  const first = hosts.find(host => host.error === undefined)
  const title = [style.bold(path), ...(first === undefined ? [] : [style.dim(first.type)])].join("  ")
  const about = first === undefined ? [] : descriptionLines(first, width).map(line => style.dim(`  ${line}`))
  const groups = groupBy(hosts, host => `${host.error ?? ""}\0${host.valueText}\0${host.isDefined}`)
  const parts = Array.from(groups.values(), group => groupLines(group, hosts.length, root, { style, width }))
  return [title, ...about, ...parts.flat()].map(line => `${line}\n`).join("")
}

/** A set of options: the values of those that are set, then the names of all others. */
function setText(path: string, sets: readonly OptionsOnHost[], { style, width }: Layout): string {
  const all = sets.flatMap(({ host, user, options }) =>
    options.map(option => ({ ...option, where: user === undefined ? host : `${user} on ${host}` })),
  )
  const names = [...groupBy(all, ({ name }) => name).values()]
  const isDefined = (group: typeof all) => group.some(({ valueText }) => valueText !== undefined)
  const defined = names.filter(isDefined).flatMap(group =>
    Array.from(groupBy(group, ({ valueText }) => valueText ?? "").values(), ([first, ...more]) => {
      const where =
        more.length + 1 === sets.length ? "" : ` ${[first, ...more].map(it => it.where).join(", ")}`
      const value = cut(first.valueText ?? style.dim("not set"), Math.min(width - 2, 100))
      return `  ${first.name} = ${value}${style.cyan(where)}`
    }),
  )
  const rest = names
    .filter(group => !isDefined(group))
    .map(([{ name, holdsOptions }]) => (holdsOptions ? `${name}.*` : name))
  const others = rest.length === 0 ? [] : [style.dim(`  not set: ${rest.join(", ")}`)]
  return [`${style.bold(path)}  ${style.dim("set of options")}`, ...defined, ...others]
    .map(line => `${line}\n`)
    .join("")
}

/** The first paragraph of the description, cut to one line. */
function descriptionLines({ description }: OptionOnHost, width: number): string[] {
  const paragraph = description
    .trim()
    .split(/\n\s*\n/)[0]
    .replace(/\s+/g, " ")
  return paragraph === "" ? [] : [cut(paragraph, Math.min(width - 2, 110))]
}

function groupLines(
  group: readonly OptionOnHost[],
  all: number,
  root: string,
  { style, width }: Layout,
): string[] {
  const [{ error, valueText, isDefined, class: of }] = group
  const names = group.map(({ host }) => host).join(", ")
  const where =
    group.length === all && 1 < all
      ? `all ${all} ${of === "perSystem" ? "systems" : "hosts"}: ${names}`
      : names
  if (error !== undefined) return [`${style.red("  error")}  ${style.cyan(where)}`, `    ${error}`]
  const value = isDefined ? valueText : style.dim("not defined")
  return [
    ...valueLines(value, style, width),
    `    ${style.cyan(where)}`,
    ...definitionLines(group, root, style),
  ]
}

function valueLines(value: string, style: Style, width: number): string[] {
  const lines = value.split("\n")
  const shown = lines.length <= 8 ? lines : [...lines.slice(0, 7), `… (${lines.length - 7} more lines)`]
  return shown.map((line, i) => `  ${i === 0 ? style.green("= ") : "  "}${cut(line, width - 4)}`)
}

interface Site {
  readonly definition: Definition
  /** What became of it on these hosts. */
  readonly part: string
  readonly hosts: string[]
}

/** Each definition once, with its hosts if those are not the whole group. */
function definitionLines(group: readonly OptionOnHost[], root: string, style: Style): string[] {
  const sites = new Map<string, Site>()
  for (const { host, definitions, highestPrio } of group)
    for (const definition of definitions) {
      const part = partOf(definition, highestPrio)
      // Through which aspect it came makes no difference here: a file may define one aspect for two classes.
      const { via: _, ...told } = definition
      const key = JSON.stringify([told, part])
      const site = sites.get(key)
      if (site === undefined) sites.set(key, { definition, part, hosts: [host] })
      else if (!site.hosts.includes(host)) site.hosts.push(host)
    }
  const sorted = [...sites.values()].sort(
    (a, b) =>
      Number(b.definition.wins) - Number(a.definition.wins) || a.definition.priority - b.definition.priority,
  )
  const rows = sorted.map(site => cells(site, group, root))
  const widths = [0, 1, 2].map(column => Math.max(0, ...rows.map(row => row[column].length)))
  return rows.map((row, i) => {
    const line = row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ")
    return `      ${sorted[i].definition.wins ? line.trimEnd() : style.dim(line.trimEnd())}`
  })
}

function cells({ definition, part, hosts }: Site, group: readonly OptionOnHost[], root: string): string[] {
  const only = hosts.length === group.length ? "" : `(${hosts.join(", ")})`
  return [
    part,
    shownPlace(definition.written ?? definition, root),
    strength(definition),
    [definition.wins ? "" : cut(definition.valueText.replace(/\s+/g, " "), 40), only]
      .filter(Boolean)
      .join("  "),
  ]
}

/** What became of a definition. */
function partOf({ wins, condition, priority }: Definition, highestPrio: number): string {
  if (wins) return "set by"
  if (condition === "false") return "unused"
  return highestPrio < priority ? "lost" : "fails"
}

const names: Readonly<Record<number, string>> = { 50: "mkForce", 100: "", 1000: "mkDefault", 1500: "default" }

/** The priority of a definition, as a module would write it. */
function strength({ priority, condition }: Definition): string {
  if (condition === "false") return "mkIf false"
  return names[priority] ?? `mkOverride ${priority}`
}
