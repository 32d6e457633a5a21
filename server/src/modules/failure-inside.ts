// Finds a failure somewhere inside a value that has no JSON form.

import { Attrs, type EvalError, type Evaluator, identityOf, intern, type Lazy } from "../eval/index.js"
import { Allowance } from "./allowance.js"
import { attempt } from "./attempt.js"
import { isDerivation } from "./render.js"

const MAX_DEPTH = 6
const MAX_VALUES = 20_000

const OUT_PATH = intern("outPath")

/**
 * The first failure that printing all of a value would meet, as far as it goes on in sets and lists; derivations are not
 * opened. What throws may do so by design, as removed packages do; what `tryEval` does not catch is a mistake.
 */
export function failureInside(
  ev: Evaluator,
  place: Lazy,
  allowance = new Allowance(),
): EvalError | undefined {
  return new FailureSearch(ev, allowance).place(place, 0)
}

class FailureSearch {
  private looked = 0
  private readonly met = new Set<unknown>()

  constructor(
    private readonly ev: Evaluator,
    private readonly allowance: Allowance,
  ) {}

  place(place: Lazy, depth: number): EvalError | undefined {
    if (this.allowance.isSpent(++this.looked, MAX_VALUES)) return undefined
    const { value, error } = attempt(this.ev, () => this.ev.force(place))
    if (error !== undefined) return error.catchable ? undefined : error
    if (depth >= MAX_DEPTH || !(value instanceof Attrs || Array.isArray(value))) return undefined
    if (this.met.has(identityOf(value))) return undefined
    this.met.add(identityOf(value))
    return value instanceof Attrs ? this.attrs(value, depth) : this.first(value, depth)
  }

  private attrs(attrs: Attrs, depth: number): EvalError | undefined {
    if (isDerivation(this.ev, attrs)) return undefined
    const outPath = attrs.get(OUT_PATH)
    return outPath === undefined
      ? this.first(
          Array.from(attrs.shape.sorted, slot => attrs.at(slot)),
          depth,
        )
      : this.place(outPath, depth + 1)
  }

  private first(parts: readonly Lazy[], depth: number): EvalError | undefined {
    for (const part of parts) {
      const error = this.place(part, depth + 1)
      if (error !== undefined) return error
    }
    return undefined
  }
}
