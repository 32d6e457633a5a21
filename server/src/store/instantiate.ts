// From a recipe to its paths: what `builtins.derivationStrict` computes once the attributes are gathered.
//
// An output is named by a hash of the recipe in which each input derivation is replaced by its own such hash ("modulo"),
// and a download by the hash of what it promises, so that changing where something is fetched from rebuilds nothing.
// A recipe's hash is asked for by every dependant, hence the caller keeps it, and gives it back through a `HashLookup`.

import { DerivationText, maskedOutputs, outputValues, printInputs } from "./aterm.js"
import { type Derivation, type DerivationOutput, outputFields } from "./derivation.js"
import { StoreError } from "./error.js"
import { type Hash, type HashAlgorithm, printHash, sha256Hex } from "./hash.js"
import {
  type ContentMethod,
  contentPath,
  defaultStoreDir,
  outputPath,
  outputPathName,
  placeholder,
  textPath,
} from "./store-path.js"

/**
 * The hash of a derivation modulo its downloads, in base 16, as its dependants need it; undefined if its outputs are
 * only known after building, which makes those of its dependants so.
 */
export type ModuloHash = string | undefined

/** Gives the `modulo` of a derivation that was instantiated before. */
export type HashLookup = (drvPath: string) => ModuloHash

/** How the outputs of a derivation get their names. */
export type Addressing =
  | { readonly kind: "input" }
  | { readonly kind: "fixed"; readonly method: ContentMethod; readonly hash: Hash }
  | {
      readonly kind: "floating" | "impure"
      readonly method: ContentMethod
      readonly algorithm: HashAlgorithm
    }

/** A recipe before its outputs have names. What `env` says for an output is overridden. */
export interface Recipe extends Omit<Derivation, "outputs"> {
  readonly outputs: readonly string[]
  readonly addressing: Addressing
}

/** A recipe that has its names. */
export interface Instantiated {
  readonly drvPath: string
  readonly outputs: ReadonlyMap<string, DerivationOutput>
  /** What the environment says for each output: its path or its placeholder. Empty if the outputs are deferred. */
  readonly outputEnv: ReadonlyMap<string, string>
  readonly modulo: ModuloHash
}

/** The derivation that came of `recipe`: what its .drv file says. */
export function derivationOf(recipe: Recipe, { outputs, outputEnv }: Instantiated): Derivation {
  const env = new Map(recipe.env)
  for (const name of outputs.keys()) env.set(name, outputEnv.get(name) ?? "")
  return { ...recipe, outputs, env }
}

/**
 * Names a derivation and its outputs.
 * @throws StoreError with Nix's message for a name that the store does not allow, or several outputs of a fixed-output derivation
 */
export function instantiate(recipe: Recipe, modulo: HashLookup, storeDir = defaultStoreDir): Instantiated {
  const text = new DerivationText(recipe, recipe.outputs)
  switch (recipe.addressing.kind) {
    case "fixed":
      return instantiateFixed(recipe, recipe.addressing, text, storeDir)
    case "floating":
    case "impure": {
      const outputs = sameOutput(recipe.outputs, recipe.addressing)
      const env = new Map(recipe.outputs.map(name => [name, placeholder(name)]))
      return { ...written(recipe, outputs, env, text, storeDir), modulo: undefined }
    }
    case "input":
      return instantiateInputAddressed(recipe, text, modulo, storeDir)
  }
}

/** The modulo hash of a derivation whose outputs have their names: one that was read from a file. */
export function hashDerivationModulo(derivation: Derivation, modulo: HashLookup): ModuloHash {
  const kinds = [...derivation.outputs.values()]
  for (const output of kinds) if (output.kind === "fixed") return fixedModulo(output)
  if (!kinds.every(output => output.kind === "inputAddressed")) return undefined
  const inputs = inputsByHash(derivation, modulo)
  if (inputs === undefined) return undefined
  const text = new DerivationText(derivation, derivation.outputs.keys())
  return sha256Hex(text.print(outputValues(derivation), inputs))
}

