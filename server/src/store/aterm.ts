// The text of a .drv file: one term `Derive(outputs,inputDrvs,inputSrcs,system,builder,args,env)`. One that needs outputs of
// derivations which are themselves built begins with `DrvWithVersion("xp-dyn-drv",` instead.
//
// Instantiating a derivation needs this text three times, differing only in its outputs and inputs: without output paths
// to compute them, with them to hash it for its dependants, and as the file itself. `DerivationText` therefore escapes
// and sorts the rest once and leaves holes in the environment where the outputs go.

import {
  type Derivation,
  type DynamicInputs,
  type DynamicOutputs,
  type OutputFields,
  outputFields,
} from "./derivation.js"

/** The parts of a derivation that its three texts share. `env` may hold the outputs or not; their values do not count. */
export type DerivationBody = Pick<
  Derivation,
  "inputSrcs" | "system" | "builder" | "args" | "env" | "dynamicInputs"
>

/** The outputs of a text: how each is described, and what the environment says for it. */
export interface OutputValues {
  fields(output: string): OutputFields
  env(output: string): string
}

/** Outputs as they are while their paths are computed: empty, in the list and in the environment. */
export const maskedOutputs: OutputValues = {
  fields: () => ({ path: "", method: "", hash: "" }),
  env: () => "",
}

/** A derivation with its body already printed, see the head of this file. */
export class DerivationText {
  private readonly start: string
  private readonly outputs: readonly string[]
  /** The body, cut where the environment's values of the outputs belong. */
  private readonly pieces: readonly string[]

  constructor(body: DerivationBody, outputs: Iterable<string>) {
    this.start = body.dynamicInputs === undefined ? "Derive(" : dynamicStart
    this.outputs = [...outputs].sort()
    // Nix escapes nothing in the system.
    const sources = quotedList([...body.inputSrcs].sort())
    const before = `],[${sources}],"${body.system}",${quoted(body.builder)},[${quotedList(body.args)}],[`
    const [first, ...rest] = piecesOfEnv(body.env, this.outputs)
    const pieces = [before + first, ...rest]
    pieces.push(`${pieces.pop()}])`)
    this.pieces = pieces
  }

  /** The bytes of the whole text, with these outputs and these printed inputs. */
  print(values: OutputValues, inputs: string): Buffer {
    const outputs = this.outputs.map(name => printOutput(name, values.fields(name))).join()
    const [first, ...rest] = this.pieces
    const env = rest.map((piece, at) => quoted(values.env(this.outputs[at])) + piece).join("")
    return Buffer.from(`${this.start}[${outputs}],[${inputs}${first}${env}`, "latin1")
  }
}

/** The environment, cut where the values of the outputs belong. Every output has its variable: where `env` lacks one, its place is made. */
function piecesOfEnv(env: ReadonlyMap<string, string>, outputs: readonly string[]): string[] {
  const names = [...env.keys()]
  for (const output of outputs) if (!env.has(output)) names.push(output)
  const pieces: string[] = []
  let text = ""
  let separator = "("
  for (const name of names.sort()) {
    text += `${separator}${quoted(name)},`
    if (outputs.includes(name)) {
      pieces.push(text)
      text = ""
    } else text += quoted(env.get(name)!)
    text += ")"
    separator = ",("
  }
  return [...pieces, text]
}

/** How a text begins that needs outputs of derivations which are themselves built. */
export const dynamicStart = 'DrvWithVersion("xp-dyn-drv",'

function quotedList(texts: readonly string[]): string {
  return texts.map(quoted).join()
}

const special = /["\\\n\r\t]/
/** What JSON writes with a number, and Nix as it is. */
const otherControl = /[^\t\n\r -\xff]/

/** A byte string between double quotes, with `"`, `\`, newline, return and tab escaped as in a .drv file. */
function quoted(text: string): string {
  if (!special.test(text)) return `"${text}"`
  // V8 writes JSON many times faster than any loop of ours that has just begun.
  if (!otherControl.test(text)) return JSON.stringify(text)
  return `"${text.replace(/["\\\n\r\t]/g, character => escapes[character])}"`
}

const escapes: Readonly<Record<string, string>> = {
  '"': '\\"',
  "\\": "\\\\",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
}

/** The input derivations as a text has them, in order. */
export function printInputs(
  inputs: ReadonlyMap<string, Iterable<string>>,
  dynamic: DynamicInputs = noInputs,
): string {
  const paths = [...inputs.keys()]
  for (const path of dynamic.keys()) if (!inputs.has(path)) paths.push(path)
  return paths
    .sort()
    .map(path => `("${path}",${printOutputs(inputs.get(path) ?? [], dynamic.get(path))})`)
    .join()
}

const noInputs: DynamicInputs = new Map()

function printOutputs(outputs: Iterable<string>, dynamic: DynamicOutputs | undefined): string {
  const names = `[${sortedNames(outputs)}]`
  if (dynamic === undefined || dynamic.size === 0) return names
  const nested = [...dynamic].sort(([a], [b]) => (a < b ? -1 : 1))
  return `(${names},[${nested.map(([name, input]) => `("${name}",${printOutputs(input.outputs, input.dynamic)})`).join()}])`
}

/** The text of the .drv file of `derivation`. */
export function printDerivation(derivation: Derivation): string {
  const text = new DerivationText(derivation, derivation.outputs.keys())
  const inputs = printInputs(derivation.inputDrvs, derivation.dynamicInputs)
  return text.print(outputValues(derivation), inputs).toString("latin1")
}

/** The outputs of `derivation` as they stand in it. */
export function outputValues({ outputs, env }: Pick<Derivation, "outputs" | "env">): OutputValues {
  return { fields: name => outputFields(outputs.get(name)!), env: name => env.get(name) ?? "" }
}

// Names of outputs and store paths cannot hold what needs escaping, so Nix does not look.
function printOutput(name: string, { path, method, hash }: OutputFields): string {
  return `("${name}","${path}","${method}","${hash}")`
}

function sortedNames(names: Iterable<string>): string {
  const unique = [...new Set(names)]
  if (unique.length === 1) return `"${unique[0]}"`
  return unique
    .sort()
    .map(name => `"${name}"`)
    .join()
}
