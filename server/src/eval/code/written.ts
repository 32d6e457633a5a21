// The source text of a value that has not been evaluated, for those who want to show it without evaluating it.

import { childrenOf, type Expr, parse } from "../../syntax/index.js"
import { spanOfThunk } from "../interpreter/force.js"
import { type Lazy, Thunk } from "../values/value.js"
import { type SourceText, sourceOf } from "./span.js"

/** What is written where a thunk comes from, or undefined for what the evaluator made itself. */
export function writtenText(place: Lazy): string | undefined {
  if (!(place instanceof Thunk)) return undefined
  const span = spanOfThunk(place)
  const source = sourceOf(span)
  if (source === undefined) return undefined
  const found = expressionAt(treeOf(source), span - source.base)
  return found === undefined ? undefined : source.text.slice(found.start, found.end)
}

const trees = new WeakMap<SourceText, Expr>()

function treeOf(source: SourceText): Expr {
  let tree = trees.get(source)
  if (tree === undefined) {
    tree = parse(source.text).tree
    trees.set(source, tree)
  }
  return tree
}

/** The largest expression that begins at an offset. An operation's span is its operator, whose operands lie around it. */
function expressionAt(tree: Expr, offset: number): Expr | undefined {
  let at: Expr | undefined = tree
  while (at !== undefined) {
    if (at.start === offset || (at.kind === "binary" && at.opRange.start === offset)) return at
    at = childrenOf(at).find(({ start, end }) => start <= offset && offset < end)
  }
  return undefined
}
