// Builtins that make derivations and store paths, and those that look at string context.

import {
  type Addressing,
  type ContentMethod,
  type HashAlgorithm,
  hashBytes,
  type Instantiated,
  instantiate,
  isStorePath,
  knownOutputPath,
  nameProblem,
  parseHashAlgorithm,
  parseHashAllowEmpty,
  placeholder,
  printHash,
  type Recipe,
  StoreError,
  textPath,
  upstreamPlaceholder,
} from "../../store/index.js"
import { coerce, coerceToPath, stringParts } from "../coerce.js"
import { type Context, joinContexts, noContext, withContext } from "../context.js"
import { EvalError } from "../error.js"
import type { Evaluator } from "../evaluator.js"
import { force } from "../force.js"
import type { KnownDerivation } from "../store-side.js"
import { intern, nameOf } from "../symbol.js"
import { toJson } from "../to-json.js"
import { type Attrs, attrsOf, type BuiltinRow, type Lazy, type Value } from "../value.js"

const NAME = intern("name")
const IGNORE_NULLS = intern("__ignoreNulls")
const STRUCTURED = intern("__structuredAttrs")
const ALL_OUTPUTS = intern("allOutputs")
const OUTPUTS = intern("outputs")
const PATH = intern("path")

export const derivationBuiltins: Readonly<Record<string, BuiltinRow>> = {
  addDrvOutputDependencies: {
    args: ["s"],
    strict: 1,
    doc: "Turn a string that refers to a `.drv` file into one that refers to the derivation with its whole closure.",
    call: (ev, s) => {
      const { text, context } = stringParts(ev, force(ev, s))
      const [element] = context
      if (context.size !== 1 || element === undefined)
        return ev.fail(
          "invalid-value",
          `context of string '${text}' must have exactly one element, but has ${context.size}`,
        )
      if (element.startsWith("!"))
        return ev.fail(
          "invalid-value",
          "'addDrvOutputDependencies' can only act on derivations, not on a derivation output",
        )
      return withContext(text, new Set([element.startsWith("=") ? element : `=${element}`]))
    },
  },
  appendContext: {
    args: ["s", "context"],
    strict: 2,
    doc: "Add to the context of a string what `getContext` would return.",
    call: (ev, s, context) => appendContext(ev, s, ev.attrs(context)),
  },
  derivationStrict: {
    args: ["args"],
    strict: 1,
    doc: "Compute a derivation: its `drvPath` and the path of each output. `derivation` is made of this.",
    call: (ev, args) => derivationStrict(ev, ev.attrs(args)),
  },
  getContext: {
    args: ["s"],
    strict: 1,
    doc: "Return what a string depends on: for each store path `path`, `allOutputs` or `outputs`.",
    call: (ev, s) => getContext(stringParts(ev, force(ev, s)).context),
  },
  hasContext: {
    args: ["s"],
    strict: 1,
    doc: "Return `true` if a string depends on anything in the store.",
    call: (ev, s) => stringParts(ev, force(ev, s)).context.size > 0,
  },
  hashFile: {
    args: ["type", "p"],
    strict: 2,
    doc: "Return the hash of a file in base 16. `type` is `md5`, `sha1`, `sha256` or `sha512`.",
    call: (ev, algorithm, p) => {
      const { path, context } = coerceToPath(ev, force(ev, p), 0)
      for (const element of context) ev.requireBuilt(element)
      return printHash(hashBytes(hashAlgorithm(ev, ev.text(algorithm)), ev.readBytes(path)), "base16")
    },
  },
  hashString: {
    args: ["type", "s"],
    strict: 2,
    doc: "Return the hash of a string in base 16. `type` is `md5`, `sha1`, `sha256` or `sha512`.",
    call: (ev, algorithm, s) =>
      printHash(
        hashBytes(hashAlgorithm(ev, ev.text(algorithm)), stringParts(ev, force(ev, s)).text),
        "base16",
      ),
  },
  placeholder: {
    args: ["output"],
    strict: 1,
    doc: "Return the text that stands for the path of an output of the derivation in which it is used.",
    call: (ev, output) => placeholder(ev.text(output)),
  },
  toFile: {
    args: ["name", "s"],
    strict: 2,
    doc: "Store the string `s` as a file under a name and return its path. It may refer to sources, not to derivations.",
    call: (ev, name, s) => toFile(ev, ev.text(name), s),
  },
  unsafeDiscardOutputDependency: {
    args: ["s"],
    strict: 1,
    doc: "Make a string depend on a `.drv` file alone where it depended on the derivation with its closure.",
    call: (ev, s) => {
      const { text, context } = coerce(ev, force(ev, s), {}, 0)
      return withContext(text, new Set(Array.from(context, element => element.replace(/^=/, ""))))
    },
  },
  unsafeDiscardStringContext: {
    args: ["s"],
    strict: 1,
    doc: "Return a string without what it depends on.",
    call: (ev, s) => coerce(ev, force(ev, s), {}, 0).text,
  },
}

