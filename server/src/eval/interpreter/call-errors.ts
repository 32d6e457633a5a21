// What goes wrong when something is called, and how traces name functions.

import { writtenName } from "../../syntax/index.js"
import { ops, spanOf, spanOfRest } from "../code/code.js"
import { FORMAL_SIZE, FORMALS, Op } from "../code/op.js"
import type { Span } from "../code/span.js"
import { traceArgument } from "../errors/argument-trace.js"
import { EvalError, NO_FUNCTION, SITE } from "../errors/error.js"
import { didYouMean } from "../errors/suggestions.js"
import type { Evaluator } from "../evaluator.js"
import { showValue } from "../formats/print.js"
import type { Slot } from "../values/heap.js"
import { rankOf } from "../values/met-names.js"
import type { Shape } from "../values/shape.js"
import { nameOf } from "../values/symbol.js"
import type { Builtin, Value } from "../values/value.js"

/** For a call of what cannot be called. */
export function notAFunction(ev: Evaluator, value: Value, span: Span): EvalError {
  const found = showValue(ev, value)
  return new EvalError("type", `${NO_FUNCTION} ${found}`, span)
}

/** Of several that are missing, Nix names the one whose name it met first. */
export function missingArgument(code: number, shape: Shape, span: Span): EvalError {
  const missing: number[] = []
  for (let i = 0; i < ops[code + 7]; i++) {
    const formal = code + FORMALS + FORMAL_SIZE * i
    if (ops[formal + 1] === 0 && shape.find(ops[formal]) < 0) missing.push(ops[formal])
  }
  const [first] = missing.sort((a, b) => rankOf(a) - rankOf(b))
  const name = nameOf(first)
  const message = `function '${bareName(code)}' called without required argument '${writtenName(name)}'`
  const error = new EvalError("missing-argument", message, spanOf(code))
  error.addFrame(SITE, span)
  return error
}

/** For a call with an argument that the formals do not have: of several, the one whose name Nix met first. */
export function unexpectedArgument(code: number, shape: Shape, span: Span): EvalError {
  const expectedNames = new Set<number>()
  for (let i = 0; i < ops[code + 7]; i++) expectedNames.add(ops[code + FORMALS + FORMAL_SIZE * i])
  const unexpected = Array.from(shape.met, slot => shape.keyAt(slot)).find(key => !expectedNames.has(key))
  const name = unexpected === undefined ? "" : nameOf(unexpected)
  const message = `function '${bareName(code)}' called with unexpected argument '${writtenName(name)}'`
  const error = new EvalError("unexpected-argument", message, spanOf(code))
  error.hint = didYouMean(name, Array.from(expectedNames, nameOf))
  error.addFrame(SITE, span)
  return error
}

/** An error without a place of its own gets that of the call, and one about an argument says so. */
export function throughBuiltin(error: unknown, fn: Builtin, span: Span, args: readonly Slot[]): unknown {
  if (!(error instanceof EvalError)) return error
  traceArgument(error, fn.name, args, span)
  if (fn.row.isTransparent !== true) error.addFrame(`while calling the '${fn.name}' builtin`, span)
  return error
}

/** How traces call the function whose code is at `pc`. */
export function functionName(pc: number): string {
  return ops[pc + 2] < 0 ? bareName(pc) : `'${bareName(pc)}'`
}

function bareName(pc: number): string {
  const bound = ops[pc + 2]
  return bound < 0 ? "anonymous lambda" : nameOf(bound)
}

/** Where traces say that a function is: of `a: b: ..`, the one that has the body. */
export function placeOfFunction(code: number): Span {
  return ops[code] === Op.Lambda ? spanOfRest(code, ops[code + 3] - 1) : spanOf(code)
}
