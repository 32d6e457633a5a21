// Nix's settings that change what a program evaluates to, under Nix's names in camel case.
//
// Experimental features come in two sorts. Some only refuse: without `ca-derivations`, `__contentAddressed` is an error.
// Others add names to the language. Whoever reads a configuration wants to know what it means, not whether this machine
// would build it, so nothing is refused unless the features are listed; and no name is added unless its feature is.

import { EvalError } from "./errors/error.js"

/** Literals that Nix can be told to mind, by the names of its settings without `lint-`. */
export type Lint = "url-literals" | "absolute-path-literals" | "short-path-literals"
export type LintLevel = "ignore" | "warn" | "fatal"

export interface LanguageSettings {
  readonly lints?: Readonly<Partial<Record<Lint, LintLevel>>>
  /** Whether `builtins.warn` fails after it has printed its warning. */
  readonly abortOnWarn?: boolean
  /** Whether `builtins.traceVerbose` prints. */
  readonly traceVerbose?: boolean
  /** So many calls may be in progress; 10,000 unless told otherwise. */
  readonly maxCallDepth?: number
  /** The features that are on, by Nix's names. Unless given, all that only refuse when they are off. */
  readonly experimentalFeatures?: ReadonlySet<string>
}

/**
 * Refuses what only `feature` allows.
 * @param why what needs it, where the message says so
 * @throws EvalError where the features are listed without it
 */
export function requireFeature({ experimentalFeatures }: LanguageSettings, feature: string, why = ""): void {
  if (experimentalFeatures === undefined || experimentalFeatures.has(feature)) return
  const reason = why === "" ? "" : ` (${why})`
  throw new EvalError(
    "unsupported",
    `experimental Nix feature '${feature}' is disabled${reason}; add '--extra-experimental-features ${feature}' to enable it`,
  )
}
