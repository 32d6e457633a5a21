// Turns exhaustion of the JavaScript engine (stack, heap) into errors of the program.
//
// The evaluator counts calls and fails with Nix's error long before the stack ends. Only recursion without calls ends here, such as
// printing a set that is nested a million levels deep.

import type { Span } from "../code/span.js"
import type { Evaluator } from "../evaluator.js"
import { EvalError } from "./error.js"

/** Nix's default for `max-call-depth`, and one call more: it compares before it counts. */
export const MAX_CALL_DEPTH = 10_001

/** The error of a call that was counted already, and is not made. */
export function tooDeep(ev: Evaluator, span: Span): EvalError {
  ev.depth--
  return endless(span)
}

/** The error of going deeper than calls may. */
export function endless(span: Span = 0): EvalError {
  return new EvalError("stack-overflow", "stack overflow; max-call-depth exceeded", span)
}

/**
 * One level deeper into a value, which Nix counts as a call; whoever comes back, also by exception, takes it off `ev.depth`.
 * @param where finds a better place than `span`
 * @throws EvalError `stack-overflow`
 */
export function descend(ev: Evaluator, span: Span, where?: () => Span): void {
  if (++ev.depth > MAX_CALL_DEPTH) throw tooDeep(ev, where?.() ?? span)
}

/**
 * Runs an evaluation at its outermost point.
 * @throws EvalError also for an exhausted stack and for strings or lists beyond what the machine can hold; everything else
 * (`Cancelled`, defects) passes through. Lack of memory is no exception: it ends the thread.
 */
export function withinLimits<T>(evaluate: () => T): T {
  try {
    return evaluate()
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw error.message.startsWith("Maximum call stack")
      ? new EvalError("stack-overflow", "stack overflow (possible infinite recursion)")
      : new EvalError("invalid-value", `a value is too large to be held (${error.message})`)
  }
}
