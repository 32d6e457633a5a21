// String literals of both forms, with interpolation, and paths with interpolation.

import { atom, type Expression, type Piece, piece } from "../expression.js"
import type { Generator } from "./generator.js"
import { texts } from "./literals.js"

/** `".."` of pieces. */
export function quotedString(g: Generator): Expression {
  return atom`"${g.random.some(1, 4, () => quotedPiece(g))}"`
}

function quotedPiece(g: Generator): Piece {
  return g.random.chance(0.5) ? interpolation(g) : piece`${g.random.pick(texts)}`
}

/** `${..}` of something that can become a string, mostly. */
function interpolation(g: Generator): Piece {
  return piece`\${${coercible(g)}}`
}

export function coercible(g: Generator): Expression {
  const kind = g.random.pickWeighted([
    { weight: 8, item: "string" as const },
    { weight: 2, item: "path" as const },
    { weight: 2, item: "derivation" as const },
    { weight: 0.5, item: "int" as const },
    { weight: 0.5, item: "attrs" as const },
  ])
  return g.of(kind)
}

const indentedTexts = [
  "a",
  "foo bar",
  "$",
  "$$",
  "''$",
  "''${x}",
  "'''",
  "''\\n",
  "''\\t",
  "''\\\\",
  "\\",
  '"',
  "'",
  "é",
  "\t",
  "  ",
  " ",
  "",
]

/** `''..''` of lines, whose indentation Nix takes away as far as they share it. */
export function indentedString(g: Generator): Expression {
  if (!g.indents) return quotedString(g)
  const first = g.random.chance(0.7) ? "\n" : ""
  const lines = g.random.some(1, 4, () => line(g))
  const last = g.random.pick(["", "  ", "\n", "    "])
  return atom`''${first}${lines}${last}''`
}

function line(g: Generator): Piece {
  const indentation = " ".repeat(g.random.below(5))
  const pieces = g.random.some(0, 3, () =>
    g.random.chance(0.35) ? interpolation(g) : piece`${g.random.pick(indentedTexts)}`,
  )
  // A quote at the end of one piece must not meet one at the start of the next, which would end the string.
  return piece`${indentation}${pieces.flatMap(part => [part, " "])}${g.random.chance(0.8) ? "\n" : ""}`
}

/** `./a${..}/b`. */
export function interpolatedPath(g: Generator): Expression {
  const start = g.random.pick(["./world/", "/x", "../a-"])
  const end = g.random.pick(["", "/inner.txt", ".nix", "/."])
  return atom`${start}\${${g.of(g.random.chance(0.9) ? "string" : "path")}}${end}`
}
