// Packages that modules name and hosts cannot have: they are findings where somebody asks for them, on the host or in a home.

import assert from "node:assert/strict"
import { test } from "mocha"
import { inputsFolder, plainFleet, showFinding } from "../harness/fleet-fixture.js"

/** A host with some programs and a user's home with others, and one package that cannot be had. */
const findings = (modules: string) =>
  plainFleet(`
#- /flake.nix
{ inputs.nixpkgs.url = "path:${inputsFolder}/nixpkgs";
  outputs = { nixpkgs, ... }: {
    nixosConfigurations.alpha = nixpkgs.lib.evalModules {
      class = "nixos";
      modules = [ ./options.nix ./programs.nix ./host.nix ];
    };
  };
}
#- /programs.nix
{ lib, ... }: with lib; let
  programs = mkOption {
    default = { };
    type = types.attrsOf (types.submodule { options = {
      enable = mkEnableOption "the program";
      package = mkOption { type = types.raw; default = null; };
    }; });
  };
  pkgs.old = { type = "derivation"; name = "old-1"; drvPath = throw "old-1 is broken"; meta.broken = true; };
  home = { options = { inherit programs; }; config._module.args = { inherit pkgs; }; };
in {
  options = { inherit programs; packages = mkOption { type = types.listOf types.raw; default = [ ]; };
    home-manager.users = mkOption { type = types.attrsOf (types.submoduleWith { modules = [ home ]; }); default = { }; }; };
  config._module.args = { inherit pkgs; };
  config.name = "alpha";
}
${modules}`)
    .check()
    .filter(({ code }) => code.startsWith("package-"))
    .map(showFinding)

test("a package that is named for a program is asked for where the program is switched on", () => {
  const host = (enable: boolean) => `
#- /host.nix
{ pkgs, ... }: { programs.player.enable = ${enable};
  programs.player.package = pkgs.old; }
`
  assert.deepEqual(findings(host(false)), [])
  assert.deepEqual(findings(host(true)), [
    "/host.nix:2:29 error package-broken [alpha] 'old' is not available: old-1 is marked as broken",
  ])
})

test("a program of a home is switched on in the home, whatever the host does with one of its name", () => {
  const home = (enable: boolean) => `
#- /host.nix
{ home-manager.users.me.imports = [ ./me.nix ]; programs.player.enable = false; }
#- /me.nix
{ pkgs, ... }: { programs.player.enable = ${enable};
  programs.player.package = pkgs.old; }
`
  assert.deepEqual(findings(home(false)), [])
  assert.deepEqual(findings(home(true)), [
    "/me.nix:2:29 error package-broken [alpha] 'old' is not available: old-1 is marked as broken",
  ])
})

test("a package in no program is asked for", () =>
  assert.deepEqual(
    findings(`
#- /host.nix
{ pkgs, ... }: { packages = [ pkgs.old ]; }
`),
    ["/host.nix:1:31 error package-broken [alpha] 'old' is not available: old-1 is marked as broken"],
  ))

test("a package in a list that is filtered is asked for where the filter keeps it", () => {
  const host = (keep: boolean) => `
#- /host.nix
{ pkgs, ... }: {
  packages = builtins.filter (package: ${keep}) [ pkgs.old ]; }
`
  assert.deepEqual(findings(host(false)), [])
  assert.equal(findings(host(true)).length, 1)
})
