// When V8 makes machine code of what it runs. On the command line late: a program such as `hello` is over before it pays, and
// waiting takes an eighth of it away. Once an evaluation turns out to be long, sooner; a NixOS system then takes no longer.
// A first hover is like `hello` (1.1 s of CPU on the example in place of 1.7), and those after it are not.
//
// V8 looks at a function when it has run for a budget, in bytes of its code.

import { setFlagsFromString } from "node:v8"
import type { CancelFlag } from "../base/index.js"

const budgets = {
  /** V8's own, for what lives long: an editor's process after the first answer. */
  soon: 67_584,
  long: 300_000,
  late: 1_000_000,
}

/** How often an evaluation asks whether it is cancelled, once in 4,096 calls, until it is long; `hello` makes 53,000. */
const LONG = 16

let chosen: keyof typeof budgets | undefined

/** Says when from now on, in all threads. */
export function makeMachineCode(when: keyof typeof budgets): void {
  chosen = when
  setFlagsFromString(`--interrupt-budget=${budgets[when]}`)
}

/** The same flag, or one that is never raised. Being asked tells it how long evaluation is taking. */
export function watchForLongRuns(cancel?: Pick<CancelFlag, "raised">): Pick<CancelFlag, "raised"> {
  let asked = 0
  return {
    get raised() {
      if (++asked === LONG && chosen !== "soon") makeMachineCode("long")
      return cancel?.raised === true
    },
  }
}
