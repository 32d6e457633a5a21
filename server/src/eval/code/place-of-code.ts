// Where an expression is to Nix, which is not where it begins: a list is where its first element is, `!` and `?` are where
// their operand is, a string is behind its quote, and constants, `let` and comparisons for equality are nowhere.

import { ops } from "./code.js"
import { Op } from "./op.js"
import { type Span, sourceOf } from "./span.js"

/** The place that errors name for the expression at `pc`; 0 for none. */
export function placeOfCode(pc: number): Span {
  switch (ops[pc] as Op) {
    case Op.Const:
    case Op.HomePath:
    case Op.Let:
    case Op.Equal:
    case Op.NotEqual:
      return 0
    case Op.List:
      return ops[pc + 2] === 0 ? 0 : placeOfCode(ops[pc + 3])
    case Op.Not:
    case Op.HasAttr:
      return placeOfCode(ops[pc + 2])
    case Op.Interpolate:
      return behindQuote(ops[pc + 1])
    default:
      return ops[pc + 1]
  }
}

/** Only of a quoted string: one between two quotes each is where it begins. */
function behindQuote(span: Span): Span {
  const source = sourceOf(span)
  return source?.text[span - source.base] === '"' ? span + 1 : span
}
