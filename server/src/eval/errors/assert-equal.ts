// Explains why an `assert a == b` failed: finds the first part in which the values differ, and the path to it.
//
// It takes the same steps as `equalValues`, which has only found that there is a difference.

import { writtenName } from "../../syntax/index.js"
import type { Evaluator } from "../evaluator.js"
import { kindOfValue, printInMessage } from "../formats/print.js"
import { equalValues, isDerivation } from "../interpreter/compare.js"
import { force } from "../interpreter/force.js"
import { isInteger } from "../interpreter/operators.js"
import { isString } from "../values/context.js"
import { intern, nameOf } from "../values/symbol.js"
import { Attrs, identityOf, type Lazy, NixFloat, type NixList, NixPath, type Value } from "../values/value.js"
import { EvalError } from "./error.js"
import { descend } from "./exhaustion.js"

const OUT_PATH = intern("outPath")

/**
 * Looks for the difference between two values that are not equal.
 * @param onError adds what the comparison was for
 * @throws EvalError `assert`, which names the difference, if it finds one
 */
export function explainInequality(
  ev: Evaluator,
  a: Value,
  b: Value,
  onError: (error: EvalError) => void,
): void {
  try {
    explain(ev, a, b)
  } catch (error) {
    if (error instanceof EvalError && error.code === "assert") onError(error)
    throw error
  }
}

function explain(ev: Evaluator, a: Value, b: Value): void {
  if (isNumber(a) && isNumber(b)) {
    if (equalValues(ev, a, b)) return
    const [left, right] = [a, b].map(
      value => `${kindOfValue(value)} with value '${printInMessage(ev, value)}'`,
    )
    throw unequal(`${left} is not equal to ${right}`)
  }
  if (comparedKind(a) !== comparedKind(b)) {
    const [left, right] = [a, b].map(value => `${kindOfValue(value)} of value '${printInMessage(ev, value)}'`)
    throw unequal(`${left} is not equal to ${right}`)
  }
  if (Array.isArray(a) && Array.isArray(b)) return explainLists(ev, a, b)
  if (a instanceof Attrs && b instanceof Attrs) return explainAttrs(ev, a, b)
  if (comparedKind(a) === "function")
    throw unequal("distinct functions and immediate comparisons of identical functions compare as unequal")
  if (!equalValues(ev, a, b))
    throw unequal(
      `${comparedKind(a)} '${printInMessage(ev, a)}' is not equal to ${comparedKind(b)} '${printInMessage(ev, b)}'`,
    )
}

/** What Nix tells apart before it compares. */
function comparedKind(value: Value): string {
  if (value === null) return "null"
  if (typeof value === "boolean") return "boolean"
  if (isString(value)) return "string"
  if (isInteger(value)) return "integer"
  if (value instanceof NixFloat) return "float"
  if (value instanceof NixPath) return "path"
  if (value instanceof Attrs) return "set"
  return Array.isArray(value) ? "list" : "function"
}

function isNumber(value: Value): boolean {
  return isInteger(value) || value instanceof NixFloat
}

function unequal(message: string): EvalError {
  return new EvalError("assert", message)
}

function explainLists(ev: Evaluator, a: NixList, b: NixList): void {
  if (a.length !== b.length) {
    const sizes = `list of size '${a.length}' is not equal to list of size '${b.length}'`
    const sides = `left hand side is '${printInMessage(ev, a)}', right hand side is '${printInMessage(ev, b)}'`
    throw unequal(`${sizes}, ${sides}`)
  }
  a.forEach((element, i) => {
    explainPart(ev, element, b[i], error => error.addFrame(`while comparing list element ${i}`, 0))
  })
}

function explainAttrs(ev: Evaluator, a: Attrs, b: Attrs): void {
  if (isDerivation(ev, a) && isDerivation(ev, b)) {
    const [left, right] = [a.get(OUT_PATH), b.get(OUT_PATH)]
    if (left !== undefined && right !== undefined)
      return explainPart(ev, left, right, error =>
        error.addFrame("while comparing a derivation by its 'outPath' attribute", 0),
      )
  }
  const show = (set: Attrs) => printInMessage(ev, set)
  if (a.size !== b.size)
    throw unequal(`attribute names of attribute set '${show(a)}' differs from attribute set '${show(b)}'`)
  const [left, right] = [a, b].map(set => Array.from(set.shape.keys).sort((x, y) => x - y))
  left.forEach((key, i) => {
    const slot = b.shape.find(key)
    const name = writtenName(nameOf(key))
    if (slot < 0)
      throw unequal(`attribute name '${name}' is contained in '${show(a)}', but not in '${show(b)}'`)
    if (!a.has(right[i])) {
      const missing = writtenName(nameOf(right[i]))
      throw unequal(
        `attribute name '${missing}' is missing in '${show(a)}', but is contained in '${show(b)}'`,
      )
    }
    const own = a.shape.find(key)
    explainPart(ev, a.at(own), b.at(slot), error => {
      const [here, there] = [a.shape.spanAt(own), b.shape.spanAt(slot)]
      if (there !== 0) error.addFrame("where right hand side is", there)
      if (here !== 0) error.addFrame("where left hand side is", here)
      error.addFrame(`while comparing attribute '${name}'`, 0)
    })
  })
}

/** A part reached twice by the same way is equal to itself, also a function. */
function explainPart(ev: Evaluator, a: Lazy, b: Lazy, onError: (error: EvalError) => void): void {
  const depth = ev.depth
  try {
    descend(ev, 0)
    const [left, right] = [force(ev, a), force(ev, b)]
    if (identityOf(left) !== identityOf(right)) explain(ev, left, right)
  } catch (error) {
    if (error instanceof EvalError) onError(error)
    throw error
  } finally {
    ev.depth = depth
  }
}
