// Hovers on inputs of the flake: where they come from, what is locked, and what their own inputs follow.

import type { FleetView } from "../../../server/src/ide/index.js"
import { check, fleet, viewOf } from "./fixture.js"

describe("hover on a flake input", () => {
  it("shows what a flake input is locked to", () =>
    check(
      "{ inputs, ... }: inputs.nix$0pkgs",
      `
**nixpkgs** · flake input

github:NixOS/nixpkgs/nixos-unstable

locked at \`0123456789ab\` of 2026-01-01
`,
    ))

  it("shows the own inputs of a flake input, and what one of them follows", async () => {
    const parts = {
      name: "parts",
      url: "github:hercules-ci/flake-parts",
      inputs: [{ name: "lib", url: "github:NixOS/nixpkgs/nixos-unstable", follows: "nixpkgs" }],
    }
    const view: FleetView = { ...viewOf([]), outline: { ...fleet, inputs: [parts] } }
    const flake = (inputs: string) => `{ inputs.parts = ${inputs}; outputs = x: 1; }`
    await check(
      flake('{ url = "github:h$0ercules-ci/flake-parts"; }'),
      "**parts** · flake input\n\ngithub:hercules-ci/flake-parts\n\nits inputs: lib (follows nixpkgs)",
      view,
    )
    await check(
      flake('{ inputs.lib.follows = "$0nixpkgs"; }'),
      "**parts/lib** · flake input\n\nfollows `nixpkgs`\n\ngithub:NixOS/nixpkgs/nixos-unstable",
      view,
    )
    await check(flake('{ inputs.other.follows = "$0nixpkgs"; }'), undefined, view)
  })
})
