// `f x or`, where `or` is the name of a variable: Nix takes it as an argument of `x` alone, and warns that this will change.

import { type Expr, pushChildren } from "../../syntax/index.js"
import { placeOf, type SourceText } from "./span.js"

/** Warns, in Nix's words, about every such place that ends before an offset of a text. */
export function warnOfOddOr(
  source: SourceText,
  tree: Expr,
  warn: (text: string) => void,
  before = source.text.length,
): void {
  const found: Expr[] = []
  const waiting = [tree]
  for (let expr = waiting.pop(); expr !== undefined; expr = waiting.pop()) {
    found.push(...operandsOf(expr).filter(({ kind, end }) => kind === "apply" && end <= before))
    pushChildren(expr, waiting)
  }
  for (const { start, end } of found.sort((a, b) => a.end - b.end)) {
    const place = placeOf(source.base + start)
    warn(
      `warning: at ${place?.file}:${place?.line}:${place?.column}: This expression uses \`or\` as an identifier in a way that will change in a future Nix release.\n` +
        "Wrap this entire expression in parentheses to preserve its current meaning:\n" +
        `    (${source.text.slice(start, end)})\n` +
        "Give feedback at https://github.com/NixOS/nix/pull/11121",
    )
  }
}

/** The parts of an expression that can only be a call without parentheses if its argument is `or`. */
function operandsOf(expr: Expr): readonly Expr[] {
  if (expr.kind === "list") return expr.elements
  if (expr.kind === "apply") return [expr.arg]
  return expr.kind === "select" && expr.fallback !== undefined ? [expr.fallback] : []
}
