// A derivation, read from the text of its .drv file (aterm.ts writes it).

import { dynamicStart } from "./aterm.js"
import { type Derivation, type DerivationOutput, type DynamicInput, outputFromFields } from "./derivation.js"
import { StoreError } from "./error.js"

/** Reads the text of a .drv file, whose name (without digest and `.drv`) is `name`. @throws StoreError */
export function parseDerivation(text: string, name: string): Derivation {
  const reader = new TermReader(text)
  reader.expect(text.startsWith("DrvWithVersion(") ? dynamicStart : "Derive(")
  const outputs = new Map(reader.list(() => readOutput(reader)))
  reader.expect(",")
  const inputs = reader.list(() => reader.pair(() => readInput(reader)))
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
  const derivation = { name, outputs, inputDrvs: namedInputs(inputs), inputSrcs, system, builder, args, env }
  const dynamic = inputs.filter(([, input]) => input.dynamic.size > 0)
  if (dynamic.length === 0) return derivation
  return { ...derivation, dynamicInputs: new Map(dynamic.map(([path, input]) => [path, input.dynamic])) }
}

/** Inputs of which more is needed than what they build. */
function namedInputs(inputs: readonly (readonly [string, ReadInput])[]): Map<string, readonly string[]> {
  const named = inputs.filter(([, { outputs, dynamic }]) => outputs.length > 0 || dynamic.size === 0)
  return new Map(named.map(([path, { outputs }]) => [path, outputs]))
}

interface ReadInput extends DynamicInput {
  readonly outputs: readonly string[]
}

function readInput(reader: TermReader): ReadInput {
  const names = () => reader.list(() => reader.string())
  if (!reader.sees("(")) return { outputs: names(), dynamic: new Map() }
  reader.expect("(")
  const outputs = names()
  reader.expect(",")
  const dynamic = new Map(reader.list(() => reader.pair(() => readInput(reader))))
  reader.expect(")")
  return { outputs, dynamic }
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

// Reads the few forms of term that a .drv file has, from left to right.
class TermReader {
  private at = 0

  constructor(private readonly text: string) {}

  sees(token: string): boolean {
    return this.text.startsWith(token, this.at)
  }

  expect(token: string): void {
    if (!this.sees(token)) throw new StoreError(`expected string '${token}'`)
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
    while (!this.sees("]")) {
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
