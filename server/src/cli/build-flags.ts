// Whether evaluation may build what it imports: `--allow-import-from-derivation`, or Nix's own setting given as Nix takes it.
// Off unless somebody says so, since a build runs what the repository says.

import { type Given, UsageError } from "./arguments.js"

export const buildFlags = { "--allow-import-from-derivation": 0, "--option": 2 } as const

const setting = "allow-import-from-derivation"

/** @throws UsageError for a value that the setting does not take */
export function allowsBuilds(given: Given<keyof typeof buildFlags>): boolean {
  let allowed = given.has("--allow-import-from-derivation")
  for (const [name, value] of given.pairs("--option")) {
    if (name !== setting) continue
    if (value !== "true" && value !== "false")
      throw new UsageError(`setting '${setting}' is either 'true' or 'false', not '${value}'`)
    allowed = value === "true"
  }
  return allowed
}
