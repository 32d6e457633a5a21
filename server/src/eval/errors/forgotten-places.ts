// Places that code does not contain, because only errors need them: where an operand or an interpolation begins, including
// parentheses. The file is parsed again to find them: an evaluation fails once, but runs its code a million times.

import { type Expr, parse, pushChildren } from "../../syntax/index.js"
import { type Span, sourceOf } from "../code/span.js"

/** The expression of a text that holds a span and passes a test of its offset there. */
export function expressionAt(span: Span, test: (expr: Expr, offset: number) => boolean): Expr | undefined {
  const source = sourceOf(span)
  if (source === undefined) return undefined
  const offset = span - source.base
  const waiting: Expr[] = [parse(source.text).tree]
  for (let expr = waiting.pop(); expr !== undefined; expr = waiting.pop()) {
    if (offset < expr.start || expr.end < offset) continue
    if (test(expr, offset)) return expr
    pushChildren(expr, waiting)
  }
  return undefined
}

/** Where the `with` begins that is so many around a variable. */
export function placeOfWith(span: Span, outwards: number): Span {
  const starts: Span[] = []
  expressionAt(span, (expr, offset) => {
    const isAround = expr.kind === "with" && expr.body.start <= offset && offset < expr.body.end
    if (isAround) starts.unshift(span + expr.start - offset)
    return false
  })
  return starts[outwards] ?? span
}

/** Where a part of the string or path that begins at `span` does. */
export function placeOfPart(span: Span, part: number): Span {
  const found = expressionAt(span, (expr, offset) => isTextual(expr) && expr.start === offset)
  if (found === undefined || !isTextual(found)) return span
  return span + (found.parts[part]?.start ?? found.start) - found.start
}

function isTextual(expr: Expr): expr is Extract<Expr, { kind: "string" | "path" }> {
  return expr.kind === "string" || expr.kind === "path"
}

/** Where an operand of the operator at `span` does. */
export function placeOfOperand(span: Span, side: "left" | "right"): Span {
  const found = expressionAt(span, (expr, offset) => expr.kind === "binary" && expr.opRange.start === offset)
  return found?.kind === "binary" ? span + found[side].start - found.opRange.start : span
}
