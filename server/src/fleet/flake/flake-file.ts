// Reads flake.nix: its inputs, where each of them is written, and that it has outputs. Like Nix, it only reads the text and evaluates
// nothing, so that a flake with broken outputs still has its inputs.

import type { Problem, TextRange } from "../../base/index.js"
import { canonicalPath } from "../../eval/index.js"
import { type Expr, parse, validate, withoutParens } from "../../syntax/index.js"
import { type Literal, type LiteralEntry, literalOf } from "./flake-literal.js"
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

export interface FlakeFile {
  /** Real path of flake.nix. */
  readonly path: string
  readonly text: string
  readonly description: string
  readonly inputs: ReadonlyMap<string, DeclaredInput>
  /** What `inputs.self` requests of the flake's own source. */
  readonly self: { readonly submodules: boolean; readonly lfs: boolean }
  readonly problems: readonly Problem[]
  /** The first problem because of which this is no flake at all. */
  readonly fatal: Problem | undefined
}

/** Reads the text of flake.nix. Never throws: mistakes are in `problems`. */
export function readFlakeFile(path: string, text: string): FlakeFile {
  return new FlakeReader(path, text).read()
}

const knownAttributes = new Set(["description", "inputs", "outputs", "nixConfig", "edition"])

class FlakeReader {
  private readonly problems: Problem[] = []
  private fatal: Problem | undefined

  constructor(
    private readonly path: string,
    private readonly text: string,
  ) {}

  read(): FlakeFile {
    const entries = this.topLevel()
    const declared = new Map(this.inputsIn(entries.get("inputs")))
    const outputs = entries.get("outputs")
    if (this.fatal === undefined) this.checkOutputs(entries, outputs)
    for (const [name, input] of this.impliedInputs(outputs))
      if (!declared.has(name)) declared.set(name, input)
    declared.delete("self")
    for (const [name, entry] of entries)
      if (!knownAttributes.has(name))
        this.fail(entry.range, "flake-attribute", `flake has an unsupported attribute '${name}'`)
    return {
      path: this.path,
      text: this.text,
      description: textIn(entries.get("description")) ?? "",
      inputs: declared,
      self: selfSettings(entries.get("inputs")),
      problems: this.problems,
      fatal: this.fatal,
    }
  }

  private topLevel(): ReadonlyMap<string, LiteralEntry> {
    const { tree, problems } = parse(this.text)
    const found = problems.length > 0 ? problems : validate(tree, this.text)
    if (found.length > 0) {
      this.problems.push(...found)
      this.fatal = found[0]
    }
    const literal = literalOf(tree, this.text)
    if (literal.kind === "set") return literal.entries
    if (this.fatal === undefined) this.fail(startOf(tree), "flake-file", "flake.nix must be an attribute set")
    return new Map()
  }

  private checkOutputs(entries: ReadonlyMap<string, LiteralEntry>, outputs: LiteralEntry | undefined): void {
    if (outputs === undefined)
      this.fail({ start: 0, end: 1 }, "flake-outputs", "flake lacks attribute 'outputs'")
    else if (outputs.value.kind !== "function")
      this.fail(
        outputs.range,
        "flake-outputs",
        `attribute 'outputs' must be a function, written out, but is ${nounOf(outputs.value)}`,
      )
    const description = entries.get("description")
    if (description !== undefined && description.value.kind !== "string")
      this.fail(
        description.range,
        "flake-attribute",
        `attribute 'description' must be a string, but is ${nounOf(description.value)}`,
      )
  }

  /** Undeclared parameters of `outputs` are inputs from the registry. */
  private *impliedInputs(outputs: LiteralEntry | undefined): Iterable<readonly [string, DeclaredInput]> {
    if (outputs?.value.kind !== "function") return
    for (const { name } of outputs.value.lambda.formals?.formals ?? []) {
      if (name.name === "self") continue
      const input = this.orIndirect(plainInput(name.name, { start: name.start, end: name.end }))
      yield [name.name, input]
    }
  }

  private *inputsIn(entry: LiteralEntry | undefined): Iterable<readonly [string, DeclaredInput]> {
    if (entry === undefined) return
    if (entry.value.kind !== "set") {
      this.fail(
        entry.range,
        "flake-input",
        `inputs must be a set, written out, but are ${nounOf(entry.value)}`,
      )
      return
    }
    for (const [name, at] of entry.value.entries) {
      if (name === "self") continue
      const before = this.problems.length
      const input = this.input(name, at)
      yield [name, this.problems.length === before ? this.orIndirect(input) : input]
    }
  }

  /** An input without any reference is looked up by its name in the registry. */
  private orIndirect(input: DeclaredInput): DeclaredInput {
    if (input.ref !== undefined || input.follows !== undefined) return input
    return { ...input, ref: { type: "indirect", id: input.name }, refText: `flake:${input.name}` }
  }

  private input(name: string, entry: LiteralEntry): DeclaredInput {
    if (entry.value.kind !== "set") {
      this.fail(entry.range, "flake-input", `input '${name}' must be a set, but is ${nounOf(entry.value)}`)
      return plainInput(name, entry.range)
    }
    const { entries } = entry.value
    const isFlake = this.flag(name, entries.get("flake"))
    const ref = this.reference(name, entry, isFlake)
    return {
      name,
      range: entry.range,
      isFlake,
      ref,
      refText: textIn(entries.get("url")) ?? (ref === undefined ? "" : printFlakeRef(ref)),
      follows: this.follows(name, entries.get("follows")),
      inputs: this.overrides(name, entries.get("inputs")),
    }
  }

