// The order in which Nix looks at the attributes of a set, the variables of a `let` and the parameters of a function: that in which it
// met their names. It decides two things: which of several undefined variables is told, and of `b = c; c = [ ];` whether `b` is the value
// of `c`, which it is if that is there already, or a later one of its own.
//
// Nix's own names come first, then those of the text as they come in it. Names that an earlier file of the same evaluation had would come
// before those of the text; that is not followed, since code is kept for other evaluations.

import { type Expr, withoutParens } from "../../syntax/index.js"
import { intern } from "../values/symbol.js"
import { firstNames } from "./first-names.js"

/** The place of a name in Nix's order; `start` is where it is written, for names that are no words. */
export type NameRank = (name: string, start: number) => number

/** The order in which Nix looks at the names of a text. */
export function rankNames(text: string): NameRank {
  const ranks = new Map<string, number>()
  for (const { 0: word, index } of text.matchAll(/[A-Za-z_][\w'-]*/g))
    if (!ranks.has(word)) ranks.set(word, firstNames.length + index)
  firstNames.forEach((name, at) => {
    ranks.set(name, at)
  })
  return (name, start) => ranks.get(name) ?? firstNames.length + start
}

/** The order in which Nix makes the values of the names of a text, given as they come there. */
export function rankValues(names: Int32Array): NameRank {
  const places = new Map(Array.from(names, (symbol, place) => [symbol, firstNames.length + place]))
  return name => {
    const symbol = intern(name)
    return symbol < firstNames.length ? symbol : (places.get(symbol) ?? 0)
  }
}

/** Whether an expression only stands for the value of one of some names. */
export function isAlias(expr: Expr | undefined, names: { has(name: string): boolean }): boolean {
  const bare = expr && withoutParens(expr)
  return bare?.kind === "variable" && names.has(bare.name)
}
