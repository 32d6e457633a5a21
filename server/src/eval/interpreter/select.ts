// Names looked up in sets: selections, `?`, and what `with` brings into scope.
//
// A selection remembers the shape of the set that it met last and the place there, which is right in nine of ten cases.

import { type Expr, writtenName } from "../../syntax/index.js"
import { isVariable, ops } from "../code/code.js"
import { SELECT_SIZE } from "../code/op.js"
import { placeOfCode } from "../code/place-of-code.js"
import { type Span, sourceOf } from "../code/span.js"
import { derivationFile } from "../core-files.js"
import { during, EvalError, missingAttribute, ownUp } from "../errors/error.js"
import { expressionAt, placeOfWith } from "../errors/forgotten-places.js"
import { didYouMean } from "../errors/suggestions.js"
import type { Evaluator } from "../evaluator.js"
import { folderAt, showExpression } from "../formats/show-expression.js"
import { mem, type Slot, Tag } from "../values/heap.js"
import { findIn, shapeById } from "../values/shape.js"
import { nameOf, type Sym } from "../values/symbol.js"
import { forceSlot, frameAt } from "./force.js"
import { wrongKind } from "./operands.js"
import { run } from "./run.js"

/** Runs `WithName`: a name that the innermost `with` that has it brings in. @throws EvalError if none has it */
export function lookUpWith(ev: Evaluator, pc: number, env: number): Slot {
  const symbol = ops[pc + 2]
  const count = ops[pc + 3]
  for (let i = 0; i < count; i++) {
    const scope = scopeOf(ev, mem[frameAt(env, ops[pc + 4 + i]) + 1], ops[pc + 1], i)
    if ((scope & 7) !== Tag.Attrs) throw notASet(ev, scope, placeOfWith(ops[pc + 1], i))
    const at = scope >>> 2
    const slot = findIn(mem[at], symbol)
    if (slot >= 0) return forceSlot(ev, mem[at + 1 + slot], pc)
  }
  throw new EvalError("undefined-variable", `undefined variable '${nameOf(symbol)}'`, ops[pc + 1])
}

/** The set of a `with`, which is asked for where that begins. */
function scopeOf(ev: Evaluator, slot: Slot, span: Span, outwards: number): Slot {
  try {
    return forceSlot(ev, slot)
  } catch (error) {
    if (error instanceof EvalError && error.code === "infinite-recursion")
      error.askedAt(placeOfWith(span, outwards))
    throw error
  }
}

function notASet(ev: Evaluator, found: Slot, span: Span): unknown {
  return during(
    wrongKind(ev, "a set", found, 0),
    "while evaluating the first subexpression of a with expression",
    span,
  )
}

/** `subject.a.b or fallback`. Each name remembers the shape it met last, and the place there. */
export function select(ev: Evaluator, pc: number, env: number): Slot {
  // Address of the last set in which a name was found, and where: what an error behind it happened in.
  let found = 0
  let place = 0
  try {
    let value = run(ev, ops[pc + 2], env)
    const fallback = ops[pc + 3]
    const end = pc + 5 + SELECT_SIZE * ops[pc + 4]
    for (let at = pc + 5; at < end; at += SELECT_SIZE) {
      const name = ops[at]
      // A computed name is computed before what it is looked up in.
      const symbol = name >= 0 ? name : dynamicName(ev, ~name, env)
      value = forceSlot(ev, value, pc)
      if ((value & 7) !== Tag.Attrs) {
        if (fallback !== 0) return run(ev, fallback, env)
        throw during(wrongKind(ev, "a set", value, 0), "while selecting an attribute", ops[pc + 1])
      }
      const set = value >>> 2
      let slot = ops[at + 2]
      if (ops[at + 1] !== mem[set] || name < 0) {
        slot = findIn(mem[set], symbol) + 1
        if (slot === 0) {
          if (fallback !== 0) return run(ev, fallback, env)
          throw missingIn(mem[set], symbol, ops[pc + 1], ops[at + 3])
        }
        ops[at + 1] = mem[set]
        ops[at + 2] = slot
      }
      found = set
      place = slot
      value = mem[set + slot]
    }
    return forceSlot(ev, value)
  } catch (error) {
    throw found === 0
      ? subjectFailed(error, ops[pc + 2])
      : selectionFailed(ev, error, pc, env, shapeById[mem[found]].spanAt(place - 1))
  }
}

