// Builtins that ask about the surroundings of an evaluation.

import type { BuiltinRow } from "../values/value.js"

export const worldBuiltins: Readonly<Record<string, BuiltinRow>> = {
  getEnv: {
    args: ["s"],
    strict: 1,
    doc: "Return the value of an environment variable; in pure evaluation, and for one that is not set, the empty string.",
    call: (ev, s) => ev.io.getEnv(ev.text(s)),
  },
}
