// The inputs that flake.nix declares, read from the literal under `inputs`, with a problem for each mistake.

import type { TextRange } from "../../base/index.js"
import { canonicalPath } from "../../eval/index.js"
import { type LiteralEntry, nounOf, textIn } from "./flake-literal.js"
import { checkFlakeRef, type FlakeRef, FlakeRefError, narHashOf } from "./flake-ref.js"
import { parseFlakeRef } from "./flake-ref-parse.js"
import { printFlakeRef } from "./flake-ref-print.js"

/** An input as flake.nix declares it, or an input of an input that it overrides. */
export interface DeclaredInput {
  readonly name: string
  /** Undefined if it only follows another input, or only overrides inputs of its own. */
  readonly ref: FlakeRef | undefined
  /** The reference as written, or as Nix would print it; empty without one. */
  readonly refText: string
  /** The path of the input that it follows, starting at the flake that declares it. */
  readonly follows: readonly string[] | undefined
  /** Whether it is a flake, and not just files. */
  readonly isFlake: boolean
  /** Its own inputs, as this flake overrides them. */
  readonly inputs: ReadonlyMap<string, DeclaredInput>
  /** Its name in flake.nix. */
  readonly range: TextRange
}

/** The inputs under `inputs`, and the parameters of `outputs` that are none of these. Calls `fail` for each mistake. */
export function declaredInputs(
  path: string,
  {
    inputs,
    outputs,
  }: { readonly inputs: LiteralEntry | undefined; readonly outputs: LiteralEntry | undefined },
  fail: ReportInput,
): ReadonlyMap<string, DeclaredInput> {
  const declared = new Map(new InputReader(path, fail).inputsIn(inputs))
  for (const [name, input] of impliedInputs(outputs)) if (!declared.has(name)) declared.set(name, input)
  return declared
}

type ReportInput = (range: TextRange, message: string) => void

class InputReader {
  private mistakes = 0

  /** @param path real path of flake.nix */
  constructor(
    private readonly path: string,
    private readonly report: ReportInput,
  ) {}

  *inputsIn(entry: LiteralEntry | undefined): Iterable<readonly [string, DeclaredInput]> {
    if (entry === undefined) return
    const { value, range } = entry
    if (value.kind !== "set")
      return this.fail(range, `inputs must be a set, written out, but are ${nounOf(value)}`)
    for (const [name, at] of value.entries) {
      if (name === "self") continue
      const before = this.mistakes
      const input = this.input(name, at)
      yield [name, this.mistakes === before ? orIndirect(input) : input]
    }
  }

  private input(name: string, { value, range }: LiteralEntry): DeclaredInput {
    if (value.kind !== "set") {
      this.fail(range, `input '${name}' must be a set, but is ${nounOf(value)}`)
      return plainInput(name, range)
    }
    const { entries } = value
    const isFlake = this.flag(name, entries.get("flake"))
    const ref = this.reference(name, { range, entries }, isFlake)
    const follows = this.follows(name, entries.get("follows"))
    if (ref !== undefined && follows !== undefined)
      this.fail(range, `input '${name}' has both a flake reference and a 'follows'`)
    return {
      name,
      range,
      isFlake,
      ref,
      refText: textIn(entries.get("url")) ?? (ref === undefined ? "" : printFlakeRef(ref)),
      follows,
      inputs: this.overrides(name, entries.get("inputs")),
    }
  }

  private overrides(name: string, entry: LiteralEntry | undefined): ReadonlyMap<string, DeclaredInput> {
    if (entry === undefined) return new Map()
    const { value, range } = entry
    if (value.kind === "set")
      return new Map(Array.from(value.entries, ([inner, at]) => [inner, this.input(inner, at)]))
    this.fail(range, `the inputs of input '${name}' must be a set, but are ${nounOf(value)}`)
    return new Map()
  }

  private flag(name: string, entry: LiteralEntry | undefined): boolean {
    if (entry === undefined) return true
    const { value, range } = entry
    if (value.kind === "boolean") return value.value
    this.fail(range, `'flake' of input '${name}' must be a Boolean, but is ${nounOf(value)}`)
    return true
  }

