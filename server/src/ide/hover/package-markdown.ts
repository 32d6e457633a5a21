// A package, to be understood at a glance: what it is, and which version is on which hosts.

import { groupBy } from "../../base/index.js"
import type { PackageAnswer, PackageOnHost } from "../../fleet/index.js"
import { code, link, names, plain } from "../markdown.js"
import { type Address, placeName } from "./places.js"

/** Markdown for a package; paths are shown relative to `root`. */
export function renderPackage({ path, hosts }: PackageAnswer, address: Address, root: string): string {
  const described = hosts.find(({ description }) => description !== "") ?? hosts[0]
  const { description, homepage, place } = described
  const more = [
    ...(/^https?:/.test(homepage) ? [link(homepage, homepage)] : []),
    ...(place === undefined ? [] : [`defined in ${link(placeName(place, root), address(place))}`]),
  ]
  const sections = [
    `**${plain(path)}** · package`,
    plain(description),
    groups(hosts).map(versionLine).join("\n\n"),
    more.join(" · "),
  ]
  return sections.filter(section => section !== "").join("\n\n")
}

/** Hosts with the same version, the largest group first. */
function groups(hosts: readonly PackageOnHost[]): PackageOnHost[][] {
  const found = groupBy(hosts, ({ version, error }) => JSON.stringify([version, error]))
  return [...found.values()].sort((a, b) => b.length - a.length)
}

function versionLine(group: readonly PackageOnHost[]): string {
  const [{ version, error }] = group
  const said = [
    ...(version === "" ? [] : [code(version)]),
    ...(error === undefined ? [] : [`⚠ ${plain(error)}`]),
  ]
  return `**${plain(names(group.map(({ host }) => host)))}**: ${said.join(" ") || "no version"}`
}
