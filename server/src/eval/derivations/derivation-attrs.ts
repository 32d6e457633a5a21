// Reads the attributes of `derivationStrict`: what they say about the derivation, and what they depend on.
//
// Attributes are read one after the other, in the order of their names, because the first wrong one is the error. With
// `__structuredAttrs`, all of them go into one JSON text instead of variables, and those that Nix itself reads have to be strings
// without conversion.

import { type ContentMethod, type HashAlgorithm, isHashAlgorithm, nameProblem } from "../../store/index.js"
import { writtenName } from "../../syntax/index.js"
import { during, EvalError, missingAttribute, ownUp } from "../errors/error.js"
import type { Evaluator } from "../evaluator.js"
import { JsonError, jsonFault, parseJson, quoteJson } from "../formats/json.js"
import { toJson } from "../formats/to-json.js"
import { valueBuilder } from "../formats/value-builder.js"
import { type Coercion, coerce, stringParts } from "../interpreter/coerce.js"
import { force } from "../interpreter/force.js"
import { requireFeature } from "../language-settings.js"
import { type GrowingContext, joinContext, noContext } from "../values/context.js"
import { intern, nameOf } from "../values/symbol.js"
import { Attrs, type Lazy, type Value } from "../values/value.js"

const NAME = intern("name")
const IGNORE_NULLS = intern("__ignoreNulls")
const STRUCTURED = intern("__structuredAttrs")

/** What the attributes of a derivation amount to. */
export interface DerivationAttrs extends GrowingContext {
  readonly name: string
  readonly env: Map<string, string>
  readonly json: Map<string, string> | undefined
  /** What is wrong with the first text of `json` that is no UTF-8. */
  jsonFault: string | undefined
  args: string[]
  builder: string
  system: string
  outputs: readonly string[]
  hash: string | undefined
  hashAlgorithm: HashAlgorithm | undefined
  method: ContentMethod | undefined
  contentAddressed: boolean
  impure: boolean
}

/** The name, which errors about all else tell. @throws EvalError */
export function derivationName(ev: Evaluator, attrs: Attrs): string {
  const place = attrs.get(NAME)
  if (place === undefined) {
    const what = "in the attrset passed as argument to builtins.derivationStrict"
    throw during(missingAttribute("name"), what, 0)
  }
  try {
    return ev.text(place)
  } catch (error) {
    const own = ownUp(error, "while evaluating the `name` attribute passed to builtins.derivationStrict", 0)
    throw during(
      own,
      "while evaluating the derivation attribute 'name'",
      attrs.shape.spanAt(attrs.shape.find(NAME)),
    )
  }
}

/** @throws EvalError for the first attribute that is wrong */
export function derivationAttrs(ev: Evaluator, name: string, attrs: Attrs): DerivationAttrs {
  const wrong = nameProblem(name)
  if (wrong !== undefined)
    ev.fail("invalid-value", `invalid derivation name: ${wrong}. Please pass a different 'name'.`)
  const gathered: DerivationAttrs = {
    name,
    env: new Map(),
    json: flag(ev, attrs, STRUCTURED) ? new Map() : undefined,
    jsonFault: undefined,
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
    own: undefined,
  }
  const ignoreNulls = flag(ev, attrs, IGNORE_NULLS)
  for (const slot of attrs.shape.sorted) {
    const key = attrs.shape.keyAt(slot)
    if (key === IGNORE_NULLS) continue
    try {
      if (ignoreNulls && force(ev, attrs.at(slot)) === null) continue
      gather(ev, gathered, nameOf(key), attrs.at(slot))
    } catch (error) {
      if (error instanceof EvalError)
        error.addFrame(
          `while evaluating attribute '${writtenName(nameOf(key))}' of derivation '${name}'`,
          attrs.shape.spanAt(slot),
        )
      throw error
    }
  }
  if (gathered.json !== undefined) gathered.env.set("__json", jsonObject(gathered.json))
  return gathered
}

function flag(ev: Evaluator, attrs: Attrs, symbol: number): boolean {
  const place = attrs.get(symbol)
  try {
    return place !== undefined && ev.bool(place)
  } catch (error) {
    throw ownUp(
      error,
      `while evaluating the \`${nameOf(symbol)}\` attribute passed to builtins.derivationStrict`,
      0,
    )
  }
}

function gather(ev: Evaluator, gathered: DerivationAttrs, key: string, place: Lazy): void {
  if (key === "args")
    gathered.args = ev.list(place).map(argument => envText(ev, gathered, argument, ARGUMENT))
  else if (key === "__contentAddressed") {
    gathered.contentAddressed = ev.bool(place)
    if (gathered.contentAddressed) requireFeature(ev.language, "ca-derivations")
  } else if (key === "__impure") {
    gathered.impure = ev.bool(place)
    if (gathered.impure) requireFeature(ev.language, "impure-derivations")
  } else if (gathered.json === undefined) gatherVariable(ev, gathered, key, place)
  else if (key !== "__structuredAttrs") gatherStructured(ev, gathered, gathered.json, key, place)
}

