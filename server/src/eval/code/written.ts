// The source text of a value that has not been evaluated, for those who want to show it without evaluating it.

import { type Expr, expressionsIn, parse } from "../../syntax/index.js"
import { spanOfThunk } from "../interpreter/force.js"
import { type Lazy, Thunk } from "../values/value.js"
import { type SourceText, sourceOf } from "./span.js"

/** What is written where a thunk comes from, or undefined for what the evaluator made itself. */
export function writtenText(place: Lazy): string | undefined {
  if (!(place instanceof Thunk)) return undefined
  const span = spanOfThunk(place)
  const source = sourceOf(span)
  if (source === undefined) return undefined
  const { begins, starts, ends } = expressionsOf(source)
  const at = placeIn(begins, span - source.base)
  return at < 0 ? undefined : source.text.slice(starts[at], ends[at])
}

/**
 * The largest expression at each offset where one begins, in the order of the offsets. An operation begins at its operator, which is
 * its span, too. Syntax trees, kept instead, took 180 MB for a host of a real fleet.
 */
interface Expressions {
  readonly begins: Int32Array
  readonly starts: Int32Array
  readonly ends: Int32Array
}

const expressions = new WeakMap<SourceText, Expressions>()

function expressionsOf(source: SourceText): Expressions {
  let known = expressions.get(source)
  if (known === undefined) {
    known = listExpressions(parse(source.text).tree)
    expressions.set(source, known)
  }
  return known
}

function listExpressions(tree: Expr): Expressions {
  const largest = new Map<number, Expr>()
  const note = (offset: number, expr: Expr) => {
    if (!largest.has(offset)) largest.set(offset, expr)
  }
  for (const expr of expressionsIn(tree)) {
    note(expr.start, expr)
    if (expr.kind === "binary") note(expr.opRange.start, expr)
  }
  const begins = Int32Array.from(largest.keys()).sort()
  const found = Array.from(begins, offset => largest.get(offset) ?? tree)
  return {
    begins,
    starts: Int32Array.from(found, ({ start }) => start),
    ends: Int32Array.from(found, ({ end }) => end),
  }
}

/** Where a number is in a sorted list, or -1. */
function placeIn(sorted: Int32Array, wanted: number): number {
  let [from, to] = [0, sorted.length - 1]
  while (from <= to) {
    const middle = (from + to) >>> 1
    if (sorted[middle] === wanted) return middle
    if (sorted[middle] < wanted) from = middle + 1
    else to = middle - 1
  }
  return -1
}
