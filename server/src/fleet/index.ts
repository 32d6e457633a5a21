// Layer 4: what the repository is: flake, lock, inputs, hosts, aspects, overlays, inventory, vars.

export type * from "./model.js"