function gatherVariable(ev: Evaluator, gathered: DerivationAttrs, key: string, place: Lazy): void {
  const text = envText(ev, gathered, place)
  if (key === "__json") {
    gathered.env.set(key, givenJson(ev, gathered.name, text))
    return
  }
  gathered.env.set(key, text)
  if (key === "outputs") gathered.outputs = checkedOutputs(ev, text.split(/[ \t\n\r]+/).filter(Boolean))
  else gatherSpecial(ev, gathered, key, text)
}

const specialKeys = new Set(["system", "outputHash", "outputHashAlgo", "outputHashMode"])

function gatherStructured(
  ev: Evaluator,
  gathered: DerivationAttrs,
  json: Map<string, string>,
  key: string,
  place: Lazy,
): void {
  const { text, context, fault } = toJson(ev, force(ev, place), { copyToStore: true })
  json.set(key, text)
  gathered.jsonFault ??= jsonFault(key) ?? fault
  joinContext(gathered, context)
  if (key === "builder") gathered.builder = stringParts(ev, force(ev, place)).text
  else if (key === "outputs")
    gathered.outputs = checkedOutputs(
      ev,
      ev.list(place).map(output => ev.text(output)),
    )
  else if (specialKeys.has(key)) gatherSpecial(ev, gathered, key, ev.text(place))
  else if (withoutEffect.has(key))
    ev.io.trace(
      `warning: In a derivation named '${gathered.name}', 'structuredAttrs' disables the effect of the derivation attribute '${key}'; use 'outputChecks.<output>.${key}' instead`,
    )
}

const withoutEffect = new Set([
  "allowedReferences",
  "allowedRequisites",
  "disallowedReferences",
  "disallowedRequisites",
  "maxSize",
  "maxClosureSize",
])

function gatherSpecial(ev: Evaluator, gathered: DerivationAttrs, key: string, text: string): void {
  if (key === "builder") gathered.builder = text
  else if (key === "system") gathered.system = text
  else if (key === "outputHash") gathered.hash = text
  else if (key === "outputHashAlgo") gathered.hashAlgorithm = hashAlgorithm(ev, text)
  else if (key === "outputHashMode") gathered.method = contentMethod(ev, gathered.name, text)
}

/** An unknown algorithm is ignored. */
function hashAlgorithm(ev: Evaluator, name: string): HashAlgorithm | undefined {
  if (name === "blake3") requireFeature(ev.language, "blake3-hashes")
  return isHashAlgorithm(name) ? name : undefined
}

const ARGUMENT: Coercion = {
  copyToStore: true,
  lenient: true,
  why: "while evaluating an element of the argument list",
}
const VARIABLE: Coercion = { copyToStore: true, lenient: true }

function envText(ev: Evaluator, gathered: DerivationAttrs, place: Lazy, coercion = VARIABLE): string {
  const value = force(ev, place)
  if (typeof value === "string") return value
  const { text, context } = coerce(ev, value, coercion, 0)
  joinContext(gathered, context)
  return text
}

function contentMethod(ev: Evaluator, name: string, mode: string): ContentMethod {
  if (mode === "recursive" || mode === "nar") return "nar"
  if (mode === "text")
    requireFeature(
      ev.language,
      "dynamic-derivations",
      `text-hashed derivation '${name}', outputHashMode = "text"`,
    )
  if (mode === "git") requireFeature(ev.language, "git-hashing")
  if (mode === "flat" || mode === "text" || mode === "git") return mode
  return ev.fail("invalid-value", `invalid value '${mode}' for 'outputHashMode' attribute`)
}

function checkedOutputs(ev: Evaluator, outputs: string[]): string[] {
  const seen = new Set<string>()
  for (const output of outputs) {
    if (seen.has(output)) ev.fail("invalid-value", `duplicate derivation output '${output}'`)
    if (output === "drvPath") ev.fail("invalid-value", "invalid derivation output name 'drvPath'")
    seen.add(output)
  }
  if (outputs.length === 0) ev.fail("invalid-value", "derivation cannot have an empty set of outputs")
  return outputs
}

/** The old way to structured attributes. Nix reads the text, so what it writes has lost spaces and the order of names. */
function givenJson(ev: Evaluator, name: string, text: string): string {
  ev.io.trace(
    `warning: In derivation '${name}': setting structured attributes via '__json' is deprecated, and may be disallowed in future versions of Nix. Set '__structuredAttrs = true' instead.`,
  )
  try {
    const value = parseJson(text, valueBuilder)
    if (value instanceof Attrs) return toJson(ev, value, { copyToStore: false }).text
    throw new JsonError(`[json.exception.type_error.302] type must be object, but is ${jsonKind(value)}`)
  } catch (error) {
    if (!(error instanceof JsonError)) throw error
    return ev.fail("invalid-value", `cannot process __json attribute: ${error.message}`)
  }
}

function jsonKind(value: Value): string {
  if (value === null) return "null"
  if (typeof value === "boolean") return "boolean"
  if (typeof value === "string") return "string"
  return Array.isArray(value) ? "array" : "number"
}

function jsonObject(members: ReadonlyMap<string, string>): string {
  return `{${Array.from(members, ([key, value]) => `${quoteJson(key)}:${value}`).join(",")}}`
}
