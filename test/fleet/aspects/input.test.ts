// Aspects of inputs beside the fleet's own.

import assert from "node:assert/strict"
import { basename, join } from "node:path"
import { test } from "mocha"
import { openFleet } from "../../../server/src/fleet/index.js"
import { Disk } from "../../../server/src/machine/disk.js"
import { fixture } from "../../harness/fixture.js"
import { inputsFolder } from "../../harness/fleet-fixture.js"
import { temporaryFolder } from "../../harness/temporary-folder.js"
import { writeFile } from "../../harness/write-file.js"

const folder = temporaryFolder("aspects")

/** Evaluates modules that hold aspects, as flake-parts does it. */
const parts = `lib: modules: lib.evalModules {
  modules = modules ++ [
    { options.flake.modules = with lib; mkOption { type = types.lazyAttrsOf (types.lazyAttrsOf types.deferredModule); }; }
  ];
}`

/**
 * The aspects of a fleet with an input that has aspects at the same option, as NAME, files and hosts.
 * @param listing what listing the fleet's hosts evaluates first
 */
function aspectsBesideAnInput(listing: string): string[] {
  const { files } = fixture(`
#- /other/flake.nix
{ inputs.nixpkgs.url = "path:${inputsFolder}/nixpkgs"; outputs = { nixpkgs, ... }:
  ((${parts}) nixpkgs.lib [ ./theirs.nix ]).config.flake; }
#- /other/theirs.nix
{ flake.modules.nixos = { shared = { }; theirs = { }; }; }
#- /fleet/ours.nix
{ flake.modules.nixos = { base = { }; unused = { }; }; }
#- /fleet/flake.nix
{
  inputs.other.url = "path:${folder}/other";
  inputs.nixpkgs.url = "path:${inputsFolder}/nixpkgs";
  outputs = { nixpkgs, other, ... }: let
    flake = ((${parts}) nixpkgs.lib [ ./ours.nix ]).config.flake;
  in builtins.seq ${listing} flake // {
    nixosConfigurations.host = nixpkgs.lib.evalModules { modules = [ other.modules.nixos.shared flake.modules.nixos.base ]; };
  };
}
`)
  for (const { path, text } of files) writeFile(join(folder, path), text)
  const setup = { root: join(folder, "fleet"), offline: true, overrideInputs: {} }
  const { aspects } = openFleet(setup, new Disk()).answer({ kind: "load" })
  return aspects
    .map(({ name, files, hosts }) => [name, ...files.map(file => basename(file)), ...hosts].join(" "))
    .sort()
}

test("an input with aspects at the same option hides none of the fleet's, and adds what a host imports", () =>
  assert.deepEqual(aspectsBesideAnInput("other.modules"), [
    "base ours.nix host",
    "shared theirs.nix host",
    "unused ours.nix",
  ]))

test("what a host imports is an aspect, also of an input that only the host makes Nix look into", () =>
  assert.deepEqual(aspectsBesideAnInput("null"), [
    "base ours.nix host",
    "shared theirs.nix host",
    "unused ours.nix",
  ]))
