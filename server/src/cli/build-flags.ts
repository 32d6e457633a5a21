// Whether evaluation may build what it imports: `--allow-import-from-derivation`, or Nix's own setting in Nix's own syntax.
// Off by default, since a build runs code of the repository.

import { type Given, UsageError } from "./arguments.js"

export const buildFlags = { "--allow-import-from-derivation": 0, "--option": 2 } as const

const setting = "allow-import-from-derivation"

/** Whether builds are allowed. @throws UsageError for a value that is neither true nor false */
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
