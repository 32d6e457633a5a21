// Where the set is written that a function gave where a list was wanted. To Nix a set is where its brace is, or nowhere if a
// builtin made it; ours hold their names alone. So the text is read once more when that has failed: for what the function
// may give, and which of that has these names at these places.

import {
  type Apply,
  type AttrName,
  type Attrset,
  type Binding,
  type Expr,
  staticName,
  withoutParens,
} from "../../syntax/index.js"
import { type Span, sourceOf } from "../code/span.js"
import { writtenCall } from "../code/written-call.js"
import type { Shape } from "../values/shape.js"
import { expressionAt } from "./forgotten-places.js"

/** The place of a set that the function at `fn` gave; 0 for none. */
export function placeOfGivenSet(fn: Span, shape: Shape): Span {
  const base = sourceOf(fn)?.base ?? 0
  const lambda = expressionAt(fn, (expr, offset) => expr.kind === "lambda" && expr.start === offset)
  if (lambda?.kind !== "lambda") return 0
  const given = results(lambda.body)
  const written = given.find(expr => expr.kind === "attrset" && isWrittenAs(expr, shape, base))
  if (written !== undefined) return base + written.start
  return given.some(isPassedOn) ? placeOfSet(shape) : 0
}

/** The expressions that may give the value of one. */
function results(expr: Expr): Expr[] {
  const bare = withoutParens(expr)
  switch (bare.kind) {
    case "let":
    case "with":
    case "assert":
      return results(bare.body)
    case "if":
      return [...results(bare.consequent), ...results(bare.alternative)]
    case "apply":
      return resultsOfCall(bare)
    default:
      return [bare]
  }
}

/** Of a function that is called where it is written, what its body may give. */
function resultsOfCall(call: Apply): Expr[] {
  const written = writtenCall(call)
  let { fn } = written
  for (const _ of written.arguments) {
    if (fn.kind !== "lambda") return [call]
    fn = withoutParens(fn.body)
  }
  return results(fn)
}

/** Whether an expression gives what is written elsewhere. */
function isPassedOn(expr: Expr): boolean {
  if (expr.kind !== "apply") return expr.kind === "variable" || expr.kind === "select"
  const name = calledName(writtenCall(expr).fn)
  return name !== undefined && passingOn.has(name)
}

function calledName(fn: Expr): string | undefined {
  if (fn.kind === "variable") return fn.name
  return fn.kind === "select" ? staticName(fn.path[fn.path.length - 1]) : undefined
}

/** Builtins that give a value that they got, or that a file has. Others may have made a set of the names of another. */
const passingOn: ReadonlySet<string> = new Set(["import", "head", "elemAt", "getAttr", "seq", "deepSeq"])

function isWrittenAs(set: Attrset, shape: Shape, base: Span): boolean {
  if (shape.size === 0) return set.bindings.every(isComputed)
  return namesAt(set, shape.spanAt(0) - base)
}

/** A name that is null is none. */
function isComputed(binding: Binding): boolean {
  return binding.kind === "binding" && binding.path[0]?.kind === "dynamic"
}

/** The place of a set by where its names are; 0 for one that was not written, or not as a whole. */
export function placeOfSet(shape: Shape): Span {
  const first = shape.size === 0 ? 0 : shape.spanAt(0)
  const base = sourceOf(first)?.base ?? 0
  const set = expressionAt(first, (expr, offset) => expr.kind === "attrset" && namesAt(expr, offset))
  if (set?.kind !== "attrset") return 0
  const isWhole =
    shape.keys.every((_, slot) => namesAt(set, shape.spanAt(slot) - base)) && staticNames(set) <= shape.size
  return isWhole ? base + set.start : 0
}

/** How many different names of a set's own are written as such. */
function staticNames(set: Attrset): number {
  return new Set(ownNames(set).flatMap(name => staticName(name) ?? [])).size
}

/** Whether one of the set's own names is there. */
function namesAt(set: Attrset, offset: number): boolean {
  return ownNames(set).some(name => name.start === offset)
}

function ownNames(set: Attrset): AttrName[] {
  return set.bindings.flatMap(binding =>
    binding.kind === "binding" ? (binding.path[0] ?? []) : binding.names,
  )
}
