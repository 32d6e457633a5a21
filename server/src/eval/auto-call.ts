// Finds the value that a command line names, starting from an evaluated file: follows a selection path through sets and lists, and
// calls functions on the way with the arguments of the command line.

import { ops } from "./code/code.js"
import { FORMAL_SIZE, FORMALS, Op } from "./code/op.js"
import type { Span } from "./code/span.js"
import { EvalError } from "./errors/error.js"
import { didYouMean } from "./errors/suggestions.js"
import type { Evaluator } from "./evaluator.js"
import { kindOfValue } from "./formats/print.js"
import { apply } from "./interpreter/call.js"
import { force } from "./interpreter/force.js"
import { forcedFrom, placeOfDelayed } from "./interpreter/place-of-function.js"
import { intern, nameOf, type Sym } from "./values/symbol.js"
import { Attrs, attrsFrom, Lambda, type Lazy, type Value } from "./values/value.js"

const FUNCTOR = intern("__functor")

/** Arguments of the command line, by name: `--arg` and `--argstr`. */
export type AutoArguments = ReadonlyMap<Sym, Lazy>

/**
 * Calls a function that takes a set, with those arguments that it has parameters for. Any other value is returned as it is.
 * @throws EvalError `missing-argument` when one without a default is not given
 */
function autoCall(ev: Evaluator, value: Value, args: AutoArguments): Value {
  const functor = value instanceof Attrs ? value.get(FUNCTOR) : undefined
  if (functor !== undefined) return autoCall(ev, apply(ev, force(ev, functor), [value], 0), args)
  if (!(value instanceof Lambda) || ops[value.pc] !== Op.FormalsLambda) return value
  const given = new Map(takesMore(value.pc) ? args : [])
  for (let i = 0; i < ops[value.pc + 7]; i++) {
    const at = value.pc + FORMALS + FORMAL_SIZE * i
    const argument = args.get(ops[at])
    if (argument !== undefined) given.set(ops[at], argument)
    else if (ops[at + 1] === 0) throw withoutValue(ops[at], ops[at + 2])
  }
  return apply(ev, value, [attrsFrom([...given.keys()], [...given.values()])], 0)
}

function takesMore(pc: number): boolean {
  return ops[pc + 6] !== 0
}

function withoutValue(symbol: Sym, span: number): EvalError {
  const message = [
    `cannot evaluate a function that has an argument without a value ('${nameOf(symbol)}')`,
    "Nix attempted to evaluate a function as a top level expression; in",
    "this case it must have its arguments supplied either by default",
    "values, or passed explicitly with '--arg' or '--argstr'. See",
    "https://nix.dev/manual/nix/stable/language/syntax.html#functions.",
  ]
  return new EvalError("missing-argument", message.join("\n"), span)
}

/** The steps of a selection path: `a."b.c".0`. @throws EvalError `invalid-value` for a quote that is not closed */
export function selectionPath(text: string): string[] {
  const steps: string[] = []
  let step: string | undefined
  for (let at = 0; at < text.length; at++) {
    if (text[at] === ".") {
      steps.push(step ?? "")
      step = ""
    } else if (text[at] === '"') {
      const end = text.indexOf('"', at + 1)
      if (end < 0) throw new EvalError("invalid-value", `missing closing quote in selection path '${text}'`)
      step = (step ?? "") + text.slice(at + 1, end)
      at = end
    } else step = (step ?? "") + text[at]
  }
  // An empty name behind the last dot, quoted or not, is not a step.
  return step === undefined || step === "" ? steps : [...steps, step]
}

export interface Selected {
  readonly value: Value
  /** Where the attribute is that it is the value of; 0 for what is none. */
  readonly span: Span
}

/**
 * The value at a selection path. Functions on the way are called.
 * @throws EvalError
 */
export function selectAt(ev: Evaluator, root: Value, path: string, args: AutoArguments): Selected {
  let selected = { value: root, span: 0 }
  const steps = selectionPath(path)
  steps.forEach((step, i) => {
    const from = autoCall(ev, selected.value, args)
    const [place, span] = /^\d+$/.test(step) ? [element(from, step, path), 0] : attribute(from, step, path)
    // What is wanted is asked for at its name, what is on the way where it is a function.
    const site = i === steps.length - 1 ? () => span : placeOfDelayed(place)
    selected = { value: forcedFrom(ev, site, place), span }
  })
  return selected
}

function attribute(value: Value, name: string, path: string): [Lazy, Span] {
  if (!(value instanceof Attrs)) throw wrongKind(value, "a set", path)
  if (name === "") throw new EvalError("invalid-value", `empty attribute name in selection path '${path}'`)
  const slot = value.shape.find(intern(name))
  if (slot >= 0) return [value.at(slot), value.shape.spanAt(slot)]
  const message = `attribute '${name}' in selection path '${path}' not found`
  const error = new EvalError("missing-attribute", message)
  error.hint = didYouMean(name, value.shape.names)
  throw error
}

function element(value: Value, index: string, path: string): Lazy {
  if (!Array.isArray(value)) throw wrongKind(value, "a list", path)
  if (Number(index) < value.length) return value[Number(index)]
  throw new EvalError(
    "index-out-of-bounds",
    `list index ${index} in selection path '${path}' is out of range`,
  )
}

function wrongKind(value: Value, wanted: string, path: string): EvalError {
  const found = kindOfValue(value)
  return new EvalError(
    "type",
    `the expression selected by the selection path '${path}' should be ${wanted} but is ${found}`,
  )
}
