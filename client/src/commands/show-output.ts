// Canopy: Show Output. Shows the log of client and server.

import type { Context } from "../context.js"

/** Brings the log of client and server to the front. */
export function showOutput({ output }: Context): void {
  output.show()
}
