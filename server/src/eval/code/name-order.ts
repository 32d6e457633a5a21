// Which of several undefined variables in one text is told. Nix looks at the attributes of a set, the variables of a `let` and
// the parameters of a function in the order in which it met their names: its own first, then as they come in the text.
//
// Names that an earlier file of the same evaluation had would come before those of the text; that is not followed.

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
