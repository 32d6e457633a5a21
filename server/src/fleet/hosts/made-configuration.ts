// The result of a module evaluation that somebody wraps: functions such as `homeManagerConfiguration` give away only a part
// of it, or all of it only when they have gone through assertions. Evaluation tells of every result when it is made.

import type { Attrs, Evaluator } from "../../eval/index.js"
import { tryText } from "../../modules/index.js"

/** Ends an evaluation that has come to what it was run for. Not an error of the program, so no thunk remembers it. */
class Found {
  constructor(readonly configuration: Attrs) {}
}

/** The first configuration of a class that comes about while something is evaluated; if none does, what it evaluates to. */
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