  private follows(name: string, entry: LiteralEntry | undefined): readonly string[] | undefined {
    if (entry === undefined) return undefined
    const { value, range } = entry
    const text = textIn(entry)
    if (text === undefined)
      this.fail(range, `'follows' of input '${name}' must be a string, but is ${nounOf(value)}`)
    const names = (text ?? "").split("/").filter(part => part !== "")
    const wrong = names.find(part => !/^[a-zA-Z][a-zA-Z0-9_-]*$/.test(part))
    if (wrong === undefined) return names
    this.fail(range, `'follows' of input '${name}': '${wrong}' is not a valid flake input name`)
    return undefined
  }

  /** `url`, or `type` with its attributes. */
  private reference(
    name: string,
    { range, entries }: { readonly range: TextRange; readonly entries: Entries },
    isFlake: boolean,
  ): FlakeRef | undefined {
    const attrs = this.refAttributes(name, entries)
    const url = entries.get("url")
    try {
      if (attrs.type !== undefined) return withRightHash(checkFlakeRef(attrs))
      const unexpected = Object.keys(attrs).find(attr => attr !== "url")
      if (unexpected !== undefined)
        this.fail(
          entries.get(unexpected)?.range ?? range,
          `unexpected attribute '${unexpected}' of input '${name}'`,
        )
      if (url === undefined) return undefined
      const text = url.value.kind === "path" ? `path:${relativeTo(this.path, url.value.text)}` : textIn(url)
      if (text !== undefined)
        return withRightHash(parseFlakeRef(text, { keepRelative: true, wantsTree: isFlake }))
      const found = nounOf(url.value)
      this.fail(url.range, `'url' of input '${name}' must be a string, written out, but is ${found}`)
    } catch (error) {
      if (!(error instanceof FlakeRefError)) throw error
      this.fail(url?.range ?? range, `input '${name}': ${error.message}`)
    }
    return undefined
  }

  private refAttributes(name: string, entries: Entries): Record<string, string | number | boolean> {
    const attrs: Record<string, string | number | boolean> = {}
    for (const [attr, { value, range }] of entries) {
      if (attr === "inputs" || attr === "flake" || attr === "follows") continue
      if (value.kind === "string") attrs[attr] = value.text
      else if (value.kind === "boolean" || value.kind === "integer") attrs[attr] = value.value
      else if (attr !== "url") {
        const found = `is ${nounOf(value)} while a string, Boolean, or integer is expected`
        this.fail(range, `attribute '${attr}' of input '${name}' ${found}`)
      }
    }
    return attrs
  }

  private fail(range: TextRange, message: string): void {
    this.mistakes++
    this.report(range, message)
  }
}

type Entries = ReadonlyMap<string, LiteralEntry>

/** Undeclared parameters of `outputs` are inputs from the registry. */
function* impliedInputs(outputs: LiteralEntry | undefined): Iterable<readonly [string, DeclaredInput]> {
  if (outputs?.value.kind !== "function") return
  for (const { name } of outputs.value.lambda.formals?.formals ?? []) {
    if (name.name === "self") continue
    yield [name.name, orIndirect(plainInput(name.name, { start: name.start, end: name.end }))]
  }
}

/** An input without any reference is looked up by its name in the registry. */
function orIndirect(input: DeclaredInput): DeclaredInput {
  if (input.ref !== undefined || input.follows !== undefined) return input
  return { ...input, ref: { type: "indirect", id: input.name }, refText: `flake:${input.name}` }
}

/** The path `written` in a file, relative to the folder of that file. */
function relativeTo(file: string, written: string): string {
  const folder = file.split("/").slice(1, -1)
  const target = canonicalPath(written.startsWith("/") ? written : `/${folder.join("/")}/${written}`)
  const parts = target.split("/").slice(1)
  let shared = 0
  while (shared < parts.length && parts[shared] === folder[shared]) shared++
  return [...folder.slice(shared).fill(".."), ...parts.slice(shared)].join("/") || "."
}

function plainInput(name: string, range: TextRange): DeclaredInput {
  return { name, ref: undefined, refText: "", follows: undefined, isFlake: true, inputs: new Map(), range }
}

/** @throws FlakeRefError for a hash of the source that is none */
function withRightHash(ref: FlakeRef): FlakeRef {
  narHashOf(ref)
  return ref
}