function hashAlgorithm(ev: Evaluator, name: string): HashAlgorithm {
  return storeCall(ev, () => parseHashAlgorithm(name))
}

/** What the store layer rejects is the program's error. */
function storeCall<T>(ev: Evaluator, compute: () => T): T {
  try {
    return compute()
  } catch (error) {
    if (error instanceof StoreError) return ev.fail("invalid-value", error.message)
    throw error
  }
}

function toFile(ev: Evaluator, name: string, s: Lazy): Value {
  const { text, context } = stringParts(ev, force(ev, s))
  const references: string[] = []
  for (const element of context) {
    if (element.startsWith("/")) references.push(element)
    else
      return ev.fail(
        "invalid-value",
        `files created by builtins.toFile may not reference derivations, but ${name} references ${element.replace(`${ev.io.storeDir}/`, "")}`,
      )
  }
  const path = storeCall(ev, () => textPath(name, text, references, ev.io.storeDir))
  ev.store.texts.set(path, text)
  ev.store.references.set(path, references)
  return withContext(path, new Set([path]))
}

function getContext(context: Context): Value {
  const found = new Map<string, { path: boolean; allOutputs: boolean; outputs: string[] }>()
  for (const element of context) {
    const { path, output, deep } = parseElement(element)
    const entry = found.get(path) ?? { path: false, allOutputs: false, outputs: [] }
    found.set(path, entry)
    if (output !== undefined) entry.outputs.push(output)
    else if (deep) entry.allOutputs = true
    else entry.path = true
  }
  return attrsOf(Array.from(found, ([path, entry]) => [path, contextEntry(entry)] as const))
}

function contextEntry(entry: { path: boolean; allOutputs: boolean; outputs: string[] }): Value {
  const entries: [string, Lazy][] = []
  if (entry.path) entries.push(["path", true])
  if (entry.allOutputs) entries.push(["allOutputs", true])
  if (entry.outputs.length > 0) entries.push(["outputs", entry.outputs.sort()])
  return attrsOf(entries)
}

/** A context element taken apart: `!output!drv`, `=drv` or a path. */
export function parseElement(element: string): { path: string; output: string | undefined; deep: boolean } {
  if (element.startsWith("=")) return { path: element.slice(1), output: undefined, deep: true }
  if (!element.startsWith("!")) return { path: element, output: undefined, deep: false }
  const end = element.indexOf("!", 1)
  return { path: element.slice(end + 1), output: element.slice(1, end), deep: false }
}

function appendContext(ev: Evaluator, s: Lazy, added: Attrs): Value {
  const { text, context } = stringParts(ev, force(ev, s))
  const elements = new Set(context)
  for (const slot of added.shape.sorted) {
    const path = nameOf(added.shape.keys[slot])
    if (!isStorePath(path, ev.io.storeDir))
      return ev.fail("invalid-value", `context key '${path}' is not a store path`)
    addElements(ev, path, ev.attrs(added.at(slot)), elements)
  }
  return withContext(text, elements)
}

function addElements(ev: Evaluator, path: string, entry: Attrs, elements: Set<string>): void {
  const [asPath, all, outputs] = [PATH, ALL_OUTPUTS, OUTPUTS].map(symbol => entry.get(symbol))
  if (asPath !== undefined && ev.bool(asPath)) elements.add(path)
  if (all !== undefined && ev.bool(all)) {
    if (!path.endsWith(".drv"))
      ev.fail(
        "invalid-value",
        `tried to add all-outputs context of ${path}, which is not a derivation, to a string`,
      )
    elements.add(`=${path}`)
  }
  if (outputs === undefined) return
  const names = ev.list(outputs)
  if (names.length > 0 && !path.endsWith(".drv"))
    ev.fail(
      "invalid-value",
      `tried to add derivation output context of ${path}, which is not a derivation, to a string`,
    )
  for (const name of names) elements.add(`!${ev.text(name)}!${path}`)
}

/** What the attributes of a derivation amount to, gathered one by one. */
interface Gathered {
  readonly name: string
  readonly env: Map<string, string>
  readonly json: Map<string, string> | undefined
  args: string[]
  builder: string
  system: string
  outputs: string[]
  hash: string | undefined
  hashAlgorithm: string | undefined
  method: ContentMethod | undefined
  contentAddressed: boolean
  impure: boolean
  context: Context
}