/** What a variable stands for is asked for where the variable is written. */
function subjectFailed(error: unknown, subject: number): unknown {
  if (error instanceof EvalError && isVariable(subject)) error.askedFrom(ops[subject + 1])
  return error
}

/** The trace names the whole attrpath, at the attribute that was found last. */
function selectionFailed(ev: Evaluator, error: unknown, pc: number, env: number, span: Span): unknown {
  if (!(error instanceof EvalError)) return error
  error.addSite(span || ops[pc + 1])
  if (span === 0 || isInternal(span)) return error
  const names = Array.from({ length: ops[pc + 4] }, (_, i) => {
    const at = pc + 5 + SELECT_SIZE * i
    return ops[at] >= 0 ? writtenName(nameOf(ops[at])) : dynamicNameText(ev, ~ops[at], env, ops[at + 3])
  })
  error.addFrame(`while evaluating the attribute '${names.join(".")}'`, span)
  return error
}

/** What `derivation` selects in its own text is nothing that people could mend. */
function isInternal(span: Span): boolean {
  return sourceOf(span)?.file === derivationFile
}

/** A dynamic name that cannot be evaluated stands as it is written, at `span`. */
function dynamicNameText(ev: Evaluator, pc: number, env: number, span: Span): string {
  try {
    return writtenName(nameOf(dynamicName(ev, pc, env)))
  } catch (error) {
    if (!(error instanceof EvalError)) throw error
    return `"\${${shownName(span, ev.io.getEnv("HOME"))}}"`
  }
}

/** The error of a selection, which offers names of the set that are nearly the one wanted. */
function missingIn(shape: number, symbol: Sym, span: Span, mark: Span): EvalError {
  const error = missingAttribute(nameOf(symbol), span)
  error.mark = mark
  error.hint = didYouMean(nameOf(symbol), shapeById[shape].names)
  return error
}

/** The expression of a dynamic name in a selection. */
function shownName(span: Span, home: string): string {
  const nameIn = (expr: Expr, offset: number) =>
    expr.kind === "select" ? expr.path.find(name => name.start === offset) : undefined
  const select = expressionAt(span, (expr, offset) => nameIn(expr, offset) !== undefined)
  const name = select?.kind === "select" ? nameIn(select, span - (sourceOf(span)?.base ?? 0)) : undefined
  return name?.kind === "dynamic" ? showExpression(name.expr, folderAt(span), home) : ""
}

/** The symbol of a name that is computed by the code at `pc`. @throws EvalError */
function dynamicName(ev: Evaluator, pc: number, env: number): Sym {
  const name = run(ev, pc, env)
  if ((name & 7) === Tag.Name) return name >>> 3
  return symbolOfName(ev, name, placeOfCode(pc), "while evaluating an attribute name")
}

/** The symbol of a name that was computed; what it is for, and where, is said if it is none. */
export function symbolOfName(ev: Evaluator, name: Slot, span: Span, what: string): Sym {
  if ((name & 7) === Tag.Name) return name >>> 3
  try {
    return ev.symbolOf(name, span)
  } catch (error) {
    throw ownUp(error, what, span)
  }
}

/** Runs `HasAttr`: whether a set has an attrpath. */
export function hasAttr(ev: Evaluator, pc: number, env: number): boolean {
  let value = run(ev, ops[pc + 2], env)
  const count = ops[pc + 3]
  for (let i = 0; i < count; i++) {
    const name = ops[pc + 4 + 2 * i]
    const symbol = name >= 0 ? name : dynamicName(ev, ~name, env)
    if ((value & 7) !== Tag.Attrs) return false
    const at = value >>> 2
    const slot = findIn(mem[at], symbol)
    if (slot < 0) return false
    if (i < count - 1) value = forceSlot(ev, mem[at + 1 + slot], ops[pc + 2])
  }
  return true
}
