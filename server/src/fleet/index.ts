// Layer 4: what the repository is: flake, lock, inputs, hosts, aspects, overlays, inventory, vars.

export type { DeployedFleet } from "./answers.js"
export { aspectAt, aspectKey, containerOf, nameBelow } from "./aspect-path.js"
export type { FileStat, Files } from "./files.js"
export { ChangeCounter, OverlaidFiles } from "./files.js"
export {
  type FlakeCaches,
  newFlakeCaches,
  type OpenFlake,
  type OpenSettings,
  openFlake,
} from "./flake.js"
export type { FlakeInput } from "./flake-inputs.js"
export { createFlakeIO, type FlakeIOSettings, type Machine } from "./flake-io.js"
export type { FlakeProblem } from "./flake-problem.js"
export { type FlakeRef, FlakeRefError } from "./flake-ref.js"
export { parseFlakeRef, parseFlakeRefWithFragment } from "./flake-ref-parse.js"
export { printFlakeRef } from "./flake-ref-print.js"
export { entryFiles } from "./flakeless-fleet.js"
export { createWorld } from "./flakeless-world.js"
export type { VarFile } from "./frameworks/clan-vars.js"
export { compareSystems, type HostImpact } from "./impact.js"
export type { LockNode } from "./lock-node.js"
export type * from "./model.js"
export { type Mount, Mounts } from "./mounts.js"
export type * from "./questions.js"
export { type EvaluationSession, type Outside, openFleet } from "./session.js"
export { connectFleet, FleetUnavailable } from "./session-client.js"
export type * from "./session-port.js"
export { type OpenSession, serveFleet } from "./session-server.js"
export type * from "./session-wire.js"
export type * from "./source-supply.js"
export { TreeHashes } from "./tree-hash.js"
