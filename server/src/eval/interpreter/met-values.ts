// Which values a walk came through, so that one that contains itself ends.
//
// Nix knows a value by the cell that holds it. A set or a list that was written where it is has no other cell; a call, a selection
// or an `if` copies what it gives to a cell of its own, and what is in two cells is gone through twice. Messages and traces show it.

import { ops } from "../code/code.js"
import { Op } from "../code/op.js"
import { Tag } from "../values/heap.js"
import { identityOf, type Lazy, Thunk, type Value } from "../values/value.js"

const writesItself = new Set([Op.Attrs, Op.ConfigurationAttrs, Op.RecAttrs, Op.List])

export class MetValues {
  private readonly cells = new Set<unknown>()
  /** Values of cells that are not their own. */
  private readonly copied = new Set<unknown>()

  /** Whether the walk came through a place before, which has been evaluated. */
  has(place: Lazy, value: Value): boolean {
    const cell = cellOf(place, value)
    if (cell !== undefined) return this.cells.has(cell)
    const identity = identityOf(value)
    return this.cells.has(identity) || this.copied.has(identity)
  }

  add(place: Lazy, value: Value): void {
    const identity = identityOf(value)
    const cell = cellOf(place, value) ?? identity
    this.cells.add(cell)
    if (cell !== identity) this.copied.add(identity)
  }
}

/** Undefined for what was evaluated before it was put into its place: that may be the one or the other. */
function cellOf(place: Lazy, value: Value): unknown {
  if (!(place instanceof Thunk) || (place.slot & 7) !== Tag.Thunk) return undefined
  return writesItself.has(ops[place.pc]) ? identityOf(value) : place.slot
}
