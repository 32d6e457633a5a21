// Where a value is that is a function, and what is asked for there.

import { spanOf, spanOfRest } from "../code/code.js"
import type { Span } from "../code/span.js"
import { EvalError } from "../errors/error.js"
import { placeOfSet } from "../errors/place-of-result.js"
import type { Evaluator } from "../evaluator.js"
import { mem, type Slot, Tag } from "../values/heap.js"
import { shapeById } from "../values/shape.js"
import { box, Lambda, type Lazy, objectAt, Partial, Thunk, type Value } from "../values/value.js"
import { delayedFunction, force, valueOfThunk } from "./force.js"

/** Where a function is that is a value; 0 for what was not written. */
export function placeOfLambda(value: Slot): Span {
  if ((value & 7) === Tag.Lambda) return spanOf(mem[value >>> 2])
  const object = (value & 7) > Tag.Int ? objectAt(value) : undefined
  return object instanceof Partial && object.fn instanceof Lambda ? spanOfRest(object.fn.pc, object.given) : 0
}

/**
 * Where a value is to Nix before it is asked for: a function or a set that is there, or the function of a call that a builtin has
 * put off.
 * It takes reading the text once more, so it is found when that has failed.
 */
export function placeOfDelayed(place: Lazy): () => Span {
  const value = place instanceof Thunk ? valueOfThunk(place) : place
  if (value !== undefined) return () => placeOfCallable(box(value))
  const fn = place instanceof Thunk ? delayedFunction(place) : 0
  return () => placeOfCallable(fn)
}

/** Where a function is, or a set that can be called; 0 for what was not written. */
function placeOfCallable(fn: Slot): Span {
  return (fn & 7) === Tag.Attrs ? placeOfSet(shapeById[mem[fn >>> 2]]) : placeOfLambda(fn)
}

/** The value of a place; what fails in a call that was put off was called from there. */
export function forcedFrom(ev: Evaluator, site: () => Span, place: Lazy): Value {
  try {
    return force(ev, place)
  } catch (error) {
    if (error instanceof EvalError) {
      const span = site()
      error.addSite(span)
      error.askedAt(span)
    }
    throw error
  }
}
