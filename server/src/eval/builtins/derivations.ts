// Builtins that make derivations, and what in the store is named by what it holds.

import {
  type Addressing,
  derivationOf,
  dynamicPlaceholder,
  placeholder,
  printDerivation,
  type Recipe,
  StoreError,
  upstreamPlaceholder,
} from "../../store/index.js"
import { placeOf, type Span, writtenPlace } from "../code/span.js"
import { type DerivationAttrs, derivationAttrs, derivationName } from "../derivations/derivation-attrs.js"
import { recipeInputs } from "../derivations/derivation-inputs.js"
import { promisedHash } from "../derivations/promised-hash.js"
import { EvalError, ForeignError, orInvalidValue, ownUp } from "../errors/error.js"
import type { Evaluator } from "../evaluator.js"
import { stringParts } from "../interpreter/coerce.js"
import { force } from "../interpreter/force.js"
import { requireFeature } from "../language-settings.js"
import {
  type ContextElement,
  outputElement,
  parseElement,
  showElement,
  sortedElements,
  withContext,
} from "../values/context.js"
import { intern } from "../values/symbol.js"
import { type Attrs, attrsOf, type BuiltinRow, type Lazy, type Value } from "../values/value.js"
import { argumentFrame } from "./argument-frames.js"

const NAME = intern("name")

export const derivationBuiltins: Readonly<Record<string, BuiltinRow>> = {
  derivationStrict: {
    args: ["args"],
    strict: true,
    doc: "Compute a derivation: its `drvPath` and the path of each output. `derivation` is made of this.",
    call: (ev, args) => derivationStrict(ev, ev.attrs(args)),
  },
  outputOf: {
    args: ["drv", "output"],
    strict: true,
    feature: "dynamic-derivations",
    doc: "Return what stands for an output of a derivation that is itself an output of one, and known only once that is built.",
    call: outputOf,
  },
  placeholder: {
    args: ["output"],
    strict: true,
    doc: "Return the text that stands for the path of an output of the derivation in which it is used.",
    call: (ev, output) => placeholder(ev.text(output)),
  },
  toFile: {
    args: ["name", "s"],
    strict: true,
    doc: "Store the string `s` as a file under a name and return its path. It may refer to sources, not to derivations.",
    call: (ev, name, s) => toFile(ev, ev.text(name), s),
  },
}

function toFile(ev: Evaluator, name: string, s: Lazy): Value {
  const { text, context } = stringParts(ev, force(ev, s))
  const references: string[] = []
  for (const element of sortedElements(context)) {
    if (element.startsWith("/")) references.push(element)
    else
      return ev.fail(
        "invalid-value",
        `files created by builtins.toFile may not reference derivations, but ${name} references ${element.replace(`${ev.io.storeDir}/`, "")}`,
      )
  }
  const path = orInvalidValue(StoreError, () =>
    ev.store.memory.textPath(name, text, references, ev.io.storeDir),
  )
  ev.store.texts.set(path, text)
  ev.store.references.set(path, references)
  return withContext(path, new Set([path]))
}

function derivationStrict(ev: Evaluator, attrs: Attrs): Value {
  const name = derivationName(ev, attrs)
  try {
    return orInvalidValue(StoreError, () => instantiated(ev, derivationAttrs(ev, name, attrs)))
  } catch (error) {
    const span = spanOfAttr(attrs, NAME)
    if (error instanceof EvalError)
      error.addFrame(`while evaluating derivation '${name}'${whereNamed(span)}`, span, "placed")
    throw error
  }
}

function whereNamed(span: Span): string {
  const place = placeOf(span)
  if (place === undefined) return ""
  return `\n  whose name attribute is located at ${writtenPlace(place)}`
}

function spanOfAttr(attrs: Attrs, symbol: number): number {
  const slot = attrs.shape.find(symbol)
  return slot < 0 ? 0 : attrs.shape.spanAt(slot)
}

function instantiated(ev: Evaluator, attrs: DerivationAttrs): Value {
  const { name, builder, system, args, env, outputs } = attrs
  const inputs = recipeInputs(ev.store, attrs.context)
  checkRequired(ev, attrs)
  const recipe: Recipe = {
    name,
    builder,
    system,
    args,
    env,
    outputs,
    ...inputs,
    addressing: addressing(ev, attrs),
  }
  if (attrs.jsonFault !== undefined) throw new ForeignError(attrs.jsonFault)
  const known = ev.store.derivations
  const result = ev.store.memory.derivations.instantiate(
    recipe,
    path => known.get(path)?.modulo,
    ev.io.storeDir,
  )
  const text = () => printDerivation(derivationOf(recipe, result))
  known.set(result.drvPath, { modulo: result.modulo, outputs: result.outputs, text, ...inputs })
  ev.counters.derivations++
  const entries: [string, Lazy][] = [
    ["drvPath", withContext(result.drvPath, new Set([`=${result.drvPath}`]))],
  ]
  for (const output of result.outputs.keys()) {
    const path = outputText(ev, result.drvPath, [output])
    entries.push([output, withContext(path, new Set([outputElement(result.drvPath, [output])]))])
  }
  return attrsOf(entries)
}

