// Nix's own settings as `canopy eval` takes them: `--option NAME VALUE`, and what Nix reads from the environment.
//
// Nix has some two hundred, nearly all about building; only those that change the value of a program are looked at.

import type { LanguageSettings } from "../eval/index.js"
import { UsageError } from "./arguments.js"

/** On in any case when features are added to the default ones: `canopy eval` would be of no use without. */
const defaultFeatures = ["nix-command", "flakes", "fetch-tree"]

/**
 * @param options names and values, later ones win
 * @throws UsageError for a value that its setting does not take
 */
export function nixOptions(
  options: readonly (readonly [name: string, value: string])[],
  env: Readonly<Record<string, string | undefined>>,
): LanguageSettings {
  let abortOnWarn = ["1", "yes", "true"].includes(env.NIX_ABORT_ON_WARN ?? "")
  let features: readonly string[] | undefined
  for (const [name, value] of options) {
    if (name === "abort-on-warn") abortOnWarn = parseBoolean(name, value)
    if (name === "experimental-features") features = words(value)
    if (name === "extra-experimental-features") features = [...(features ?? defaultFeatures), ...words(value)]
  }
  if (features === undefined) return { abortOnWarn }
  return { abortOnWarn, experimentalFeatures: new Set(features) }
}

function parseBoolean(name: string, value: string): boolean {
  if (["true", "yes", "1"].includes(value)) return true
  if (["false", "no", "0"].includes(value)) return false
  throw new UsageError(`Boolean setting '${name}' has invalid value '${value}'`)
}

function words(list: string): string[] {
  return list.split(/\s+/).filter(word => word !== "")
}
