// A set of options on all hosts: what is set of it and to what, then what else there is. Most of a set is set nowhere.

import type { OptionInSet, OptionsOnHost, SourcePlace } from "../../fleet/index.js"
import { code, names, plain, shortened } from "../markdown.js"
import type { Extent, Show } from "./option-markdown.js"
import { placeLink } from "./places.js"

/** Markdown of a set of options. */
export function renderOptionSet(path: string, sets: readonly OptionsOnHost[], show: Show): string {
  const { extent } = show
  const lines = defined(sets).map(([name, values]) => definedLine(name, values, sets.length, show))
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

/** Who has a value, and where it is set. */
interface Setting {
  readonly hosts: readonly string[]
  readonly places: readonly SourcePlace[]
}

/** Options that are set somewhere, name to value: `enable` first, and long values last, which push others out of sight. */
function defined(sets: readonly OptionsOnHost[]): [string, Map<string, Setting>][] {
  const found = new Map<string, Map<string, Setting>>()
  for (const { options, ...where } of sets)
    for (const { name, valueText, places = [] } of options) {
      if (valueText === undefined) continue
      const values = found.get(name) ?? new Map<string, Setting>()
      const known = values.get(valueText) ?? { hosts: [], places: [] }
      const hosts = [...known.hosts, nameOfHost(where)]
      found.set(name, values.set(valueText, { hosts, places: [...known.places, ...places] }))
    }
  const rank = ([name, values]: [string, Map<string, Setting>]) => {
    if (name === "enable") return 0
    return [...values.keys()].every(value => value.length <= SHORT) ? 1 : 2
  }
  return [...found].sort((a, b) => rank(a) - rank(b))
}

/** So long is a value that fits on the line of its option. */
const SHORT = 60

function definedLine(name: string, values: ReadonlyMap<string, Setting>, total: number, show: Show): string {
  const { valueWidth, values: maxValues } = show.extent
  const shown = Array.from(values, ([value, set]) => ({ text: shortened(value, valueWidth), ...set }))
  // Beginnings of long values that are all the same say nothing.
  const isTold = values.size <= maxValues && new Set(shown.map(({ text }) => text)).size === values.size
  const everywhere = shown.flatMap(({ places }) => places)
  const said = isTold
    ? shown.map(({ text, hosts, places }) => {
        const where = hosts.length === total ? "" : ` on ${plain(names(hosts))}`
        return `${code(text)}${where}${links(places, show)}`
      })
    : [`${values.size} different values${links(everywhere, show)}`]
  return `- **${plain(name)}**: ${said.join("; ")}`
}

/** Links to where a value is set. */
function links(places: readonly SourcePlace[], show: Show): string {
  const all = [...new Set(places.map(place => placeLink(place, show)))]
  const shown = all.slice(0, show.extent.places)
  return all.length === 0 ? "" : ` · ${shown.join(", ")}${all.length > shown.length ? ", …" : ""}`
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
