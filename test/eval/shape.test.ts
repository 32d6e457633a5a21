// Shapes: what overlays make of large sets finds every name where it is, and is the same shape however it came about.

import assert from "node:assert/strict"
import {
  findings,
  forgetFindingsOfShapes,
  internShape,
  type Shape,
  type UpdatePlan,
} from "../../server/src/eval/values/shape.js"
import { intern } from "../../server/src/eval/values/symbol.js"

/** A shape of the names `n<from>` to `n<to>` that were all written at one position. */
function shapeOf(from: number, to: number, span: number): Shape {
  const keys = Int32Array.from({ length: to - from }, (_, i) => intern(`n${from + i}`))
  return internShape(keys, new Int32Array(keys.length).fill(span))
}

/** To which slot each of the right values goes. */
function movesOf({ right, to }: UpdatePlan): number[] {
  return Array.from(findings.subarray(to, to + right.size))
}

/** Where each name was written, as `left // right` has it. */
function positions(...shapes: Shape[]): Map<number, number> {
  return new Map(shapes.flatMap(shape => Array.from(shape.keys, (key, slot) => [key, shape.spanAt(slot)])))
}

describe("shapes of large sets under overlays", () => {
  // Each overlay replaces a few names and adds a few: more layers than one lookup may go through.
  const overlays = Array.from({ length: 12 }, (_, i) => shapeOf(95 + 9 * i, 110 + 9 * i, 2 + i))
  const base = shapeOf(0, 100, 1)
  const whole = overlays.reduce((left, right) => left.update(right).shape, base)

  it("have every name once, at the position that the last overlay gave it", () => {
    const wanted = positions(base, ...overlays)
    assert.equal(whole.size, wanted.size)
    for (const [key, span] of wanted) {
      const slot = whole.find(key)
      assert.deepEqual([whole.keyAt(slot), whole.spanAt(slot)], [key, span])
    }
  })
  it("have and make the same when what was found of them is forgotten", () => {
    const places = Array.from(whole.keys, key => whole.find(key))
    const joined = base.update(overlays[0])
    const moves = movesOf(joined)
    forgetFindingsOfShapes()
    const again = base.update(overlays[0])
    assert.notEqual(again, joined, "found anew")
    assert.deepEqual([again.shape, movesOf(again)], [joined.shape, moves])
    assert.deepEqual(
      Array.from(whole.keys, key => whole.find(key)),
      places,
    )
  })
  it("have no other names", () => {
    assert.equal(whole.find(intern("n210")), -1)
    assert.equal(whole.find(intern("another")), -1)
  })
  it("are the one shape of their names and positions", () => {
    assert.equal(
      internShape(
        Array.from(whole.keys),
        Array.from(whole.keys, (_, slot) => whole.spanAt(slot)),
      ),
      whole,
    )
    const moved = base.update(shapeOf(50, 51, 7)).shape
    assert.notEqual(moved, base)
    assert.equal(moved.update(shapeOf(50, 51, 1)).shape, base)
  })
  it("stay where they are under what changes nothing", () => {
    assert.equal(whole.update(overlays[11]).shape, whole)
  })
})
