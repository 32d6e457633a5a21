// Packages that are not available on hosts whose modules name them, and packages that come from another channel, with whether they
// still need to.
//
// Only evaluation is used. A package that evaluates may still fail to build, so "removable" means that evaluation found no reason
// against it, and the explanation says so.

import type { TextRange } from "../../base/index.js"
import type { BrokenPackage, Channel, Fallback, Packages } from "../model.js"
import type { SourceFile } from "../texts/source-files.js"

/** A broken package with the place that names it. */
export interface BrokenReference extends BrokenPackage {
  readonly source: SourceFile
  readonly range: TextRange
  readonly conditional: boolean
}

export interface FallbackReport extends Fallback {
  readonly source: SourceFile
  readonly range: TextRange
}

export interface PackageReport {
  readonly channels: readonly Channel[]
  readonly fallbacks: readonly FallbackReport[]
  readonly broken: readonly BrokenReference[]
}

/** The report as the command line gives it, without places in texts. */
export function packagesAnswer({ channels, fallbacks, broken }: PackageReport): Packages {
  return {
    channels,
    fallbacks: fallbacks.map(({ source, range, ...fallback }) => fallback),
    broken: broken.map(({ source, range, conditional, ...reference }) => reference),
  }
}
