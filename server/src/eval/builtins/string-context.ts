// Builtins that look at string context and change it.

import { isStorePath } from "../../store/index.js"
import { writtenName, writtenString } from "../../syntax/index.js"
import type { Span } from "../code/span.js"
import { during, EvalError, ownUp } from "../errors/error.js"
import type { Evaluator } from "../evaluator.js"
import { expected } from "../formats/print.js"
import { coerce, stringParts } from "../interpreter/coerce.js"
import { force } from "../interpreter/force.js"
import { type Context, outputElement, parseElement, withContext } from "../values/context.js"
import { intern, nameOf, type Sym } from "../values/symbol.js"
import { Attrs, attrsOf, type BuiltinRow, type Lazy, type Value } from "../values/value.js"

const ALL_OUTPUTS = intern("allOutputs")
const OUTPUTS = intern("outputs")
const PATH = intern("path")

export const contextBuiltins: Readonly<Record<string, BuiltinRow>> = {
  addDrvOutputDependencies: {
    args: ["s"],
    strict: true,
    doc: "Turn a string that refers to a `.drv` file into one that refers to the derivation with its whole closure.",
    call: (ev, s) => addDrvOutputDependencies(ev, force(ev, s)),
  },
  appendContext: {
    args: ["s", "context"],
    strict: true,
    doc: "Add to the context of a string what `getContext` would return.",
    call: appendContext,
  },
  getContext: {
    args: ["s"],
    strict: true,
    doc: "Return what a string depends on: for each store path `path`, `allOutputs` or `outputs`.",
    call: (ev, s) => getContext(ev, stringParts(ev, force(ev, s)).context),
  },
  hasContext: {
    args: ["s"],
    strict: true,
    doc: "Return `true` if a string depends on anything in the store.",
    call: (ev, s) => stringParts(ev, force(ev, s)).context.size > 0,
  },
  unsafeDiscardOutputDependency: {
    args: ["s"],
    strict: true,
    doc: "Make a string depend on a `.drv` file alone where it depended on the derivation with its closure.",
    call: (ev, s) => {
      const { text, context } = coerce(ev, force(ev, s), { copyToStore: true }, 0)
      return withContext(text, new Set(Array.from(context, element => element.replace(/^=/, ""))))
    },
  },
  unsafeDiscardStringContext: {
    args: ["s"],
    strict: true,
    doc: "Return a string without what it depends on.",
    call: (ev, s) => coerce(ev, force(ev, s), { copyToStore: true }, 0).text,
  },
}

function addDrvOutputDependencies(ev: Evaluator, value: Value): Value {
  const { text, context } = coerce(ev, value, { copyToStore: true }, 0)
  const [element] = context
  if (context.size !== 1 || element === undefined)
    return ev.fail(
      "invalid-value",
      `context of string '${text}' must have exactly one element, but has ${context.size}`,
    )
  const { path, outputs, deep } = parseElement(element)
  const output = outputs.at(-1)
  if (output !== undefined)
    return ev.fail(
      "invalid-value",
      `\`addDrvOutputDependencies\` can only act on derivations, not on a derivation output such as '${output}'`,
    )
  if (!deep && !path.endsWith(".drv")) return ev.fail("invalid-value", `path '${path}' is not a derivation`)
  return withContext(text, new Set([`=${path}`]))
}

interface ContextEntry {
  path: boolean
  allOutputs: boolean
  readonly outputs: string[]
}

function getContext(ev: Evaluator, context: Context): Value {
  const found = new Map<string, ContextEntry>()
  for (const element of context) {
    const { path, outputs, deep } = parseElement(element)
    // Whoever asks for a set by path wants a path, and that of a derivation yet to be made is not known.
    if (outputs.length > 1)
      return ev.fail(
        "import-from-derivation",
        `cannot operate on output '${outputs.at(-2)}' of the unbuilt derivation '${[path, ...outputs.slice(0, -2)].join("^")}'`,
      )
    const entry = found.get(path) ?? { path: false, allOutputs: false, outputs: [] }
    found.set(path, entry)
    if (outputs.length > 0) entry.outputs.push(...outputs)
    else if (deep) entry.allOutputs = true
    else entry.path = true
  }
  return attrsOf(Array.from(found, ([path, entry]) => [path, contextEntry(entry)] as const))
}

