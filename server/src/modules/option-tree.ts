// Goes through a tree of options as it is declared: forces the levels, never a value of an option.

import { Attrs, type Evaluator, nameOf, textOfBytes } from "../eval/index.js"
import { tryForce } from "./attempt.js"
import { isOption } from "./option-target.js"

/** Levels of the tree that are looked through; aspects are kept near the top. */
const MAX_LEVELS = 6

/** Shows every option of a tree that some names lead to, with the names that lead to it. */
export function eachOption(
  ev: Evaluator,
  level: Attrs,
  at: readonly string[],
  names: readonly string[],
  visit: (option: Attrs, names: readonly string[]) => void,
): void {
  if (names.length > MAX_LEVELS) return
  const wanted = at[names.length]
  for (const slot of level.shape.sorted) {
    const name = textOfBytes(nameOf(level.shape.keys[slot]))
    if (name.startsWith("_") || (wanted !== undefined && name !== wanted)) continue
    const value = tryForce(ev, level.at(slot))
    if (!(value instanceof Attrs)) continue
    const below = [...names, name]
    if (isOption(ev, value)) visit(value, below)
    else eachOption(ev, value, at, below, visit)
  }
}
