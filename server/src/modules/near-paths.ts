// "Did you mean services.openssh.enable?": paths like one that leads nowhere, in which one name is spelled otherwise.

import { type Attrs, type Evaluator, nearNames } from "../eval/index.js"
import { findTarget, namesAfter } from "./option-target.js"

// Of a shorter name, next to nothing would be left.
const SHORTEST = 3

/** The most similar come first. If what follows the name leads nowhere either, the path ends with the name. */
export function nearPaths(ev: Evaluator, configuration: Attrs, path: readonly string[]): string[][] {
  const leads = (path: readonly string[]) => findTarget(ev, configuration, path).kind !== "missing"
  const wrong = path.findIndex((_, i) => !leads(path.slice(0, i + 1)))
  if (wrong < 0 || path[wrong].length < SHORTEST) return []
  const before = path.slice(0, wrong)
  const after = path.slice(wrong + 1)
  return nearNames([[path[wrong], namesAfter(ev, configuration, before)]]).map(name => {
    const whole = [...before, name, ...after]
    return leads(whole) ? whole : [...before, name]
  })
}
