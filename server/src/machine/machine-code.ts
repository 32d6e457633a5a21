// Decides when V8 turns functions into machine code. On the command line that is late: evaluating `hello` ends before machine code
// pays off, and waiting saves an eighth of its time. Once an evaluation turns out to be long, it is sooner, so that a NixOS system
// takes no longer than by default. A first hover is like `hello` (1.1 s of CPU on the example instead of 1.7), later ones are not.
//
// V8 considers a function once it has used up a budget, counted in bytes of its bytecode.

import { setFlagsFromString } from "node:v8"
import type { CancelFlag } from "../base/index.js"

const budgets = {
  /** V8's default, for processes that live long: an editor's after its first answer. */
  soon: 67_584,
  long: 300_000,
  late: 1_000_000,
}

/** An evaluation is long when it has asked so often, once in 4,096 calls, whether it is cancelled. `hello` makes 53,000 calls. */
const LONG = 16

let chosen: keyof typeof budgets | undefined

/** Sets the budget from now on, for all threads of the process. */
export function makeMachineCode(when: keyof typeof budgets): void {
  chosen = when
  setFlagsFromString(`--interrupt-budget=${budgets[when]}`)
}

/** Wraps a flag, or one that is never raised, and notices by how often it is asked that an evaluation is long. */
export function watchForLongRuns(cancel?: Pick<CancelFlag, "raised">): Pick<CancelFlag, "raised"> {
  let asked = 0
  return {
    get raised() {
      if (++asked === LONG && chosen !== "soon") makeMachineCode("long")
      return cancel?.raised === true
    },
  }
}
