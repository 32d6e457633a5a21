// Which aspects a fleet has, where its inputs are made as it is made itself.

import assert from "node:assert/strict"
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { after, test } from "mocha"
import { Disk } from "../../server/src/disk.js"
import { openFleet } from "../../server/src/fleet/index.js"
import { fixture } from "../harness/fixture.js"
import { inputsFolder } from "../harness/fleet-fixture.js"

const silent = (): void => {}
const folder = mkdtempSync(join(tmpdir(), "canopy-aspects-"))
after(() => rmSync(folder, { recursive: true }))

/** Evaluates modules that hold aspects, as flake-parts does it. */
const parts = `lib: modules: lib.evalModules {
  modules = modules ++ [
    { options.flake.modules = with lib; mkOption { type = types.lazyAttrsOf (types.lazyAttrsOf types.deferredModule); }; }
  ];
}`

test("an input with aspects at the same option hides none of the fleet's, and adds what a host imports", () => {
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
  in builtins.seq other.modules flake // {
    nixosConfigurations.host = nixpkgs.lib.evalModules { modules = [ other.modules.nixos.shared flake.modules.nixos.base ]; };
  };
}
`)
  for (const { path, text } of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  const setup = { root: join(folder, "fleet"), offline: true, overrideInputs: {} }
  const { aspects } = openFleet(setup, new Disk()).load(silent)
  assert.deepEqual(aspects.map(({ name, hosts }) => [name, ...hosts]).sort(), [
    ["base", "host"],
    ["shared", "host"],
    ["unused"],
  ])
})
