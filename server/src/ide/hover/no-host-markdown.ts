// What is said instead of values where no host has something.

import { plain } from "../markdown.js"

/** No host has the module in which something is. */
export function renderNoImporter(path: string, module: string): string {
  return titled(path, `no host imports ${module}`)
}

/** There are no hosts at all. @param why as `FleetOutline.noHosts` says it */
export function renderNoHosts(path: string, why: string): string {
  return titled(path, `this flake has no hosts: ${why}`)
}

function titled(title: string, text: string): string {
  return `**${plain(title)}**\n\n${plain(text)}`
}
