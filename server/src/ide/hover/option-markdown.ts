// An option on all hosts, to be understood at a glance: which values there are, on which hosts, and why.
//
// Hosts with the same value form a group, the largest first. Below each value are its definitions: winners, losers, and those
// whose condition is false. A definition that all hosts of a group share is written once.

import { groupBy } from "../../base/index.js"
import type { Definition, OptionAnswer, OptionOnHost } from "../../fleet/index.js"
import { clipped, code, codeBlock, link, names, plain, shortened } from "../markdown.js"
import { nameOfHost, renderOptionSet } from "./option-set-markdown.js"
import { type Address, placeLink, placeName } from "./places.js"

/** How much is shown: a hover is glanced at, a page is read. */
export interface Extent {
  /** Of a set of options: those that are set, and values of one. */
  readonly options: number
  readonly values: number
  /** Of a value of a set: links to where it is set. */
  readonly places: number
  readonly descriptionWidth: number
  readonly valueWidth: number
  readonly valueLines: number
  readonly definitions: number
}

const HOVER: Extent = {
  options: 12,
  values: 3,
  places: 2,
  descriptionWidth: 400,
  valueWidth: 80,
  valueLines: 8,
  definitions: 6,
}
export const PAGE: Extent = {
  options: 10_000,
  values: 1000,
  places: 200,
  descriptionWidth: 10_000,
  valueWidth: 120,
  valueLines: 200,
  definitions: 200,
}

/** Markdown for an option: what it is, then its values. Paths are shown relative to `root`. */
export function renderOption(
  answer: OptionAnswer,
  address: Address,
  root: string,
  extent: Extent = HOVER,
): string {
  const show: Show = { address, root, extent }
  const { sets = [] } = answer
  const groups = grouped(answer.hosts)
  if (sets.length > 0) return renderOptionSet(answer.path, sets, show)
  if (groups.length === 0) return nowhere(answer)
  const described = answer.hosts.find(host => host.type !== "")
  const sections = [
    heading(answer.path, described, extent),
    description(described?.description ?? "", extent),
    groups.map(group => renderGroup(group, show)).join("\n\n"),
    declared(described, show),
  ]
  return sections.filter(section => section !== "").join("\n\n")
}

function nowhere({ path, near = [], isForSystems }: OptionAnswer): string {
  const meant = near.length === 0 ? [] : [`Did you mean ${near.map(code).join(", ")}?`]
  const who = isForSystems === true ? "no system" : "no host"
  return [`**${plain(path)}**`, `${who} has this option`, ...meant].join("\n\n")
}

/** How answers are shown: paths relative to `root`. */
export interface Show {
  readonly address: Address
  readonly root: string
  readonly extent: Extent
}

interface Group {
  readonly hosts: readonly OptionOnHost[]
  readonly first: OptionOnHost
}

function grouped(hosts: readonly OptionOnHost[]): Group[] {
  const alike = groupBy(hosts, host => JSON.stringify([host.error, host.isDefined, host.valueText]))
  const groups = Array.from(alike.values(), (hosts): Group => ({ hosts, first: hosts[0] }))
  const isBroken = (group: Group) => (group.first.error === undefined ? 0 : 1)
  return groups.sort((a, b) => isBroken(a) - isBroken(b) || b.hosts.length - a.hosts.length)
}

function heading(path: string, described: OptionOnHost | undefined, extent: Extent): string {
  const facts = [
    ...(described === undefined ? [] : [plain(shortened(described.type, extent.valueWidth))]),
    ...(described?.default === undefined
      ? []
      : [`default ${code(shortened(described.default, extent.valueWidth))}`]),
  ]
  return [`**${plain(path)}**`, ...facts].join(" · ")
}

