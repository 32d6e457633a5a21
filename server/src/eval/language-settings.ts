// Nix's settings that change what a program evaluates to, under Nix's names in camel case.
//
// There are two sorts of experimental features. Some only allow something: without `ca-derivations`, `__contentAddressed` is an error.
// Others add names to the language. Whoever reads a configuration wants to know what it means, and not whether this machine would
// build it. So everything is allowed unless the features are listed, and no name is added unless its feature is listed.

import { EvalError } from "./errors/error.js"

/** Lints for literals, by the names of Nix's settings without `lint-`. */
export type Lint = "url-literals" | "absolute-path-literals" | "short-path-literals"
export type LintLevel = "ignore" | "warn" | "fatal"

export interface LanguageSettings {
  readonly lints?: Readonly<Partial<Record<Lint, LintLevel>>>
  /** Whether `builtins.warn` fails after it has printed its warning. */
  readonly abortOnWarn?: boolean
  /** Whether `builtins.traceVerbose` prints. */
  readonly traceVerbose?: boolean
  /** How many calls may be in progress; 10,000 by default. */
  readonly maxCallDepth?: number
  /** The features that are on, by Nix's names. If absent, those that only allow something are on. */
  readonly experimentalFeatures?: ReadonlySet<string>
}

/**
 * Checks that `feature` is on.
 * @param why what needs it, for the message
 * @throws EvalError if features are listed and this is not among them
 */
export function requireFeature({ experimentalFeatures }: LanguageSettings, feature: string, why = ""): void {
  if (experimentalFeatures === undefined || experimentalFeatures.has(feature)) return
  const reason = why === "" ? "" : ` (${why})`
  throw new EvalError(
    "unsupported",
    `experimental Nix feature '${feature}' is disabled${reason}; add '--extra-experimental-features ${feature}' to enable it`,
  )
}
