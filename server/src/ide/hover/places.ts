// Places in files as people are shown them: a short name, and the address that a link leads to.

import type { SourcePlace } from "../../fleet/index.js"
import { link, plain } from "../markdown.js"

/** Gives the address of a place, for a link; "" when there is none. */
export type Address = (place: SourcePlace) => string

/** The `file:` address of a place, with its line if known, as editors open it. */
export const fileAddress: Address = ({ file, line }: SourcePlace) => {
  const path = file.split("/").map(encodeURIComponent).join("/")
  return `file://${path}${line > 0 ? `#L${line}` : ""}`
}

/** A link to a place. A module that was not read from a file has a name, but nothing to link to. */
export function placeLink(
  place: SourcePlace,
  { address, root }: { readonly address: Address; readonly root: string },
): string {
  const name = placeName(place, root)
  return place.file.startsWith("/") ? link(name, address(place)) : plain(name)
}

/** Enough of a path to recognise the file: relative to the root, or its last three names. */
export function placeName({ file, line }: SourcePlace, root: string): string {
  const inside = root !== "" && file.startsWith(`${root}/`)
  const shown = inside ? file.slice(root.length + 1) : shortName(file)
  return line > 0 ? `${shown}:${line}` : shown
}

/** The last three names of a path, without the store's hash. */
function shortName(file: string): string {
  const path = file.replace(/^\/nix\/store\/[0-9a-z]{32}-[^/]*\//, "")
  return path.split("/").slice(-3).join("/")
}
