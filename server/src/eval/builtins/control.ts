// Builtins about types of values, order of evaluation, failing and tracing.

import { writtenName } from "../../syntax/index.js"
import type { Span } from "../code/span.js"
import { during, EvalError } from "../errors/error.js"
import { ownWarningText } from "../errors/error-text.js"
import { descend } from "../errors/exhaustion.js"
import type { Evaluator } from "../evaluator.js"
import { printValue } from "../formats/print.js"
import { coerce } from "../interpreter/coerce.js"
import { force, forceSlot } from "../interpreter/force.js"
import { MetValues } from "../interpreter/met-values.js"
import { isInteger } from "../interpreter/operators.js"
import { forcedFrom, placeOfDelayed } from "../interpreter/place-of-function.js"
import { isString, textOf, withContext } from "../values/context.js"
import { boxBoolean, boxObject, FALSE, NULL, type Slot, Tag, TRUE } from "../values/heap.js"
import { ownShape } from "../values/shape.js"
import {
  Attrs,
  attrsSlot,
  type BuiltinRow,
  box,
  isFunction,
  type Lazy,
  NixFloat,
  NixPath,
  objectAt,
  unboxValue,
  type Value,
} from "../values/value.js"

export const controlBuiltins: Readonly<Record<string, BuiltinRow>> = {
  abort: {
    args: ["s"],
    doc: "Stop evaluation with a message. Unlike `throw`, nothing catches it.",
    call: (ev, s) => {
      const { text } = coerce(ev, force(ev, s), { copyToStore: true }, 0)
      return ev.fail("abort", `evaluation aborted with the following error message: '${text}'`)
    },
  },
  addErrorContext: {
    args: ["context", "e"],
    isTransparent: true,
    doc: "Return `e`; if evaluating it fails, the trace says `context`.",
    slots: (ev, context, e) => {
      try {
        return forceSlot(ev, e)
      } catch (error) {
        if (error instanceof EvalError)
          error.addFrame(coerce(ev, unboxValue(forceSlot(ev, context)), {}, 0).text, 0, "told")
        throw error
      }
    },
  },
  break: {
    args: ["v"],
    isTransparent: true,
    doc: "Return `v`. In Nix's debugger, evaluation would stop here.",
    call: (ev, v) => force(ev, v),
  },
  deepSeq: {
    args: ["e1", "e2"],
    doc: "Evaluate all of `e1`, then return `e2`.",
    call: (ev, e1, e2) => {
      forceDeep(ev, e1)
      return force(ev, e2)
    },
  },
  isAttrs: kind("is a set", value => (value & 7) === Tag.Attrs),
  isBool: kind("is a Boolean", value => value === TRUE || value === FALSE),
  isFloat: kind("is a float", value => isObject(value, object => object instanceof NixFloat)),
  isFunction: kind("is a function", value => (value & 7) === Tag.Lambda || isObject(value, isFunction)),
  isInt: kind("is an integer", value => (value & 7) === Tag.Int || isObject(value, isInteger)),
  isList: kind("is a list", value => (value & 7) === Tag.List),
  isNull: kind("is `null`", value => value === NULL),
  isPath: kind("is a path", value => isObject(value, object => object instanceof NixPath)),
  isString: kind("is a string", value => isObject(value, isString)),
  seq: {
    args: ["e1", "e2"],
    strict: true,
    doc: "Evaluate `e1`, then return `e2`.",
    slots: (ev, e1, e2) => {
      forceSlot(ev, e1)
      return forceSlot(ev, e2)
    },
  },
  throw: {
    args: ["s"],
    doc: "Fail with a message. `tryEval` catches it.",
    call: (ev, s) => ev.fail("throw", coerce(ev, force(ev, s), { copyToStore: true }, 0).text),
  },
  toString: {
    args: ["e"],
    strict: true,
    doc: "Turn a value into a string: numbers, paths, lists, sets with `__toString` or `outPath`.",
    slots: (ev: Evaluator, e: Slot) => {
      const slot = forceSlot(ev, e)
      const value = unboxValue(slot)
      if (typeof value === "string") return slot
      const { text, context } = coerce(ev, value, { lenient: true }, 0)
      return boxObject(withContext(text, context))
    },
  },
  trace: {
    args: ["e1", "e2"],
    doc: "Print `e1` to standard error, then return `e2`.",
    call: (ev, e1, e2) => {
      trace(ev, e1)
      return force(ev, e2)
    },
  },
  traceVerbose: {
    args: ["e1", "e2"],
    doc: "Return `e2`. With the setting `trace-verbose`, print `e1` to standard error before.",
    call: (ev, e1, e2) => {
      if (ev.language.traceVerbose === true) trace(ev, e1)
      return force(ev, e2)
    },
  },
  tryEval: {
    args: ["e"],
    doc: "Evaluate `e` to its outermost part. `success` says whether that ended in `throw` or a failed `assert`; `value` is the value or `false`.",
    call: (ev, e) => tryEval(ev, e),
  },
  typeOf: {
    args: ["e"],
    strict: true,
    doc: "Return the kind of a value: `int`, `bool`, `string`, `path`, `null`, `set`, `list`, `lambda` or `float`.",
    call: (ev, e) => typeOf(force(ev, e)),
  },
  warn: {
    args: ["e1", "e2"],
    doc: "Print the string `e1` as a warning, then return `e2`.",
    call: (ev, e1, e2) => {
      ev.io.trace(ownWarningText(textOf(ev.string(e1))))
      if (ev.language.abortOnWarn)
        return ev.fail("abort", "aborting to reveal stack trace of warning, as abort-on-warn is set")
      return force(ev, e2)
    },
  },
}

