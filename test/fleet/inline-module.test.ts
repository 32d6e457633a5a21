// Definitions of modules that are written among the modules of a call, and go by the file of the library that makes hosts.

import assert from "node:assert/strict"
import { test } from "mocha"
import { inputsFolder, plainFleet } from "../harness/fleet-fixture.js"

/** Modules are named as nixpkgs' `nixosSystem` names those that it is given. */
const fleet = () =>
  plainFleet(`
#- /flake.nix
{ inputs.nixpkgs.url = "path:${inputsFolder}/nixpkgs";
  outputs = { nixpkgs, ... }: let
    inherit (nixpkgs) lib;
    host = { modules }: lib.evalModules {
      class = "nixos";
      modules = [ ./options.nix { _file = "\${nixpkgs}/flake.nix"; imports = modules; } ];
    };
  in {
    nixosConfigurations.alpha = host { modules = [ ./shared.nix { greeting = "same"; port = 80; } ]; };
    nixosConfigurations.beta = host {
      modules = [ ./shared.nix ({ lib, ... }: { config = { greeting = "same"; port = lib.mkForce 81; }; }) ];
    };
    nixosConfigurations.gamma = host { modules = [ ./shared.nix { port = 80; } (import ./made.nix "same") ]; };
  };
}
#- /made.nix
greeting: { inherit greeting; tags = [ "made" ]; }
#- /shared.nix
{ lib, ... }: { port = lib.mkDefault 1; }
`)

/** By host: where each definition that wins stands by the library's word, and where it is written. */
function writtenOn(path: string): string[] {
  return fleet()
    .option(path)
    .flatMap(({ host, definitions }) =>
      definitions
        .filter(({ wins, priority }) => wins && priority < 1500)
        .map(({ file, line, written }) => {
          const place = written === undefined ? "" : ` ${written.file}:${written.line}:${written.column}`
          return `${host} ${file.slice(file.lastIndexOf("/") + 1)}:${line}${place}`
        }),
    )
}

test("a definition in a module without a file of its own is shown where it is written, on the host that has it", () => {
  assert.deepEqual(writtenOn("port"), [
    "alpha flake.nix:0 /fleet/flake.nix:9:86",
    "beta flake.nix:0 /fleet/flake.nix:11:79",
    "gamma flake.nix:0 /fleet/flake.nix:13:67",
  ])
  assert.deepEqual(writtenOn("greeting").slice(0, 2), [
    "alpha flake.nix:0 /fleet/flake.nix:9:67",
    "beta flake.nix:0 /fleet/flake.nix:11:60",
  ])
})

test("what may be meant by several places, or by none, is shown nowhere", () => {
  assert.deepEqual(writtenOn("tags"), ["gamma flake.nix:0"])
  assert.deepEqual(writtenOn("greeting").slice(2), ["gamma flake.nix:0"])
})
