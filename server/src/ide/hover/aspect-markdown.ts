// An aspect: where it is made, and on which hosts it is.

import type { Aspect } from "../../fleet/index.js"
import { link, names, plain } from "../markdown.js"
import { type Address, placeName } from "./places.js"

/** Markdown of an aspect, by the name that the file gives it; paths are shown relative to `root`. */
export function renderAspect(
  name: string,
  { option, hosts, importedBy, files }: Aspect,
  address: Address,
  root: string,
): string {
  const made = files.map(file => {
    const place = { file, line: 0, column: 0 }
    return link(file.startsWith(`${root}/`) ? placeName(place, root) : file, address(place))
  })
  const lines = [
    `**${plain(name)}** · aspect in ${plain(option)}`,
    hosts.length === 0 ? "on no host" : `on ${plain(names(hosts))}`,
    ...(importedBy.length === 0 ? [] : [`imported by ${plain(names(importedBy))}`]),
    ...(made.length === 0 ? [] : [`made in ${made.join(", ")}`]),
  ]
  return lines.join("\n\n")
}
