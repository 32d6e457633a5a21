// Canopy: Show Output, where the log of client and server is.

import type { Context } from "../context.js"

/** Brings the log of client and server to the front. */
export function showOutput({ output }: Context): void {
  output.show()
}
