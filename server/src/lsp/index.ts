// Layer 6: the Language Server Protocol, and the only place that knows it.

export { openedAhead } from "./ahead.js"
export type { Announcement } from "./protocol.js"
export { serve } from "./server.js"
export type * from "./world.js"
