// A call as Nix sees it: its parser forgets parentheses and adds further arguments to an existing call. So `(f a) b`, `f a b` and
// `b |> f a` are all one call with two arguments, at the place of the first one.

import { type Apply, type Binary, type Expr, withoutParens } from "../../syntax/index.js"

export interface WrittenCall {
  readonly fn: Expr
  readonly arguments: readonly Expr[]
  /** Offset of the call to Nix. */
  readonly start: number
}

export type Pipe = Omit<Binary, "op"> & { readonly op: "|>" | "<|" }

/** Takes a call apart as it is written: its function, all its arguments, and where Nix says it is. */
export function writtenCall(call: Apply | Pipe): WrittenCall {
  const backwards: Expr[] = []
  let start = call.start
  let fn: Expr = call
  for (; isCall(fn); fn = withoutParens(calledBy(fn))) {
    backwards.push(argumentOf(fn))
    start = fn.kind === "apply" ? fn.start : fn.opRange.start
  }
  return { fn, arguments: backwards.reverse(), start: placeOfOperator(fn) ?? start }
}

/** To Nix these operators are calls, too; `!(a < b)` is not. */
function placeOfOperator(expr: Expr): number | undefined {
  if (expr.kind === "unary") return expr.op === "-" ? expr.start : undefined
  const isFunction = expr.kind === "binary" && ["-", "*", "/", "<", ">"].includes(expr.op)
  return isFunction ? expr.opRange.start : undefined
}

function isCall(expr: Expr): expr is Apply | Pipe {
  return expr.kind === "apply" || (expr.kind === "binary" && (expr.op === "|>" || expr.op === "<|"))
}

function calledBy(call: Apply | Pipe): Expr {
  if (call.kind === "apply") return call.fn
  return call.op === "|>" ? call.right : call.left
}

function argumentOf(call: Apply | Pipe): Expr {
  if (call.kind === "apply") return call.arg
  return call.op === "|>" ? call.left : call.right
}
