// A set of options on all hosts: what is set of it and to what, then what else there is. Most of a set is set nowhere.

import type { OptionInSet, OptionsOnHost } from "../../fleet/index.js"
import { code, names, plain, shortened } from "../markdown.js"
import type { Extent } from "./option-markdown.js"

/** Markdown of a set of options. */
export function renderOptionSet(path: string, sets: readonly OptionsOnHost[], extent: Extent): string {
  const lines = defined(sets).map(([name, values]) => definedLine(name, values, sets.length, extent))
  const shown = lines.slice(0, extent.options)
  const more = lines.length - shown.length
  const others = otherNames(sets)
  const preposition = sets.some(({ user }) => user !== undefined) ? "of" : "on"
  const sections = [
    `**${plain(path)}** · set of options ${preposition} ${plain(names(sets.map(nameOfHost)))}`,
    [...shown, ...(more > 0 ? [`- … ${more} more that are set`] : [])].join("\n"),
    listed("not set", others.options, extent),
    listed("with options below", others.sets, extent),
  ]
  return sections.filter(section => section !== "").join("\n\n")
}

/** Options that are set somewhere, name to value to hosts: `enable` first, and long values last, which push others out of sight. */
function defined(sets: readonly OptionsOnHost[]): [string, Map<string, string[]>][] {
  const found = new Map<string, Map<string, string[]>>()
  for (const { options, ...where } of sets)
    for (const { name, valueText } of options) {
      if (valueText === undefined) continue
      const values = found.get(name) ?? new Map<string, string[]>()
      found.set(name, values.set(valueText, [...(values.get(valueText) ?? []), nameOfHost(where)]))
    }
  const rank = ([name, values]: [string, Map<string, string[]>]) => {
    if (name === "enable") return 0
    return [...values.keys()].every(value => value.length <= SHORT) ? 1 : 2
  }
  return [...found].sort((a, b) => rank(a) - rank(b))
}

/** So long is a value that fits on the line of its option. */
const SHORT = 60

function definedLine(
  name: string,
  values: ReadonlyMap<string, readonly string[]>,
  total: number,
  { valueWidth, values: maxValues }: Extent,
): string {
  const shown = Array.from(values, ([value, hosts]) => ({ text: shortened(value, valueWidth), hosts }))
  // Beginnings of long values that are all the same say nothing.
  const isTold = values.size <= maxValues && new Set(shown.map(({ text }) => text)).size === values.size
  const said = isTold
    ? shown.map(
        ({ text, hosts }) => `${code(text)}${hosts.length === total ? "" : ` on ${plain(names(hosts))}`}`,
      )
    : [`${values.size} different values`]
  return `- **${plain(name)}**: ${said.join("; ")}`
}

/** Names of what is set nowhere: options, and sets of options. */
function otherNames(sets: readonly OptionsOnHost[]): { options: string[]; sets: string[] } {
  const known = new Set(defined(sets).map(([name]) => name))
  const others = sets.flatMap(({ options }) => options).filter(({ name }) => !known.has(name))
  const named = (isWanted: (option: OptionInSet) => boolean) =>
    [...new Set(others.filter(isWanted).map(({ name }) => name))].sort()
  return { options: named(option => !option.holdsOptions), sets: named(option => option.holdsOptions) }
}

function listed(title: string, all: readonly string[], { options }: Extent): string {
  if (all.length === 0) return ""
  const shown = all.slice(0, 3 * options)
  const more = all.length - shown.length
  return `${title}: ${shown.map(plain).join(", ")}${more > 0 ? ` and ${more} more` : ""}`
}

/** A host, or a home on it. */
export function nameOfHost({ host, user }: { readonly host: string; readonly user?: string }): string {
  return user === undefined ? host : `${user} on ${host}`
}