function kind(what: string, test: (value: Slot) => boolean): BuiltinRow {
  return {
    args: ["e"],
    strict: true,
    doc: `Return \`true\` if \`e\` ${what}.`,
    slots: (ev, e) => boxBoolean(test(forceSlot(ev, e))),
  }
}

/** Whether a value lives in JavaScript, as the test wants it. */
function isObject(value: Slot, test: (object: Value) => boolean): boolean {
  return (value & 7) > Tag.Int && test(objectAt(value) as Value)
}

function typeOf(value: Value): string {
  if (value === null) return "null"
  if (typeof value === "boolean") return "bool"
  if (isInteger(value)) return "int"
  if (isString(value)) return "string"
  if (value instanceof NixFloat) return "float"
  if (value instanceof NixPath) return "path"
  if (value instanceof Attrs) return "set"
  return Array.isArray(value) ? "list" : "lambda"
}

function tryEval(ev: Evaluator, e: Lazy): Value {
  const depth = ev.depth
  try {
    return attempt(true, force(ev, e))
  } catch (error) {
    if (!(error instanceof EvalError) || !error.catchable) throw error
    ev.depth = depth
    return attempt(false, false)
  }
}

function trace(ev: Evaluator, e: Lazy): void {
  const value = force(ev, e)
  ev.io.trace(`trace: ${isString(value) ? textOf(value) : printValue(ev, value, { force: false })}`)
}

function attempt(success: boolean, value: Value): Value {
  return new Attrs(attrsSlot(ATTEMPT, [boxBoolean(success), box(value)]))
}

const ATTEMPT = ownShape("success", "value")

/**
 * Evaluates a value deeply. A value may contain itself.
 * @param met what was evaluated before
 */
export function forceDeep(ev: Evaluator, place: Lazy, met = new MetValues()): void {
  const { depth } = ev
  try {
    const site = placeOfDelayed(place)
    descend(ev, 0, site)
    const value = forcedFrom(ev, site, place)
    if (met.has(place, value)) return
    met.add(place, value)
    forceParts(ev, value, met)
  } finally {
    ev.depth = depth
  }
}

function forceParts(ev: Evaluator, value: Value, met: MetValues): void {
  if (Array.isArray(value))
    return value.forEach((element, i) => {
      forcePart(ev, element, met, () => `list element at index ${i}`, 0)
    })
  if (!(value instanceof Attrs)) return
  for (const slot of value.shape.met) {
    const what = () => `the attribute '${writtenName(value.shape.nameAt(slot))}'`
    forcePart(ev, value.at(slot), met, what, value.shape.spanAt(slot))
  }
}

function forcePart(ev: Evaluator, place: Lazy, met: MetValues, what: () => string, span: Span): void {
  try {
    forceDeep(ev, place, met)
  } catch (error) {
    throw during(error, `while evaluating ${what()}`, span)
  }
}
