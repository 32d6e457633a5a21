// Nix's own settings as `canopy eval` takes them: `--option NAME VALUE`, and what Nix reads from the environment.
//
// Nix has some two hundred, nearly all about building; only those that change the value of a program are looked at.

import type { LanguageSettings, Lint, LintLevel } from "../eval/index.js"
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
  const lints = lintLevels(options)
  if (features === undefined) return { abortOnWarn, lints }
  return { abortOnWarn, lints, experimentalFeatures: new Set(features) }
}

const lintNames: readonly Lint[] = ["url-literals", "absolute-path-literals", "short-path-literals"]
const levels: readonly LintLevel[] = ["ignore", "warn", "fatal"]

function lintLevels(options: readonly (readonly [string, string])[]): Partial<Record<Lint, LintLevel>> {
  const found: Partial<Record<Lint, LintLevel>> = {}
  for (const [name, value] of options) {
    const lint = lintNames.find(known => name === `lint-${known}`)
    if (lint === undefined) continue
    const level = levels.find(known => known === value)
    if (level === undefined) throw new UsageError(`setting '${name}' has invalid value '${value}'`)
    found[lint] = level
  }
  return found
}

function parseBoolean(name: string, value: string): boolean {
  if (["true", "yes", "1"].includes(value)) return true
  if (["false", "no", "0"].includes(value)) return false
  throw new UsageError(`Boolean setting '${name}' has invalid value '${value}'`)
}

function words(list: string): string[] {
  return list.split(/\s+/).filter(word => word !== "")
}
