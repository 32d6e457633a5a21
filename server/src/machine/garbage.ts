// Asks V8 to collect its garbage now. V8 waits until there is as much garbage as there is memory that lives, which on a large
// fleet is 400 MB; when everything that was evaluated has just been dropped is a good moment.

import { setFlagsFromString } from "node:v8"
import { runInNewContext } from "node:vm"

let collect: (() => void) | undefined

export function collectGarbage(): void {
  if (collect === undefined) {
    setFlagsFromString("--expose-gc")
    collect = runInNewContext("gc") as () => void
  }
  collect()
}
