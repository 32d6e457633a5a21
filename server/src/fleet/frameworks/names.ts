// The names of a set, as text.

import { type Attrs, nameOf, textOfBytes } from "../../eval/index.js"

/** Attribute names, sorted as Nix sorts them. */
export function namesOf(attrs: Attrs): string[] {
  return Array.from(attrs.shape.sorted, slot => textOfBytes(nameOf(attrs.shape.keys[slot])))
}