/** Descriptions are Markdown with the roles of nixpkgs' manual, such as {option}`a.b`. */
function description(text: string, extent: Extent): string {
  const readable = text.replace(/\{[a-z]+\}`/g, "`").trim()
  if (readable.length <= extent.descriptionWidth) return readable
  const paragraph = readable.split(/\n\s*\n/)[0]
  return paragraph.length <= extent.descriptionWidth
    ? `${paragraph.trimEnd()} …`
    : `${paragraph.slice(0, extent.descriptionWidth).replace(/\s+\S*$/, "")} …`
}

function renderGroup(group: Group, show: Show): string {
  const { first, hosts } = group
  const who = `**${plain(names(hosts.map(nameOfHost)))}**`
  return [valueLines(who, first, show.extent), definitionLines(group, show)]
    .filter(part => part !== "")
    .join("\n")
}

function valueLines(who: string, host: OptionOnHost, extent: Extent): string {
  const { valueText, error, isDefined } = host
  if (error !== undefined) return `${who}: ⚠ ${plain(shortened(error, 4 * extent.valueWidth))}`
  if (!isDefined && valueText === "") return `${who}: not set`
  if (valueText.length <= extent.valueWidth && !valueText.includes("\n")) return `${who}: ${code(valueText)}`
  return `${who}:\n${codeBlock(clipped(valueText, extent.valueLines, extent.valueWidth), "nix")}`
}

/** A definition, what became of it, and the hosts of its group where that is so. */
interface Shared {
  readonly definition: Definition
  readonly state: string
  readonly hosts: string[]
}

function definitionLines(group: Group, show: Show): string {
  const shared = sharedDefinitions(group)
  const winners = shared.filter(({ definition }) => definition.wins).length
  const lines = shared
    .slice(0, show.extent.definitions)
    .map(each => `- ${definitionLine(each, group, winners, show)}`)
  const rest = shared.slice(lines.length)
  const inactive = rest.filter(({ definition }) => definition.condition === "false").length
  const counts = [
    ...(inactive < rest.length ? [`${rest.length - inactive} more`] : []),
    ...(inactive > 0 ? [`${inactive} that are inactive, mkIf is false`] : []),
  ]
  return [...lines, ...(rest.length > 0 ? [`- … ${counts.join(", ")}`] : [])].join("\n")
}

function sharedDefinitions({ hosts }: Group): Shared[] {
  const byKey = new Map<string, Shared>()
  for (const { definitions, ...where } of hosts)
    for (const definition of definitions) {
      const host = nameOfHost(where)
      const state = stateOf(definition, where.highestPrio)
      const key = JSON.stringify([definition, state])
      const shared = byKey.get(key)
      if (shared === undefined) byKey.set(key, { definition, state, hosts: [host] })
      else if (!shared.hosts.includes(host)) shared.hosts.push(host)
    }
  return [...byKey.values()].sort((a, b) => rank(a.definition) - rank(b.definition))
}

/** Sorts winners first, then losers by priority, then definitions whose condition is false. */
function rank({ wins, condition, priority }: Definition): number {
  if (wins) return -1
  return condition === "false" ? Number.POSITIVE_INFINITY : priority
}

function definitionLine(
  { definition, state, hosts }: Shared,
  group: Group,
  winners: number,
  { address, root, extent }: Show,
): string {
  const { valueText, wins } = definition
  const value = code(shortened(valueText, extent.valueWidth))
  const showsValue = !wins || (winners > 1 && valueText !== group.first.valueText)
  const where = placeLink(definition.written ?? definition, { address, root })
  const via = definition.via === undefined ? [] : [plain(definition.via)]
  const only = hosts.length < group.hosts.length ? [`only ${plain(names(hosts))}`] : []
  const facts = [where, priorityName(definition.priority), ...via, ...only].join(" · ")
  return `${state === "" ? "" : `${state}: `}${showsValue ? `${value} ` : ""}${facts}`
}

/** Why a definition did not win; empty for one that did. @param highestPrio of the option on the same host */
function stateOf({ wins, condition, priority }: Definition, highestPrio: number): string {
  if (wins) return ""
  if (condition === "false") return "inactive, mkIf is false"
  return highestPrio < priority ? "overridden" : "fails"
}

const PRIORITIES: Readonly<Record<number, string>> = {
  10: "mkVMOverride",
  50: "mkForce",
  60: "mkImageMediaOverride",
  1000: "mkDefault",
  1500: "option default",
}

function priorityName(priority: number): string {
  const name = PRIORITIES[priority]
  return name === undefined ? `priority ${priority}` : `${name} (${priority})`
}

function declared(described: OptionOnHost | undefined, { address, root }: Show): string {
  const places = described?.declarations ?? []
  if (places.length === 0) return ""
  return `declared in ${places.map(place => link(placeName(place, root), address(place))).join(", ")}`
}
