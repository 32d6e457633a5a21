// `zipAttrsWith`, which the module system uses to join definitions: from a list of sets to one set of lists.

import type { Evaluator } from "../evaluator.js"
import { delayCall2 } from "../interpreter/force.js"
import { EMPTY_ATTRS, mem, newList, type Slot, slotOf, Tag } from "../values/heap.js"
import { internShape, shapeById } from "../values/shape.js"
import { newAttrs } from "../values/value.js"

/**
 * Joins sets into one: each name gets `fn name values`, with the values of that name in order.
 * @param list address of the list of sets
 */
export function zipAttrsWith(ev: Evaluator, fn: Slot, list: number): Slot {
  const sets = new Array<number>(mem[list])
  for (let i = 0; i < sets.length; i++) sets[i] = ev.attrsAt(mem[list + 1 + i])
  const size = numbered(sets)
  try {
    return zipped(ev, fn, sets, size)
  } finally {
    for (let i = 0; i < size; i++) numbers[names[i]] = 0
  }
}

// Nothing is evaluated while sets are joined, so these serve every call.

/** By symbol: one more than its place among the names that are being joined. All 0 in between. */
let numbers = new Int32Array(2 ** 17)
/** The names, in the order in which they are met. */
let names = new Int32Array(2 ** 10)
/** Of each name: how many sets have it; then where its next value goes. */
let places = new Int32Array(2 ** 10)

/** Numbers the names of the sets at some addresses, counts how many have each, and says how many names there are. */
function numbered(sets: readonly number[]): number {
  let size = 0
  for (let i = 0; i < sets.length; i++) {
    const shape = shapeById[mem[sets[i]]]
    for (let slot = 0; slot < shape.size; slot++) {
      const name = shape.keyAt(slot)
      if (name >= numbers.length) numbers = enlarged(numbers, name)
      const number = numbers[name]
      if (number !== 0) places[number - 1]++
      else {
        if (size === names.length) {
          names = enlarged(names, size)
          places = enlarged(places, size)
        }
        names[size] = name
        places[size] = 1
        numbers[name] = ++size
      }
    }
  }
  return size
}

function zipped(ev: Evaluator, fn: Slot, sets: readonly number[], size: number): Slot {
  if (size === 0) return EMPTY_ATTRS
  const at = newAttrs(internShape(names.subarray(0, size), undefined))
  for (let i = 0; i < size; i++) {
    const values = newList(places[i])
    places[i] = values + 1
    const name = (names[i] << 3) | Tag.Name
    mem[at + 1 + i] = delayCall2(ev, fn, name, slotOf(values, Tag.List))
  }
  for (let i = 0; i < sets.length; i++) {
    const shape = shapeById[mem[sets[i]]]
    for (let slot = 0; slot < shape.size; slot++)
      mem[places[numbers[shape.keyAt(slot)] - 1]++] = mem[sets[i] + 1 + slot]
  }
  return slotOf(at, Tag.Attrs)
}

function enlarged(array: Int32Array, index: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(2 * index)
  larger.set(array)
  return larger
}
