// The members of a set by name, for sets that are read as a table: machines, users, generators.

import { Attrs, type Evaluator, textOfBytes } from "../eval/index.js"
import { tryForce } from "./attempt.js"

/** Attribute names as text, sorted as Nix sorts them. */
export function namesOf(attrs: Attrs): string[] {
  return Array.from(attrs.shape.sorted, slot => textOfBytes(attrs.shape.nameAt(slot)))
}

/** The members that are sets themselves. What fails is left out. */
export function setsIn(ev: Evaluator, attrs: Attrs): (readonly [name: string, set: Attrs])[] {
  return Array.from(attrs.shape.sorted).flatMap(slot => {
    const value = tryForce(ev, attrs.at(slot))
    return value instanceof Attrs ? [[textOfBytes(attrs.shape.nameAt(slot)), value] as const] : []
  })
}