function contextEntry(entry: ContextEntry): Value {
  const entries: [string, Lazy][] = []
  if (entry.path) entries.push(["path", true])
  if (entry.allOutputs) entries.push(["allOutputs", true])
  if (entry.outputs.length > 0) entries.push(["outputs", entry.outputs.sort()])
  return attrsOf(entries)
}

function appendContext(ev: Evaluator, s: Lazy, addition: Lazy): Value {
  const { text, context } = stringParts(ev, force(ev, s))
  const added = ev.attrs(addition)
  const elements = new Set(context)
  for (const slot of added.shape.met) {
    const path = added.shape.nameAt(slot)
    const span = added.shape.spanAt(slot)
    if (!isStorePath(path, ev.io.storeDir))
      throw new EvalError("invalid-value", `context key '${writtenName(path)}' is not a store path`, span)
    const entry = force(ev, added.at(slot))
    if (!(entry instanceof Attrs))
      throw during(
        new EvalError("type", expected(ev, "a set", entry)),
        "while evaluating the value of a string context",
        span,
      )
    addElements(ev, { path, span, entry }, elements)
  }
  return withContext(text, elements)
}

/** What is to be added for one path. */
interface Addition {
  readonly path: string
  readonly span: Span
  readonly entry: Attrs
}

function addElements(ev: Evaluator, addition: Addition, elements: Set<string>): void {
  const { path, entry } = addition
  if (switchOf(ev, entry, PATH)) elements.add(path)
  if (switchOf(ev, entry, ALL_OUTPUTS)) {
    requireDerivation(addition, "all-outputs")
    elements.add(`=${path}`)
  }
  const names = outputNames(ev, entry)
  if (names.length > 0) requireDerivation(addition, "derivation output")
  for (const name of names) elements.add(outputElement(path, [outputName(ev, entry, name)]))
}

function switchOf(ev: Evaluator, entry: Attrs, name: Sym): boolean {
  const place = entry.get(name)
  if (place === undefined) return false
  const span = spanOfAttribute(entry, name)
  try {
    const value = force(ev, place)
    if (typeof value === "boolean") return value
    throw new EvalError("type", expected(ev, "a Boolean", value), span)
  } catch (error) {
    throw during(error, `while evaluating the \`${nameOf(name)}\` attribute of a string context`, span)
  }
}

function outputNames(ev: Evaluator, entry: Attrs): readonly Lazy[] {
  const place = entry.get(OUTPUTS)
  const value = place === undefined ? [] : force(ev, place)
  if (Array.isArray(value)) return value
  const what = "while evaluating the `outputs` attribute of a string context"
  throw during(new EvalError("type", expected(ev, "a list", value)), what, spanOfAttribute(entry, OUTPUTS))
}

function outputName(ev: Evaluator, entry: Attrs, place: Lazy): string {
  const span = spanOfAttribute(entry, OUTPUTS)
  try {
    return ev.textWithoutContext(force(ev, place), span)
  } catch (error) {
    throw ownUp(error, "while evaluating an output name within a string context", span)
  }
}

function spanOfAttribute({ shape }: Attrs, name: Sym): Span {
  return shape.spanAt(shape.find(name))
}

function requireDerivation({ path, span }: Addition, what: string): void {
  if (path.endsWith(".drv")) return
  throw new EvalError(
    "invalid-value",
    `tried to add ${what} context of ${writtenString(path)}, which is not a derivation, to a string`,
    span,
  )
}
