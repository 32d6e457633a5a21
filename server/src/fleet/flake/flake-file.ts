// Reads flake.nix: its inputs, where each of them is written, and that it has outputs. Like Nix, it only reads the text and evaluates
// nothing, so that a flake with broken outputs still has its inputs.

import type { Problem, TextRange } from "../../base/index.js"
import { type Expr, parse, validate, withoutParens } from "../../syntax/index.js"
import { type DeclaredInput, declaredInputs } from "./declared-input.js"
import { type Literal, type LiteralEntry, literalOf, nounOf, textIn } from "./flake-literal.js"

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

const knownAttributes = new Set(["description", "inputs", "outputs", "nixConfig"])
/** What `inputs.self` may say. */
const selfAttributes = new Set(["submodules", "lfs"])
const kindsOfSettings: ReadonlySet<Literal["kind"]> = new Set(["string", "path", "integer", "boolean"])

class FlakeReader {
  private readonly problems: Problem[] = []
  private fatal: Problem | undefined

  constructor(
    private readonly path: string,
    private readonly text: string,
  ) {}

  read(): FlakeFile {
    const entries = this.topLevel()
    const [written, outputs] = [entries.get("inputs"), entries.get("outputs")]
    const inputs = declaredInputs(this.path, { inputs: written, outputs }, (range, message) =>
      this.fail(range, "flake-input", message),
    )
    if (this.fatal === undefined) this.checkOutputs(entries, outputs)
    this.checkSettings(entries.get("nixConfig"))
    for (const [name, entry] of entries)
      if (!knownAttributes.has(name))
        this.fail(entry.range, "flake-attribute", `flake has an unsupported attribute '${name}'`)
    for (const [name, entry] of entriesOfSelf(written))
      if (!selfAttributes.has(name))
        this.fail(entry.range, "flake-input", `flake 'self' attribute '${name}' is not supported`)
    return {
      path: this.path,
      text: this.text,
      description: textIn(entries.get("description")) ?? "",
      inputs,
      self: selfSettings(written),
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

  /** Settings of Nix that the flake asks for; only their kinds matter here. */
  private checkSettings(settings: LiteralEntry | undefined): void {
    if (settings === undefined) return
    const { value, range } = settings
    if (value.kind !== "set")
      return this.fail(
        range,
        "flake-attribute",
        `attribute 'nixConfig' must be a set, written out, but is ${nounOf(value)}`,
      )
    for (const [name, setting] of value.entries)
      if (!isSetting(setting.value))
        this.fail(
          setting.range,
          "flake-attribute",
          `flake configuration setting '${name}' ${whyNoSetting(setting.value)}`,
        )
  }

  private fail(range: TextRange, code: string, message: string): void {
    const problem: Problem = { range, severity: "error", code, message }
    this.problems.push(problem)
    this.fatal ??= problem
  }
}

function isSetting(value: Literal): boolean {
  if (value.kind === "list") return value.elements.every(({ kind }) => kind === "string")
  return kindsOfSettings.has(value.kind)
}

function whyNoSetting(value: Literal): string {
  return value.kind === "list" ? "has an element that is no string" : `is ${nounOf(value)}`
}

function entriesOfSelf(inputs: LiteralEntry | undefined): ReadonlyMap<string, LiteralEntry> {
  const self = inputs?.value.kind === "set" ? inputs.value.entries.get("self")?.value : undefined
  return self?.kind === "set" ? self.entries : new Map()
}

function selfSettings(inputs: LiteralEntry | undefined): FlakeFile["self"] {
  const entries = entriesOfSelf(inputs)
  const isOn = (name: string): boolean => {
    const value = entries.get(name)?.value
    return value?.kind === "boolean" && value.value
  }
  return { submodules: isOn("submodules"), lfs: isOn("lfs") }
}

function startOf(tree: Expr): TextRange {
  const { start } = withoutParens(tree)
  return { start, end: start + 1 }
}
