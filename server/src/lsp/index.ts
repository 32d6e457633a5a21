// Layer 6: the Language Server Protocol, and the only place that knows it.

export { serve } from "./server.js"
export type * from "./world.js"
