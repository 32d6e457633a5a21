// What can be folded: sets, lists, `let` bindings, arguments, strings and comments of several lines.

import { rangeOf, type TextRange } from "../base/index.js"
import { type Expr, expressionsIn } from "../syntax/index.js"

/** Ranges of several lines, sorted by place. A range ends before the line of its closing bracket, which stays visible. */
export function foldingRanges(tree: Expr, text: string): TextRange[] {
  const ranges: TextRange[] = []
  const strings: TextRange[] = []
  for (const expr of expressionsIn(tree)) {
    ranges.push(...foldsOf(expr))
    if (expr.kind === "string" && text.slice(expr.start, expr.end).includes("\n")) strings.push(expr)
  }
  const folds = [...ranges, ...commentFolds(text, strings)]
    .map(range => withoutLastLine(range, text))
    .filter(({ start, end }) => text.slice(start, end).includes("\n"))
  return onePerLine(folds, text).sort((a, b) => a.start - b.start)
}

/** Of folds that begin on the same line, the longest: an editor has one arrow per line. */
function onePerLine(folds: readonly TextRange[], text: string): TextRange[] {
  const byLine = new Map<number, TextRange>()
  for (const fold of folds) {
    const line = text.lastIndexOf("\n", fold.start - 1)
    const other = byLine.get(line)
    if (other === undefined || other.end < fold.end) byLine.set(line, fold)
  }
  return [...byLine.values()]
}

function foldsOf(expr: Expr): TextRange[] {
  switch (expr.kind) {
    case "attrset":
    case "legacyLet":
    case "list":
    case "paren":
    case "string":
      return [rangeOf(expr)]
    case "let":
      return [{ start: expr.start, end: expr.body.start }]
    case "lambda":
      return expr.formals === undefined ? [] : [rangeOf(expr.formals)]
    default:
      return []
  }
}

/** Runs of comment lines, except those inside a string. */
function commentFolds(text: string, strings: readonly TextRange[]): TextRange[] {
  const isText = (at: number) => strings.some(({ start, end }) => start <= at && at < end)
  return [...text.matchAll(/^[ \t]*#.*(?:\n[ \t]*#.*)+\n?/gm), ...text.matchAll(/^[ \t]*\/\*[\s\S]*?\*\//gm)]
    .map(match => ({ start: match.index, end: match.index + match[0].length }))
    .filter(({ start }) => !isText(start))
}

function withoutLastLine({ start, end }: TextRange, text: string): TextRange {
  const lineStart = text.lastIndexOf("\n", end - 1)
  return { start, end: Math.max(start, lineStart) }
}