function checkRequired(ev: Evaluator, { name, builder, system, outputs, method }: DerivationAttrs): void {
  if (builder === "") ev.fail("missing-attribute", "required attribute 'builder' missing")
  if (system === "") ev.fail("missing-attribute", "required attribute 'system' missing")
  const isOneText = method === "text" && outputs.length === 1 && outputs[0] === "out"
  if (name.endsWith(".drv") && !isOneText)
    ev.fail(
      "invalid-value",
      "derivation names are allowed to end in '.drv' only if they produce a single derivation file",
    )
}

function addressing(ev: Evaluator, attrs: DerivationAttrs): Addressing {
  const { hash: promised, hashAlgorithm, method, contentAddressed, impure } = attrs
  if (promised !== undefined) {
    if (attrs.outputs.length !== 1 || attrs.outputs[0] !== "out")
      return ev.fail("invalid-value", "multiple outputs are not supported in fixed-output derivations")
    const hash = promisedHash(ev, promised, hashAlgorithm)
    return { kind: "fixed", method: method ?? "flat", hash }
  }
  if (!contentAddressed && !impure) return { kind: "input" }
  if (contentAddressed && impure)
    return ev.fail("invalid-value", "derivation cannot be both content-addressed and impure")
  return {
    kind: impure ? "impure" : "floating",
    method: method ?? "nar",
    algorithm: hashAlgorithm ?? "sha256",
  }
}

/** What a program gets for an output: its path, or a placeholder if that is not known yet. `outputs` as in a context. */
function outputText(ev: Evaluator, drvPath: string, outputs: readonly string[]): string {
  const [output, ...further] = outputs
  const { storeDir } = ev.io
  const path = further.length === 0 ? ev.store.outPath(drvPath, output) : undefined
  if (path !== undefined) return path
  requireFeature(ev.language, "ca-derivations")
  return further.reduce(dynamicPlaceholder, upstreamPlaceholder(drvPath, output, storeDir))
}

function outputOf(ev: Evaluator, drv: Lazy, name: Lazy): Value {
  const { path, outputs } = producer(ev, stringParts(ev, force(ev, drv)))
  const output = ev.text(name)
  const known = ev.store.derivations.get(path)
  if (outputs.length === 0 && known?.outputs.has(output) === false)
    return ev.fail("invalid-value", `derivation '${path}' does not have output '${output}'`)
  const all = [...outputs, output]
  return withContext(outputText(ev, path, all), new Set([outputElement(path, all)]))
}

/** What makes the derivation that a string stands for: its file, or the output that its file will be. */
function producer(ev: Evaluator, { text, context }: ReturnType<typeof stringParts>): ContextElement {
  try {
    const [element] = context
    if (context.size !== 1 || element === undefined)
      return ev.fail(
        "invalid-value",
        `string '${text}' has ${context.size} entries in its context. It should only have exactly one entry`,
      )
    const found = parseElement(element)
    if (found.deep)
      return ev.fail(
        "invalid-value",
        `string '${text}' has a context which refers to a complete source and binary closure. This is not supported at this time`,
      )
    checkNamesItself(ev, text, found.path, found.outputs)
    return found
  } catch (error) {
    throw ownUp(error, argumentFrame("outputOf", 0).words, 0)
  }
}

/** A string stands for a derivation only if it consists of nothing but its context. */
function checkNamesItself(ev: Evaluator, text: string, path: string, outputs: readonly string[]): void {
  const wanted = outputs.length === 0 ? path : outputText(ev, path, outputs)
  if (text === wanted) return
  if (outputs.length === 0)
    ev.fail("invalid-value", `path string '${text}' has context with the different path '${path}'`)
  const drv = showElement({ path, outputs: outputs.slice(0, -1), deep: false })
  ev.fail(
    "invalid-value",
    `string '${text}' has context with the output '${outputs.at(-1)}' from derivation '${drv}', but the string is not the right placeholder for this derivation output. It should be '${wanted}'`,
  )
}
