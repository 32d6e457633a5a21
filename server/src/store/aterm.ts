// The text of a .drv file: one term `Derive(outputs,inputDrvs,inputSrcs,system,builder,args,env)`.
//
// Instantiating a derivation needs this text three times, differing only in its outputs and inputs: without output paths
// to compute them, with them to hash it for its dependants, and as the file itself. `DerivationText` therefore escapes
// and sorts the rest once and leaves holes in the environment where the outputs go.

import {
  type Derivation,
  type DerivationOutput,
  type OutputFields,
  outputFields,
  outputFromFields,
} from "./derivation.js"
import { StoreError } from "./error.js"

/** The parts of a derivation that its three texts share. `env` may hold the outputs or not; their values do not count. */
export type DerivationBody = Pick<Derivation, "inputSrcs" | "system" | "builder" | "args" | "env">

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
  private readonly outputs: readonly string[]
  private readonly beforeEnv: string
  // Pieces of the environment, one more than there are outputs: output i stands between piece i and piece i + 1.
  private readonly envPieces: readonly string[]

  constructor(body: DerivationBody, outputs: Iterable<string>) {
    this.outputs = [...outputs].sort()
    const sources = [...body.inputSrcs].sort().map(quoted)
    const { system, builder, args } = body
    this.beforeEnv = `,[${sources.join()}],${escaped(system)},${escaped(builder)},[${args.map(escaped).join()}],[`
    this.envPieces = printEnv(body.env, this.outputs)
  }

  /** The whole text, with these outputs and these inputs. */
  print(values: OutputValues, inputs: ReadonlyMap<string, Iterable<string>>): string {
    const outputs = this.outputs.map(name => printOutput(name, values.fields(name)))
    let text = `Derive([${outputs.join()}],[${printInputs(inputs)}]${this.beforeEnv}${this.envPieces[0]}`
    for (let at = 0; at < this.outputs.length; at++)
      text += escaped(values.env(this.outputs[at])) + this.envPieces[at + 1]
    return `${text})`
  }
}

/** The text of the .drv file of `derivation`. */
export function printDerivation(derivation: Derivation): string {
  return new DerivationText(derivation, derivation.outputs.keys()).print(
    outputValues(derivation),
    derivation.inputDrvs,
  )
}

/** The outputs of `derivation` as they stand in it. */
export function outputValues({ outputs, env }: Pick<Derivation, "outputs" | "env">): OutputValues {
  return { fields: name => outputFields(outputs.get(name)!), env: name => env.get(name) ?? "" }
}

/** Reads the text of a .drv file, whose name (without digest and `.drv`) is `name`. Throws StoreError. */
export function parseDerivation(text: string, name: string): Derivation {
  const reader = new TermReader(text)
  if (text.startsWith("DrvWithVersion("))
    throw new StoreError(
      `derivation '${name}' has inputs that are outputs of derivations, which is not supported`,
    )
  reader.expect("Derive(")
  const outputs = new Map(reader.list(() => readOutput(reader)))
  reader.expect(",")
  const inputDrvs = new Map(reader.list(() => reader.pair(() => reader.list(() => reader.string()))))
  reader.expect(",")
  const inputSrcs = reader.list(() => reader.string())
  reader.expect(",")
  const system = reader.string()
  reader.expect(",")
  const builder = reader.string()
  reader.expect(",")
  const args = reader.list(() => reader.string())
  reader.expect(",")
  const env = new Map(reader.list(() => reader.pair(() => reader.string())))
  reader.expect(")")
  return { name, outputs, inputDrvs, inputSrcs, system, builder, args, env }
}

function readOutput(reader: TermReader): readonly [string, DerivationOutput] {
  reader.expect("(")
  const name = reader.string()
  reader.expect(",")
  const path = reader.string()
  reader.expect(",")
  const method = reader.string()
  reader.expect(",")
  const hash = reader.string()
  reader.expect(")")
  return [name, outputFromFields({ path, method, hash })]
}

// Every output has its variable: where `env` lacks one, its place is made.
function printEnv(env: ReadonlyMap<string, string>, outputs: readonly string[]): string[] {
  const isOutput = new Set(outputs)
  const names = [...env.keys()]
  for (const output of outputs) if (!env.has(output)) names.push(output)
  const pieces: string[] = []
  let piece = ""
  let separator = ""
  for (const name of names.sort()) {
    piece += `${separator}(${escaped(name)},`
    if (isOutput.has(name)) {
      pieces.push(piece)
      piece = ")"
    } else piece += `${escaped(env.get(name)!)})`
    separator = ","
  }
  pieces.push(`${piece}]`)
  return pieces
}

function printOutput(name: string, { path, method, hash }: OutputFields): string {
  return `(${quoted(name)},${quoted(path)},${quoted(method)},${quoted(hash)})`
}

function printInputs(inputs: ReadonlyMap<string, Iterable<string>>): string {
  const paths = [...inputs.keys()].sort()
  return paths.map(path => `(${quoted(path)},[${sortedSet(inputs.get(path)!).map(quoted).join()}])`).join()
}

function sortedSet(names: Iterable<string>): string[] {
  return [...new Set(names)].sort()
}

// Names of outputs and store paths cannot hold what needs escaping.
function quoted(text: string): string {
  return `"${text}"`
}

const special = /["\\\n\r\t]/
const specials = /["\\\n\r\t]/g

function escaped(text: string): string {
  return special.test(text) ? `"${text.replace(specials, escapeOf)}"` : `"${text}"`
}

function escapeOf(character: string): string {
  if (character === "\n") return "\\n"
  if (character === "\r") return "\\r"
  return character === "\t" ? "\\t" : `\\${character}`
}

// Reads the few forms of term that a .drv file has, from left to right.
class TermReader {
  private at = 0

  constructor(private readonly text: string) {}

  expect(token: string): void {
    if (!this.text.startsWith(token, this.at)) throw new StoreError(`expected string '${token}'`)
    this.at += token.length
  }

  string(): string {
    this.expect('"')
    const start = this.at
    let hasEscapes = false
    for (; this.text[this.at] !== '"'; this.at++) {
      if (this.at >= this.text.length) throw new StoreError("unterminated string in derivation")
      if (this.text[this.at] !== "\\") continue
      hasEscapes = true
      this.at++
    }
    const raw = this.text.slice(start, this.at++)
    return hasEscapes ? raw.replace(/\\(.)/gs, (_, character: string) => unescaped(character)) : raw
  }

  list<T>(element: () => T): T[] {
    this.expect("[")
    const elements: T[] = []
    while (!this.text.startsWith("]", this.at)) {
      if (elements.length > 0) this.expect(",")
      elements.push(element())
    }
    this.at++
    return elements
  }

  pair<T>(second: () => T): [string, T] {
    this.expect("(")
    const first = this.string()
    this.expect(",")
    const rest = second()
    this.expect(")")
    return [first, rest]
  }
}

function unescaped(character: string): string {
  if (character === "n") return "\n"
  if (character === "r") return "\r"
  return character === "t" ? "\t" : character
}
