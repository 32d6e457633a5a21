// Layer 4: what the repository is: flake, lock, inputs, hosts, aspects, overlays, inventory, vars.

export { aspectAt, aspectKey, containerOf, nameBelow } from "./aspects/aspect-path.js"
export type { AskedPaths, FileStat, Files } from "./files.js"
export { ChangeCounter, OverlaidFiles } from "./files.js"
export {
  newFlakeCaches,
  type OpenFlake,
  type OpenSettings,
  openFlake,
} from "./flake/flake.js"
export type { Machine } from "./flake/flake-io.js"
export type { FlakeProblem } from "./flake/flake-problem.js"
export { type FlakeRef, FlakeRefError } from "./flake/flake-ref.js"
export { isPathRef, parseFlakeRef } from "./flake/flake-ref-parse.js"
export { printFlakeRef } from "./flake/flake-ref-print.js"
export { entryFiles } from "./flake/flakeless-fleet.js"
export { createWorld } from "./flake/flakeless-world.js"
export { flakesBelow } from "./flake/flakes-below.js"
export type { VarFile } from "./frameworks/clan-vars.js"
export { noSuchHost } from "./hosts/no-such-host.js"
export { compareSystems, type HostImpact } from "./impact.js"
export type * from "./model.js"
export type * from "./session/questions.js"
export { type EvaluationSession, type Outside, openFleet } from "./session/session.js"
export { connectFleet, FleetUnavailable } from "./session/session-client.js"
export type * from "./session/session-port.js"
export { serveFleet } from "./session/session-server.js"
export type * from "./session/session-wire.js"
export type * from "./sources/source-supply.js"
export { type KnownHashes, TreeHashes } from "./sources/tree-hash.js"
export type { WatchedPaths } from "./watched-paths.js"