function derivationStrict(ev: Evaluator, attrs: Attrs): Value {
  const name = derivationName(ev, attrs)
  try {
    return storeCall(ev, () => instantiated(ev, gather(ev, name, attrs)))
  } catch (error) {
    if (error instanceof EvalError)
      error.addFrame(`while evaluating derivation '${name}'`, spanOfAttr(attrs, NAME))
    throw error
  }
}

function spanOfAttr(attrs: Attrs, symbol: number): number {
  const slot = attrs.shape.find(symbol)
  return slot < 0 ? 0 : attrs.shape.spanAt(slot)
}

function derivationName(ev: Evaluator, attrs: Attrs): string {
  const place = attrs.get(NAME) ?? ev.fail("missing-attribute", "attribute 'name' missing")
  const name = ev.text(place)
  const wrong = nameProblem(name)
  if (wrong !== undefined)
    return ev.fail("invalid-value", `invalid derivation name: ${wrong}. Please pass a different 'name'.`)
  return name
}

function flag(ev: Evaluator, attrs: Attrs, symbol: number): boolean {
  const place = attrs.get(symbol)
  return place !== undefined && ev.bool(place)
}

function gather(ev: Evaluator, name: string, attrs: Attrs): Gathered {
  const gathered: Gathered = {
    name,
    env: new Map(),
    json: flag(ev, attrs, STRUCTURED) ? new Map() : undefined,
    args: [],
    builder: "",
    system: "",
    outputs: ["out"],
    hash: undefined,
    hashAlgorithm: undefined,
    method: undefined,
    contentAddressed: false,
    impure: false,
    context: noContext,
  }
  const ignoreNulls = flag(ev, attrs, IGNORE_NULLS)
  for (const slot of attrs.shape.sorted) {
    const key = attrs.shape.keys[slot]
    if (key === IGNORE_NULLS) continue
    if (ignoreNulls && force(ev, attrs.at(slot)) === null) continue
    try {
      gatherAttr(ev, gathered, nameOf(key), attrs.at(slot))
    } catch (error) {
      if (error instanceof EvalError)
        error.addFrame(
          `while evaluating attribute '${nameOf(key)}' of derivation '${name}'`,
          attrs.shape.spanAt(slot),
        )
      throw error
    }
  }
  if (gathered.json !== undefined) {
    const members = Array.from(gathered.json, ([key, value]) => `${JSON.stringify(key)}:${value}`)
    gathered.env.set("__json", `{${members.join(",")}}`)
  }
  return gathered
}

function gatherAttr(ev: Evaluator, gathered: Gathered, key: string, place: Lazy): void {
  if (key === "args") {
    gathered.args = ev.list(place).map(argument => envText(ev, gathered, argument))
    return
  }
  if (key === "__contentAddressed" && ev.bool(place)) gathered.contentAddressed = true
  if (key === "__impure" && ev.bool(place)) gathered.impure = true
  if (gathered.json === undefined) {
    const text = envText(ev, gathered, place)
    gathered.env.set(key, text)
    special(ev, gathered, key, text, () => text.split(/[ \t\n\r]+/).filter(Boolean))
    return
  }
  if (key === "__structuredAttrs") return
  const json = toJson(ev, force(ev, place), { copyToStore: true })
  gathered.json.set(key, json.text)
  gathered.context = joinContexts(gathered.context, json.context)
  if (specialNames.has(key))
    special(ev, gathered, key, key === "outputs" ? "" : envText(ev, gathered, place), () =>
      ev.list(place).map(output => ev.text(output)),
    )
}

function envText(ev: Evaluator, gathered: Gathered, place: Lazy): string {
  const value = force(ev, place)
  if (typeof value === "string") return value
  const { text, context } = coerce(ev, value, { copyToStore: true, lenient: true }, 0)
  gathered.context = joinContexts(gathered.context, context)
  return text
}

const specialNames = new Set([
  "builder",
  "system",
  "outputHash",
  "outputHashAlgo",
  "outputHashMode",
  "outputs",
])

function special(
  ev: Evaluator,
  gathered: Gathered,
  key: string,
  text: string,
  outputs: () => string[],
): void {
  if (key === "builder") gathered.builder = text
  else if (key === "system") gathered.system = text
  else if (key === "outputHash") gathered.hash = text
  else if (key === "outputHashAlgo") gathered.hashAlgorithm = text === "" ? undefined : text
  else if (key === "outputHashMode") gathered.method = contentMethod(ev, gathered.name, text)
  else if (key === "outputs") gathered.outputs = checkedOutputs(ev, outputs())
}

function contentMethod(ev: Evaluator, name: string, mode: string): ContentMethod {
  if (mode === "recursive" || mode === "nar") return "nar"
  if (mode === "flat" || mode === "text" || mode === "git") return mode
  return ev.fail(
    "invalid-value",
    `invalid value '${mode}' for 'outputHashMode' attribute of derivation '${name}'`,
  )
}

