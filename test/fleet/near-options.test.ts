// A path that leads nowhere: the paths that may have been meant.

import assert from "node:assert/strict"
import { test } from "mocha"
import { dendriticFleet } from "../harness/fleet-fixture.js"

const fleet = dendriticFleet(`
#- /modules/registry.nix
{ lib, ... }:
{
  options.registry.machines = lib.mkOption { type = lib.types.attrsOf lib.types.str; };
  config.registry.machines = { };
}
#- /modules/services.nix
{
  flake.modules.nixos.alpha = { lib, ... }:
    {
      config.name = "alpha";
      options.services.openssh.enable = lib.mkOption { default = false; };
      options.services.opensmtp.enable = lib.mkOption { default = false; };
      options.users = lib.mkOption {
        type = lib.types.attrsOf (lib.types.submodule { options.shell = lib.mkOption { default = "bash"; }; });
      };
      config.users.alice = { };
      config.users."bob.b" = { };
    };
  flake.modules.nixos.beta.name = "beta";
  flake.modules.nixos.gamma.name = "gamma";
}
`)

const near = (path: string) => fleet.session.answer({ kind: "option", path }).near

test("the one name that is spelled otherwise is corrected, wherever it is in the path", () => {
  assert.deepEqual(near("servces.openssh.enable"), ["services.openssh.enable"])
  assert.deepEqual(near("services.opensh.enable"), ["services.openssh.enable"])
  assert.deepEqual(near("services.openssh.enabel"), ["services.openssh.enable"])
  assert.deepEqual(near("services.opensmtph.enable"), ["services.opensmtp.enable"])
})

test("what follows is left out if it leads nowhere either", () =>
  assert.deepEqual(near("servces.postgresql.enable"), ["services"]))

test("names inside of values are corrected, too, and quoted where they have to be", () => {
  assert.deepEqual(near("users.alcie.shell"), ["users.alice.shell"])
  assert.deepEqual(near("users.alice.shel"), ["users.alice.shell"])
  assert.deepEqual(near('users."bob.c".shell'), ['users."bob.b".shell'])
})

test("options of the flake itself are offered, too", () =>
  assert.deepEqual(near("registry.machnes"), ["registry.machines"]))

test("nothing is offered where nothing is near, or where there is an option", () => {
  assert.equal(near("programs.zsh.enable"), undefined)
  assert.equal(near("no"), undefined)
  assert.equal(near("services.openssh.enable"), undefined)
  assert.equal(near("services"), undefined)
})
