// Layer 4: what the repository is: flake, lock, inputs, hosts, aspects, overlays, inventory, vars.

export type * from "./model.js"
export { connectFleet, FleetUnavailable } from "./session-client.js"
export type * from "./session-port.js"
export { type OpenSession, serveFleet } from "./session-server.js"
export type * from "./session-wire.js"
