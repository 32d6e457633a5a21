// Gets the result of a module evaluation out of a function that wraps it: `homeManagerConfiguration` and others return only a part
// of the result, or check assertions first. The evaluator reports every result when it is made.

import type { Attrs, Evaluator } from "../../eval/index.js"
import { tryText } from "../../modules/index.js"

/** Thrown to end an evaluation that has come far enough. It is no EvalError, so no thunk keeps it. */
class Found {
  constructor(readonly configuration: Attrs) {}
}

/** The first configuration of a class that is made while `evaluate` runs; if none is, the result of `evaluate`. */
export function madeConfiguration(ev: Evaluator, wantedClass: string, evaluate: () => Attrs): Attrs {
  const listener = ev.onConfiguration
  ev.onConfiguration = configuration => {
    if (tryText(ev, configuration, "class") === wantedClass) throw new Found(configuration)
    listener?.(configuration)
  }
  try {
    return evaluate()
  } catch (end) {
    if (end instanceof Found) return end.configuration
    throw end
  } finally {
    ev.onConfiguration = listener
  }
}