  private overrides(name: string, entry: LiteralEntry | undefined): ReadonlyMap<string, DeclaredInput> {
    if (entry === undefined) return new Map()
    if (entry.value.kind === "set")
      return new Map(Array.from(entry.value.entries, ([inner, at]) => [inner, this.input(inner, at)]))
    this.fail(
      entry.range,
      "flake-input",
      `the inputs of input '${name}' must be a set, but are ${nounOf(entry.value)}`,
    )
    return new Map()
  }

  private flag(name: string, entry: LiteralEntry | undefined): boolean {
    if (entry === undefined) return true
    if (entry.value.kind === "boolean") return entry.value.value
    this.fail(
      entry.range,
      "flake-input",
      `'flake' of input '${name}' must be a Boolean, but is ${nounOf(entry.value)}`,
    )
    return true
  }

  private follows(name: string, entry: LiteralEntry | undefined): readonly string[] | undefined {
    if (entry === undefined) return undefined
    const text = textIn(entry)
    const names = (text ?? "").split("/").filter(part => part !== "")
    if (text === undefined)
      this.fail(
        entry.range,
        "flake-input",
        `'follows' of input '${name}' must be a string, but is ${nounOf(entry.value)}`,
      )
    const wrong = names.find(part => !/^[a-zA-Z][a-zA-Z0-9_-]*$/.test(part))
    if (wrong === undefined) return names
    this.fail(
      entry.range,
      "flake-input",
      `'follows' of input '${name}': '${wrong}' is not a valid flake input name`,
    )
    return undefined
  }

  /** `url`, or `type` with its attributes. */
  private reference(name: string, entry: LiteralEntry, isFlake: boolean): FlakeRef | undefined {
    if (entry.value.kind !== "set") return undefined
    const { entries } = entry.value
    const attrs = this.refAttributes(name, entries)
    const url = entries.get("url")
    try {
      if (attrs.type !== undefined) return withRightHash(checkFlakeRef(attrs))
      const [unexpected] = Object.keys(attrs).filter(attr => attr !== "url")
      const at = unexpected === undefined ? undefined : entries.get(unexpected)
      if (at !== undefined)
        this.fail(at.range, "flake-input", `unexpected attribute '${unexpected}' of input '${name}'`)
      if (url === undefined) return undefined
      const text = url.value.kind === "path" ? `path:${this.pathFrom(url.value.text)}` : textIn(url)
      if (text !== undefined)
        return withRightHash(parseFlakeRef(text, { keepRelative: true, wantsTree: isFlake }))
      this.fail(
        url.range,
        "flake-input",
        `'url' of input '${name}' must be a string, written out, but is ${nounOf(url.value)}`,
      )
    } catch (error) {
      if (!(error instanceof FlakeRefError)) throw error
      this.fail((url ?? entry).range, "flake-input", `input '${name}': ${error.message}`)
    }
    return undefined
  }

  /** A path that is written as one, relative to the flake. */
  private pathFrom(written: string): string {
    const folder = this.path.split("/").slice(1, -1)
    const target = canonicalPath(written.startsWith("/") ? written : `/${folder.join("/")}/${written}`)
    const parts = target.split("/").slice(1)
    let shared = 0
    while (shared < parts.length && parts[shared] === folder[shared]) shared++
    return [...folder.slice(shared).fill(".."), ...parts.slice(shared)].join("/") || "."
  }

  private refAttributes(
    name: string,
    entries: ReadonlyMap<string, LiteralEntry>,
  ): Record<string, string | number | boolean> {
    const attrs: Record<string, string | number | boolean> = {}
    for (const [attr, { value, range }] of entries) {
      if (attr === "inputs" || attr === "flake" || attr === "follows") continue
      if (value.kind === "string") attrs[attr] = value.text
      else if (value.kind === "boolean" || value.kind === "integer") attrs[attr] = value.value
      else if (attr !== "url")
        this.fail(
          range,
          "flake-input",
          `attribute '${attr}' of input '${name}' is ${nounOf(value)} while a string, Boolean, or integer is expected`,
        )
    }
    return attrs
  }

  private fail(range: TextRange, code: string, message: string): void {
    const problem: Problem = { range, severity: "error", code, message }
    this.problems.push(problem)
    this.fatal ??= problem
  }
}

function plainInput(name: string, range: TextRange): DeclaredInput {
  return { name, ref: undefined, refText: "", follows: undefined, isFlake: true, inputs: new Map(), range }
}

function textIn(entry: LiteralEntry | undefined): string | undefined {
  return entry?.value.kind === "string" ? entry.value.text : undefined
}

function selfSettings(inputs: LiteralEntry | undefined): FlakeFile["self"] {
  const self = inputs?.value.kind === "set" ? inputs.value.entries.get("self")?.value : undefined
  const isOn = (name: string): boolean => {
    const value = self?.kind === "set" ? self.entries.get(name)?.value : undefined
    return value?.kind === "boolean" && value.value
  }
  return { submodules: isOn("submodules"), lfs: isOn("lfs") }
}

function startOf(tree: Expr): TextRange {
  const { start } = withoutParens(tree)
  return { start, end: start + 1 }
}

function nounOf(literal: Literal): string {
  switch (literal.kind) {
    case "set":
      return "a set"
    case "integer":
      return "an integer"
    case "computed":
      return "computed"
    default:
      return `a ${literal.kind}`
  }
}

/** @throws FlakeRefError for a hash of the source that is none */
function withRightHash(ref: FlakeRef): FlakeRef {
  narHashOf(ref)
  return ref
}
