// A failing expression made small: as long as some smaller variant still fails, the smallest of them takes its place.

import { parse } from "../../server/src/syntax/index.js"
import { type Expression, type Part, type Piece, show, text } from "./expression.js"

/** The place of the first source that still fails. */
export type FirstFailing = (sources: readonly string[]) => Promise<number | undefined>

const constants = ["1", "{}", "[]", '""', "null", "x: x"].map(text)
/** How many variants are tried in one evaluation. */
const ROUND = 250
/** How often an expression is made smaller at the most. */
const ROUNDS = 60

/** The smallest expression found that fails as the given one does. */
export async function shrink(failing: Expression, firstFailing: FirstFailing): Promise<Expression> {
  let best = failing
  for (let round = 0; round < ROUNDS; round++) {
    const smaller = await smallestFailing(smallerThan(best), firstFailing)
    if (smaller === undefined) return best
    best = smaller
  }
  return best
}

/** Asks in rounds, shortest first, since one that fails makes all longer ones uninteresting. */
async function smallestFailing(
  variants: readonly Expression[],
  firstFailing: FirstFailing,
): Promise<Expression | undefined> {
  for (let start = 0; start < variants.length; start += ROUND) {
    const asked = variants.slice(start, start + ROUND)
    const found = await firstFailing(asked.map(show))
    if (found !== undefined) return asked[found]
  }
  return undefined
}

/** Shorter variants of an expression, shortest first; they are Nix if it is. */
function smallerThan(expression: Expression): Expression[] {
  const whole = show(expression)
  const limit = whole.length
  const parses = parse(whole).problems.length === 0
  const bySource = new Map<string, Expression>()
  for (const variant of variantsOf(expression)) {
    const source = show(variant)
    if (source.length < limit) bySource.set(source, variant)
  }
  return [...bySource]
    .sort(([a], [b]) => a.length - b.length)
    .filter(([source]) => !parses || parse(source).problems.length === 0)
    .map(([, variant]) => variant)
}

/** The expression with one place in it changed: replaced by what is below it or by a constant, or left out. */
function* variantsOf(expression: Expression): Iterable<Expression> {
  yield* constants
  yield* expressionsIn(expression)
  for (const parts of variantsOfParts(expression.parts)) yield { ...expression, parts }
}

function* variantsOfPiece(piece: Piece): Iterable<Piece> {
  yield { role: "piece", parts: [] }
  for (const parts of variantsOfParts(piece.parts)) yield { ...piece, parts }
}

function* variantsOfParts(parts: readonly Part[]): Iterable<readonly Part[]> {
  for (const [i, part] of parts.entries()) {
    if (typeof part === "string") continue
    const variants = part.role === "piece" ? variantsOfPiece(part) : variantsOf(part)
    for (const variant of variants) yield parts.with(i, variant)
  }
}

/** The nearest expressions below. */
function* expressionsIn({ parts }: Expression | Piece): Iterable<Expression> {
  for (const part of parts) {
    if (typeof part === "string") continue
    if (part.role === "expression") yield part
    else yield* expressionsIn(part)
  }
}
