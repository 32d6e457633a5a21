// What a derivation is: the recipe for a build, as data.
//
// The ways in which Nix names the outputs of a build are the five kinds of `DerivationOutput`. Everything that is computed
// from a derivation (its text, its hashes, its paths) lives in aterm.ts and instantiate.ts, and parse-derivation.ts reads one
// back from its text. All texts are byte strings.

import { StoreError } from "./error.js"
import { type Hash, type HashAlgorithm, parseHashAlgorithm, parseHashDigits, printHash } from "./hash.js"
import { type ContentMethod, methodPrefix } from "./store-path.js"

/** `name` has no `.drv`. Maps and iterables may come in any order; Nix's order is made when printing. */
export interface Derivation {
  readonly name: string
  readonly outputs: ReadonlyMap<string, DerivationOutput>
  /** For each derivation that is needed, by its path: the names of the outputs that are needed. */
  readonly inputDrvs: ReadonlyMap<string, Iterable<string>>
  /** For each derivation that itself builds derivations which are needed, by its path. */
  readonly dynamicInputs?: DynamicInputs
  readonly inputSrcs: Iterable<string>
  readonly system: string
  readonly builder: string
  readonly args: readonly string[]
  readonly env: ReadonlyMap<string, string>
}

/** By the output that is a derivation: what is needed of that one. */
export type DynamicOutputs = ReadonlyMap<string, DynamicInput>

export type DynamicInputs = ReadonlyMap<string, DynamicOutputs>

export interface DynamicInput {
  readonly outputs: Iterable<string>
  readonly dynamic: DynamicOutputs
}

export type DerivationOutput =
  /** Named by the recipe that builds it: the ordinary case. */
  | { readonly kind: "inputAddressed"; readonly path: string }
  /** Named by what it holds, which was promised beforehand: a download. */
  | { readonly kind: "fixed"; readonly method: ContentMethod; readonly hash: Hash; readonly path: string }
  /** Named by what it holds, known only once it is built. */
  | { readonly kind: "floating"; readonly method: ContentMethod; readonly algorithm: HashAlgorithm }
  /** Built anew each time. */
  | { readonly kind: "impure"; readonly method: ContentMethod; readonly algorithm: HashAlgorithm }
  /** Input-addressed, but some input is itself not yet named. */
  | { readonly kind: "deferred" }

/** The three texts that describe an output in a .drv file, after its name. */
export interface OutputFields {
  readonly path: string
  readonly method: string
  readonly hash: string
}

/** How `output` is written in a .drv file. */
export function outputFields(output: DerivationOutput): OutputFields {
  switch (output.kind) {
    case "inputAddressed":
      return { path: output.path, method: "", hash: "" }
    case "fixed":
      return { path: output.path, method: methodText(output), hash: printHash(output.hash, "base16") }
    case "floating":
      return { path: "", method: methodText(output), hash: "" }
    case "impure":
      return { path: "", method: methodText(output), hash: "impure" }
    case "deferred":
      return { path: "", method: "", hash: "" }
  }
}

/** The output that `fields` describe. @throws StoreError */
export function outputFromFields({ path, method, hash }: OutputFields): DerivationOutput {
  if (method === "") return path === "" ? { kind: "deferred" } : { kind: "inputAddressed", path }
  const [, prefix, name] = /^(r:|text:|git:)?(.*)$/s.exec(method)!
  const algorithm = parseHashAlgorithm(name)
  const contentMethod = methodOfPrefix(prefix)
  if (hash === "" || hash === "impure") {
    if (path !== "")
      throw new StoreError(
        `content-addressing derivation output should not specify output path, but got '${path}'`,
      )
    return { kind: hash === "" ? "floating" : "impure", method: contentMethod, algorithm }
  }
  return { kind: "fixed", method: contentMethod, hash: parseHashDigits(hash, algorithm), path }
}

/** The path of `output`, or undefined while it is not known. */
export function knownOutputPath(output: DerivationOutput): string | undefined {
  return output.kind === "inputAddressed" || output.kind === "fixed" ? output.path : undefined
}

function methodText(output: Exclude<DerivationOutput, { kind: "inputAddressed" | "deferred" }>): string {
  const algorithm = output.kind === "fixed" ? output.hash.algorithm : output.algorithm
  return methodPrefix(output.method) + algorithm
}

function methodOfPrefix(prefix: string | undefined): ContentMethod {
  if (prefix === undefined) return "flat"
  if (prefix === "r:") return "nar"
  return prefix === "text:" ? "text" : "git"
}
