// What Nix's settings mean for `canopy eval`: the few, of some hundred (nix-settings.ts), that change what a program evaluates
// to or sees of the machine.

import type { LanguageSettings, Lint, LintLevel } from "../../eval/index.js"
import { UsageError } from "../arguments.js"
import type { NixSetting } from "./nix-settings.js"

/** On in any case when features are added to the default ones: `canopy eval` would be of no use without. */
const defaultFeatures = ["nix-command", "flakes", "fetch-tree"]

export interface NixOptions {
  readonly language: LanguageSettings
  readonly pure?: boolean | undefined
  readonly showTrace?: boolean | undefined
  readonly system?: string | undefined
  /** Entries of the search path that replace those of NIX_PATH. */
  readonly nixPath?: readonly string[] | undefined
}

/**
 * @param settings later ones win
 * @throws UsageError for a value that its setting does not take
 */
export function nixOptions(
  settings: readonly NixSetting[],
  env: Readonly<Record<string, string | undefined>>,
): NixOptions {
  const last = (name: string) => settings.findLast(([known]) => known === name)?.[1]
  const flag = (name: string) => parseBoolean(name, last(name))
  const depth = parseCount("max-call-depth", last("max-call-depth"))
  const features = featuresIn(settings)
  return {
    language: {
      abortOnWarn: flag("abort-on-warn") ?? ["1", "yes", "true"].includes(env.NIX_ABORT_ON_WARN ?? ""),
      traceVerbose: flag("trace-verbose") ?? false,
      lints: lintLevels(settings),
      ...(depth === undefined ? {} : { maxCallDepth: depth }),
      ...(features === undefined ? {} : { experimentalFeatures: features }),
    },
    pure: flag("pure-eval"),
    showTrace: flag("show-trace"),
    system: last("eval-system") || last("system"),
    nixPath: searchPathIn(settings),
  }
}

/** The features that are on, where the settings say any. */
function featuresIn(settings: readonly NixSetting[]): ReadonlySet<string> | undefined {
  let features: readonly string[] | undefined
  for (const [name, value] of settings) {
    if (name === "experimental-features") features = words(value)
    if (name === "extra-experimental-features") features = [...(features ?? defaultFeatures), ...words(value)]
  }
  return features === undefined ? undefined : new Set(features)
}

function searchPathIn(settings: readonly NixSetting[]): readonly string[] | undefined {
  const path = settings.findLast(([name]) => name === "nix-path")?.[1]
  return path === undefined ? undefined : words(path)
}

const lintNames: readonly Lint[] = ["url-literals", "absolute-path-literals", "short-path-literals"]
const levels: readonly LintLevel[] = ["ignore", "warn", "fatal"]

function lintLevels(settings: readonly NixSetting[]): Partial<Record<Lint, LintLevel>> {
  const found: Partial<Record<Lint, LintLevel>> = {}
  for (const [name, value] of settings) {
    const lint = lintNames.find(known => name === `lint-${known}`)
    if (lint === undefined) continue
    const level = levels.find(known => known === value)
    if (level === undefined) throw new UsageError(`setting '${name}' has invalid value '${value}'`)
    found[lint] = level
  }
  return found
}

function parseBoolean(name: string, value: string | undefined): boolean | undefined {
  if (value === undefined) return undefined
  if (["true", "yes", "1"].includes(value)) return true
  if (["false", "no", "0"].includes(value)) return false
  throw new UsageError(`Boolean setting '${name}' has invalid value '${value}'`)
}

function parseCount(name: string, value: string | undefined): number | undefined {
  if (value === undefined || /^\d+$/.test(value)) return value === undefined ? undefined : Number(value)
  throw new UsageError(`setting '${name}' has invalid value '${value}'`)
}

function words(list: string): string[] {
  return list.split(/\s+/).filter(word => word !== "")
}