/** The path of the .drv file that holds `text`, the text of `derivation`. @throws StoreError */
export function drvPathOf(
  derivation: Pick<Derivation, "name" | "inputDrvs" | "dynamicInputs" | "inputSrcs">,
  text: string | Uint8Array,
  storeDir = defaultStoreDir,
): string {
  const references = new Set(derivation.inputDrvs.keys())
  for (const path of derivation.dynamicInputs?.keys() ?? []) references.add(path)
  for (const source of derivation.inputSrcs) references.add(source)
  return textPath(`${derivation.name}.drv`, text, references, storeDir)
}

function instantiateFixed(
  recipe: Recipe,
  { method, hash }: Extract<Addressing, { kind: "fixed" }>,
  text: DerivationText,
  storeDir: string,
): Instantiated {
  const [name, ...more] = recipe.outputs
  if (more.length > 0 || name !== "out")
    throw new StoreError("multiple outputs are not supported in fixed-output derivations")
  const path = contentPath(outputPathName(recipe.name, name), method, hash, undefined, storeDir)
  const output = { kind: "fixed", method, hash, path } as const
  const outputs = new Map([[name, output]])
  return { ...written(recipe, outputs, new Map([[name, path]]), text, storeDir), modulo: fixedModulo(output) }
}

function instantiateInputAddressed(
  recipe: Recipe,
  text: DerivationText,
  modulo: HashLookup,
  storeDir: string,
): Instantiated {
  const inputs = inputsByHash(recipe, modulo)
  if (inputs === undefined) {
    const outputs = sameOutput(recipe.outputs, { kind: "deferred" })
    return { ...written(recipe, outputs, new Map(), text, storeDir), modulo: undefined }
  }
  const masked = sha256Hex(text.print(maskedOutputs, inputs))
  const outputs = new Map<string, DerivationOutput>()
  const env = new Map<string, string>()
  for (const name of recipe.outputs) {
    const path = outputPath(recipe.name, name, masked, storeDir)
    outputs.set(name, { kind: "inputAddressed", path })
    env.set(name, path)
  }
  const hash = sha256Hex(text.print(outputValues({ outputs, env }), inputs))
  return { ...written(recipe, outputs, env, text, storeDir), modulo: hash }
}

function written(
  recipe: Recipe,
  outputs: ReadonlyMap<string, DerivationOutput>,
  outputEnv: ReadonlyMap<string, string>,
  body: DerivationText,
  storeDir: string,
): Omit<Instantiated, "modulo"> {
  const inputs = printInputs(recipe.inputDrvs, recipe.dynamicInputs)
  const text = body.print(outputValues({ outputs, env: outputEnv }), inputs)
  return { drvPath: drvPathOf(recipe, text, storeDir), outputs, outputEnv }
}

function sameOutput(names: readonly string[], output: DerivationOutput): Map<string, DerivationOutput> {
  return new Map(names.map(name => [name, output]))
}

function fixedModulo(output: Extract<DerivationOutput, { kind: "fixed" }>): string {
  const { path, method } = outputFields(output)
  return sha256Hex(`fixed:out:${method}:${printHash(output.hash, "base16")}:${path}`)
}

// The inputs as the hash sees them, printed: derivations that promise the same count as one. Undefined if one of them is
// not yet named. What a named one builds derivations for is not in the hash: Nix has it so.
function inputsByHash(
  { inputDrvs, dynamicInputs }: Pick<Derivation, "inputDrvs" | "dynamicInputs">,
  modulo: HashLookup,
): string | undefined {
  const inputs = new Map<string, Set<string>>()
  for (const drvPath of dynamicInputs?.keys() ?? []) if (modulo(drvPath) === undefined) return undefined
  for (const [drvPath, outputs] of inputDrvs) {
    const hash = modulo(drvPath)
    if (hash === undefined) return undefined
    const known = inputs.get(hash)
    if (known === undefined) inputs.set(hash, new Set(outputs))
    else for (const output of outputs) known.add(output)
  }
  return printInputs(inputs)
}
