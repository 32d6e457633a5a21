// Makes V8 collect its garbage now. By itself it waits until there is as much garbage as live memory, which is 400 MB in a large
// fleet. The best moment is when the values of an evaluation have just been dropped.

import { setFlagsFromString } from "node:v8"
import { runInNewContext } from "node:vm"

let collect: (() => void) | undefined

/** Collects all garbage of this thread. */
export function collectGarbage(): void {
  if (collect === undefined) {
    setFlagsFromString("--expose-gc")
    collect = runInNewContext("gc") as () => void
  }
  collect()
}
