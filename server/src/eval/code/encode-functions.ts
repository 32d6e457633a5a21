// From functions to code. A function of several parameters is one function with one frame, which also holds what a `let` right at
// the top of its body defines.

import { type Expr, type Formal, type Lambda, withoutParens } from "../../syntax/index.js"
import { intern } from "../values/symbol.js"
import { emit, newNode, ops } from "./code.js"
import type { Encoder } from "./encode.js"
import { encodeLet } from "./encode-bindings.js"
import { isAlias } from "./name-order.js"
import { FORMAL_SIZE, FORMALS, LAMBDA_PARAMETERS, Op } from "./op.js"
import { makesPackages } from "./package-function.js"
import type { Scope } from "./scope.js"

/**
 * Writes the code of `a: b: body`, which is one function of two parameters with one frame; given one argument it waits for the
 * other. Where each begins is for traces. Returns its pc.
 */
export function encodeLambda(encoder: Encoder, e: Lambda, scope: Scope, bound: number): number {
  const inner = scope.frame()
  const functions: Lambda[] = []
  let inside: Expr = e
  while (inside.kind === "lambda" && inside.formals === undefined && inside.param !== undefined) {
    if (inner.names.has(inside.param.name)) break
    inner.declare(inside.param.name)
    functions.push(inside)
    inside = inside.body
  }
  encoder.settings.onLambda?.(e.start, inner)
  const count = functions.length
  const pc = newNode(Op.Lambda, encoder.span(e.start), LAMBDA_PARAMETERS - 2 + 2 * count)
  ops[pc + 2] = bound
  ops[pc + 3] = count
  ops[pc + 5] = resultOf(encoder, inside, inner, bound)
  ops[pc + 4] = inner.frameSize
  for (const [i, { param, start }] of functions.entries()) {
    ops[pc + LAMBDA_PARAMETERS + i] = intern(param?.name ?? "")
    ops[pc + LAMBDA_PARAMETERS + count + i] = encoder.span(start)
  }
  return pc
}

/** Writes the code of `{ a, b ? c, ... }: body` and returns its pc. */
export function encodeFormalsLambda(encoder: Encoder, e: Lambda, scope: Scope, bound: number): number {
  const inner = scope.frame()
  const formals = formalsOf(encoder, e)
  for (const { name } of formals) inner.declare(name.name)
  const whole = e.param === undefined ? 0 : inner.declare(e.param.name)
  encoder.settings.onLambda?.(e.start, inner)
  const pc = newNode(Op.FormalsLambda, encoder.span(e.start), FORMALS - 2 + FORMAL_SIZE * formals.length)
  writeFormals(encoder, formals, inner, pc + FORMALS)
  const result = resultOf(encoder, e.body, inner, bound)
  ops[pc + 2] = bound
  ops[pc + 3] = whole
  ops[pc + 4] = inner.frameSize
  ops[pc + 5] = makesPackages(e) ? emit(Op.PackageSet, encoder.span(e.start), result, whole) : result
  ops[pc + 6] = e.formals?.ellipsis === true ? 1 : 0
  ops[pc + 7] = formals.length
  ops[pc + 8] = e.param === undefined ? -1 : intern(e.param.name)
  return pc
}

/** Each parameter once, in an order in which their defaults can be made. */
function formalsOf(encoder: Encoder, e: Lambda): Formal[] {
  const byName = new Map<string, Formal>()
  for (const formal of e.formals?.formals ?? [])
    if (!byName.has(formal.name.name)) byName.set(formal.name.name, formal)
  const formals = [...byName.values()]
  const hasAlias = formals.some(({ fallback }) => isAlias(fallback, byName))
  const rank = encoder.settings.rank ?? (hasAlias ? encoder.aliasRank() : undefined)
  if (rank === undefined) return formals
  return formals.sort(({ name: a }, { name: b }) => rank(a.name, a.start) - rank(b.name, b.start))
}

function writeFormals(encoder: Encoder, formals: readonly Formal[], inner: Scope, at: number): void {
  for (const { name, fallback } of formals) {
    ops[at + 1] = fallback === undefined ? 0 : encoder.expr(fallback, inner, -1)
    ops[at] = intern(name.name)
    ops[at + 2] = encoder.span(name.start)
    at += FORMAL_SIZE
  }
}

/** What a function returns that has a name has that name, too, if it is a function. */
function resultOf(encoder: Encoder, e: Expr, scope: Scope, bound: number): number {
  return withoutParens(e).kind === "lambda" ? encoder.expr(e, scope, bound) : body(encoder, e, scope)
}

/** A function body. A `let` right at its top lives in the function's own frame: one array less for each call. */
function body(encoder: Encoder, e: Expr, scope: Scope): number {
  if (e.kind !== "let") return encoder.expr(e, scope, -1)
  return encodeLet(encoder, e, scope.merged(), scope.frameSize, inner => body(encoder, e.body, inner))
}