function checkedOutputs(ev: Evaluator, outputs: string[]): string[] {
  if (outputs.length === 0) return ev.fail("invalid-value", "derivation cannot have an empty set of outputs")
  const seen = new Set<string>()
  for (const output of outputs) {
    if (seen.has(output)) ev.fail("invalid-value", `duplicate derivation output '${output}'`)
    if (output === "drv") ev.fail("invalid-value", "invalid derivation output name 'drv'")
    seen.add(output)
  }
  return outputs
}

function instantiated(ev: Evaluator, gathered: Gathered): Value {
  const { name, builder, system, args, env, outputs } = gathered
  if (builder === "") return ev.fail("missing-attribute", "required attribute 'builder' missing")
  if (system === "") return ev.fail("missing-attribute", "required attribute 'system' missing")
  if (name.endsWith(".drv"))
    ev.fail(
      "invalid-value",
      "derivation names are allowed to end in '.drv' only if they produce a single derivation file",
    )
  const { inputDrvs, inputSrcs } = inputsOf(ev, gathered.context)
  const recipe: Recipe = {
    name,
    builder,
    system,
    args,
    env,
    outputs,
    inputDrvs,
    inputSrcs,
    addressing: addressing(gathered),
  }
  const known = ev.store.derivations
  const result = instantiate(recipe, path => known.get(path)?.modulo, ev.io.storeDir)
  const written = ev.io.builds === undefined ? undefined : writtenAs(result)
  known.set(result.drvPath, { modulo: result.modulo, outputs, inputDrvs, inputSrcs, written })
  ev.counters.derivations++
  const entries: [string, Lazy][] = [
    ["drvPath", withContext(result.drvPath, new Set([`=${result.drvPath}`]))],
  ]
  for (const [output, how] of result.outputs) {
    const path = knownOutputPath(how) ?? upstreamPlaceholder(result.drvPath, output, ev.io.storeDir)
    entries.push([output, withContext(path, new Set([`!${output}!${result.drvPath}`]))])
  }
  return attrsOf(entries)
}

function writtenAs({ text, outputs }: Instantiated): KnownDerivation["written"] {
  return {
    text: Buffer.from(text.buffer, text.byteOffset, text.length).toString("latin1"),
    outPaths: new Map(Array.from(outputs, ([name, how]) => [name, knownOutputPath(how) ?? ""])),
  }
}

function addressing(gathered: Gathered): Addressing {
  if (gathered.hash !== undefined) {
    const algorithm =
      gathered.hashAlgorithm === undefined ? undefined : parseHashAlgorithm(gathered.hashAlgorithm)
    return {
      kind: "fixed",
      method: gathered.method ?? "flat",
      hash: parseHashAllowEmpty(gathered.hash, algorithm),
    }
  }
  if (!gathered.contentAddressed && !gathered.impure) return { kind: "input" }
  return {
    kind: gathered.impure ? "impure" : "floating",
    method: gathered.method ?? "nar",
    algorithm: parseHashAlgorithm(gathered.hashAlgorithm ?? "sha256"),
  }
}

/** What a context means for the derivation that has it: derivations with the outputs it needs, and sources. */
function inputsOf(
  ev: Evaluator,
  context: Context,
): { inputDrvs: Map<string, Set<string>>; inputSrcs: Set<string> } {
  const inputDrvs = new Map<string, Set<string>>()
  const inputSrcs = new Set<string>()
  for (const element of context) {
    const { path, output, deep } = parseElement(element)
    if (output !== undefined) need(inputDrvs, path, [output])
    else if (deep) addClosure(ev, path, inputDrvs, inputSrcs)
    else inputSrcs.add(path)
  }
  return { inputDrvs, inputSrcs }
}

function need(inputDrvs: Map<string, Set<string>>, drvPath: string, outputs: Iterable<string>): void {
  const needed = inputDrvs.get(drvPath)
  if (needed === undefined) inputDrvs.set(drvPath, new Set(outputs))
  else for (const output of outputs) needed.add(output)
}

/** A derivation as text: its file, and every derivation and source that it is made from, with all outputs. */
function addClosure(
  ev: Evaluator,
  root: string,
  inputDrvs: Map<string, Set<string>>,
  inputSrcs: Set<string>,
): void {
  const queue = [root]
  const seen = new Set(queue)
  for (const drvPath of queue) {
    inputSrcs.add(drvPath)
    const known = ev.store.derivations.get(drvPath)
    if (known === undefined) continue
    need(inputDrvs, drvPath, known.outputs)
    for (const source of known.inputSrcs) inputSrcs.add(source)
    for (const input of known.inputDrvs.keys()) {
      if (seen.has(input)) continue
      seen.add(input)
      queue.push(input)
    }
  }
}
