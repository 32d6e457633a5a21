// The class that a module is for: its `_class`, which flake-parts sets for each of `flake.modules`. Configurations of another class
// refuse the module, so whoever looks for its importers need not evaluate them.

import { Attrs, type Evaluator, fromPlain, textOfBytes, type Value } from "../eval/index.js"
import type { ModuleOption } from "./aspect-options.js"
import { attempt, tryAttr, tryForce, tryText } from "./attempt.js"
import { fitsStep, type ModuleStep } from "./module-step.js"

/** The class of the module with the wanted names below an option; undefined if it has none. */
export function statedClass(
  ev: Evaluator,
  { option, steps }: ModuleOption,
  isWanted: (names: readonly string[]) => boolean,
): string | undefined {
  const module = moduleBelow(ev, tryAttr(ev, option, "value"), steps, [], isWanted)
  if (module === undefined) return undefined
  const stated = module instanceof Attrs ? module : calledWithNothing(ev, module)
  return stated instanceof Attrs ? tryText(ev, stated, "_class") : undefined
}

/** What flake-parts makes is a function that wants no argument. One that wants some fails, and so says nothing here. */
function calledWithNothing(ev: Evaluator, module: Value): Value | undefined {
  return attempt(ev, () => ev.call(module, fromPlain({}))).value
}

/** Evaluates the sets on the way and the wanted module, but no other module. */
function moduleBelow(
  ev: Evaluator,
  value: Value | undefined,
  [step, ...rest]: readonly ModuleStep[],
  names: readonly string[],
  isWanted: (names: readonly string[]) => boolean,
): Value | undefined {
  if (step === undefined) return isWanted(names) ? value : undefined
  if (!(value instanceof Attrs)) return undefined
  for (const slot of value.shape.sorted) {
    const name = textOfBytes(value.shape.nameAt(slot))
    const below = [...names, name]
    if (!fitsStep(name, step) || (rest.length === 0 && !isWanted(below))) continue
    const found = moduleBelow(ev, tryForce(ev, value.at(slot)), rest, below, isWanted)
    if (found !== undefined) return found
  }
  return undefined
}
