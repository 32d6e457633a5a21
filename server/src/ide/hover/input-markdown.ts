// A flake input: where it comes from, what it is locked to, and what its own inputs are.

import type { FleetOutline, LockedInput } from "../../fleet/index.js"
import { code, plain } from "../markdown.js"

/** Markdown of an input, by its names: `["home-manager", "nixpkgs"]` is an input of an input. */
export function inputMarkdown(
  path: readonly string[],
  outline: FleetOutline | undefined,
): string | undefined {
  const found = path.reduce<Found | undefined>(
    (above, name) => above?.inputs?.find(input => input.name === name),
    { inputs: outline?.inputs ?? [] },
  )
  if (found?.name === undefined) return undefined
  const { url = "", rev, lastModified, follows, inputs = [] } = found
  const date =
    lastModified === undefined ? "" : ` of ${new Date(lastModified * 1000).toISOString().slice(0, 10)}`
  const lines = [
    `**${plain(path.join("/"))}** · flake input`,
    ...(follows === undefined ? [] : [`follows ${code(follows)}`]),
    plain(url),
    ...(rev === undefined ? [] : [`locked at \`${rev.slice(0, 12)}\`${date}`]),
    ...(inputs.length === 0 ? [] : [`its inputs: ${inputs.map(ownInput).join(", ")}`]),
  ]
  return lines.filter(line => line !== "").join("\n\n")
}

/** An input, or the flake itself. */
type Found = Partial<LockedInput>

function ownInput({ name, follows }: LockedInput): string {
  return follows === undefined ? plain(name) : `${plain(name)} (follows ${plain(follows)})`
}
