// A host by its name, and a tag by the hosts that have it, as the Fleet view shows them.

import { basename } from "node:path"
import type { Aspect, Fleet, Host, HostClass } from "../../fleet/index.js"
import { code, codeBlock, link, names, plain } from "../markdown.js"
import { type Address, placeName } from "./places.js"

const CLASSES: Readonly<Record<HostClass, string>> = {
  nixos: "NixOS host",
  darwin: "macOS host",
  homeManager: "standalone home",
}

/** Markdown of the hosts of that name; undefined if there is none. A machine and a home may have the same name. */
export function renderHost(name: string, fleet: Fleet, address: Address): string | undefined {
  const hosts = fleet.hosts.filter(host => host.name === name)
  if (hosts.length === 0) return undefined
  return hosts.map(host => hostLines(host, fleet, address).join("\n\n")).join("\n\n---\n\n")
}

/** Markdown of the hosts that have a tag; undefined if none has it. */
export function renderTag(tag: string, { hosts }: Fleet): string | undefined {
  const tagged = hosts.filter(({ tags }) => tags.includes(tag)).map(({ name }) => name)
  return tagged.length === 0 ? undefined : `**${plain(tag)}** · tag of ${plain(names(tagged))}`
}

function hostLines(host: Host, fleet: Fleet, address: Address): string[] {
  const { system, tags, target, deployer, aspects, error } = host
  const made = filesOf(host, fleet.aspects).map(file => {
    const place = { file, line: 0, column: 0 }
    return link(placeName(place, fleet.root), address(place))
  })
  // As code: an address such as root@host would become a link.
  const deploys = [
    ...(target === "" ? [] : [`to ${code(target)}`]),
    ...(deployer === undefined ? [] : [`with ${deployer}`]),
  ]
  return [
    `**${plain(host.name)}** · ${[CLASSES[host.class], plain(system)].filter(Boolean).join(" · ")}`,
    ...(error === undefined ? [] : [`does not evaluate:\n${codeBlock(error, "text")}`]),
    ...(tags.length === 0 ? [] : [`tags: ${plain(names(tags))}`]),
    ...(deploys.length === 0 ? [] : [`deployed ${deploys.join(" ")}`]),
    ...(aspects.length === 0 ? [] : [`aspects: ${plain(names(aspects))}`]),
    ...(made.length === 0 ? [] : [`made in ${made.join(", ")}`]),
  ]
}

/** The files of the aspect that is named after the host. */
function filesOf({ name }: Host, aspects: readonly Aspect[]): readonly string[] {
  return aspects.find(aspect => basename(aspect.name) === name && aspect.hosts.includes(name))?.files ?? []
}
