// Goes through a tree of options as it is declared: forces the levels, never a value of an option.

import { Attrs, type Evaluator, textOfBytes } from "../eval/index.js"
import { tryForce } from "./attempt.js"
import { aliasTarget } from "./option-alias.js"
import { isOption } from "./option-target.js"

/** Levels of the tree that are looked through; aspects are kept near the top. */
const MAX_LEVELS = 6

/** An option of a tree, and the names that lead to it. */
interface FoundOption {
  readonly option: Attrs
  readonly names: readonly string[]
}

/**
 * Every option of a tree that the names `at` lead to, but for internal ones, which have a `_` before their name and no other one.
 * @param names those that lead to `level`, from the top of the tree
 */
export function* optionsIn(
  ev: Evaluator,
  level: Attrs,
  at: readonly string[],
  names: readonly string[] = [],
): Iterable<FoundOption> {
  if (names.length > MAX_LEVELS) return
  const wanted = at[names.length]
  for (const slot of level.shape.sorted) {
    const name = textOfBytes(level.shape.nameAt(slot))
    if (wanted !== undefined && name !== wanted) continue
    const value = tryForce(ev, level.at(slot))
    if (!(value instanceof Attrs) || (name.startsWith("_") && !isAlias(ev, value))) continue
    const below = [...names, name]
    if (isOption(ev, value)) yield { option: value, names: below }
    else yield* optionsIn(ev, value, at, below)
  }
}

function isAlias(ev: Evaluator, value: Attrs): boolean {
  return isOption(ev, value) && aliasTarget(ev, value) !== undefined
}
