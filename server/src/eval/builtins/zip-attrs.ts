// `zipAttrsWith`, which the module system uses to join definitions: from a list of sets to one set of lists.

import { CALL_TWO_FROM } from "../code/code.js"
import type { Evaluator } from "../evaluator.js"
import { delayCall2 } from "../interpreter/force.js"
import { EMPTY_ATTRS, mem, newList, type Slot, slotOf, Tag } from "../values/heap.js"
import { internShape, shapeById } from "../values/shape.js"
import type { Sym } from "../values/symbol.js"
import { newAttrs } from "../values/value.js"

/**
 * Joins sets into one: each name gets `fn name values`, with the values of that name in order.
 * @param list address of the list of sets
 */
export function zipAttrsWith(ev: Evaluator, fn: Slot, list: number): Slot {
  const sets = new Array<number>(mem[list])
  for (let i = 0; i < sets.length; i++) sets[i] = ev.attrsAt(mem[list + 1 + i])
  const keys: Sym[] = []
  try {
    return zipped(ev, fn, sets, keys, numbered(sets, keys))
  } finally {
    for (let i = 0; i < keys.length; i++) numbers[keys[i]] = 0
  }
}

/** By symbol: one more than its place among the names that are being joined. All 0 in between, since then nothing is evaluated. */
let numbers = new Int32Array(2 ** 17)

/** Numbers the names of the sets at some addresses in the order in which they are met; gives how many sets have each. */
function numbered(sets: readonly number[], keys: Sym[]): number[] {
  const counts: number[] = []
  for (let i = 0; i < sets.length; i++) {
    const names = shapeById[mem[sets[i]]].keys
    for (let slot = 0; slot < names.length; slot++) {
      const name = names[slot]
      if (name >= numbers.length) numbers = enlarged(numbers, name)
      const number = numbers[name]
      if (number !== 0) counts[number - 1]++
      else {
        numbers[name] = keys.push(name)
        counts.push(1)
      }
    }
  }
  return counts
}

function zipped(
  ev: Evaluator,
  fn: Slot,
  sets: readonly number[],
  keys: readonly Sym[],
  counts: readonly number[],
): Slot {
  if (keys.length === 0) return EMPTY_ATTRS
  const at = newAttrs(internShape(new Int32Array(keys), undefined))
  // Where the next value of each name goes.
  const next = new Array<number>(keys.length)
  for (let i = 0; i < keys.length; i++) {
    const values = newList(counts[i])
    next[i] = values + 1
    const name = (keys[i] << 3) | Tag.Name
    mem[at + 1 + i] = delayCall2(ev, fn, name, slotOf(values, Tag.List), CALL_TWO_FROM)
  }
  for (let i = 0; i < sets.length; i++) {
    const names = shapeById[mem[sets[i]]].keys
    for (let slot = 0; slot < names.length; slot++)
      mem[next[numbers[names[slot]] - 1]++] = mem[sets[i] + 1 + slot]
  }
  return slotOf(at, Tag.Attrs)
}

function enlarged(array: Int32Array, index: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(2 * index)
  larger.set(array)
  return larger
}
