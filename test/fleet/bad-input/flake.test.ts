// A flake of which not everything is there: inputs that are missing, outputs that fail.

import { test } from "mocha"
import { checkFindings as check } from "../../harness/findings.js"
import { dendriticFleet, inputsFolder } from "../../harness/fleet-fixture.js"

test("a missing input is one finding in flake.nix, with the hosts that fail for want of it", () =>
  check(
    `
#- /flake.nix
{
  inputs.gone.url = "path:/nowhere/gone";
#        ^^^^ error flake-input-missing [alpha] input 'gone' is missing: path '/nowhere/gone' does not exist
  inputs.nixpkgs.url = "path:${inputsFolder}/nixpkgs";

  outputs = { nixpkgs, gone, ... }: {
    nixosConfigurations.alpha = nixpkgs.lib.evalModules { modules = [ ./options.nix gone.nixosModules.default ]; };
    nixosConfigurations.beta = nixpkgs.lib.evalModules { modules = [ ./options.nix ]; };
  };
}
`,
    { port: { alpha: "error: input 'gone' is missing: path '/nowhere/gone' does not exist", beta: "22" } },
  ))

test("a host that no modules made is told from one that fails, and costs the others nothing", () =>
  check(
    `
#- /flake.nix
{
  inputs.nixpkgs.url = "path:${inputsFolder}/nixpkgs";
  outputs = { nixpkgs, ... }: {
    nixosConfigurations.alpha.config.name = "alpha";
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error missing-attribute [alpha] this was not made by a function such as 'lib.nixosSystem': it has no attribute 'options'
    nixosConfigurations.beta = nixpkgs.lib.evalModules { modules = [ ./options.nix ]; };
  };
}
`,
    {
      port: {
        alpha:
          "error: this was not made by a function such as 'lib.nixosSystem': it has no attribute 'options' (at flake.nix:4:5)",
        beta: "22",
      },
    },
  ))

test("an input whose locked path is gone is one finding in flake.nix", () =>
  check(
    `
#- /flake.nix
{
  inputs.nixpkgs.url = "path:/nowhere/nixpkgs";
#        ^^^^^^^ error flake-input-missing [] input 'nixpkgs' is missing: path '/nowhere/nixpkgs' does not exist
  outputs = { nixpkgs, ... }: { nixosConfigurations = nixpkgs.lib.genAttrs [ "alpha" ] (_: { }); };
}
#- /flake.lock
{
  "nodes": {
    "nixpkgs": {
      "locked": { "type": "path", "path": "/nowhere/nixpkgs", "narHash": "sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=" },
      "original": { "type": "path", "path": "/nowhere/nixpkgs" }
    },
    "root": { "inputs": { "nixpkgs": "nixpkgs" } }
  },
  "root": "root",
  "version": 7
}
`,
    { port: {} },
  ))

test("a flake.nix that is no flake is that one finding", () =>
  check(
    `
#- /flake.nix
{
  inputs = 5;
# ^^^^^^ error flake-input [] inputs must be a set, written out, but are an integer
  outputs = { self }: { };
}
`,
    { port: {} },
  ))

test("outputs that fail are found in flake.nix, for all hosts", () =>
  check(
    `
#- /flake.nix
{
  inputs.nixpkgs.url = "path:${inputsFolder}/nixpkgs";
  outputs = { nixpkgs, ... }: {
    nixosConfigurations = nixpkgs.lib.genAttrs [ "alpha" "beta" ] (name: throw "not yet: \${name}");
#                                                                        ^^^^^ error throw [alpha] not yet: alpha
#                                                                        ^^^^^ error throw [beta] not yet: beta
    darwinConfigurations = throw "no Macs";
#                          ^^^^^ error throw [] no Macs
  };
}
`,
    {
      port: {
        alpha: "error: not yet: alpha (at flake.nix:4:74)",
        beta: "error: not yet: beta (at flake.nix:4:74)",
      },
    },
  ))

test("what no file says stands where a host is made, whatever single aspect it has and wherever the fleet lies", () =>
  check(
    `
#- /modules/hosts.nix
{ inputs, config, ... }:
{
  imports = [ inputs.flake-parts.flakeModules.modules ];
  flake.nixosConfigurations.fleet = inputs.nixpkgs.lib.evalModules {
# ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning host-warning [fleet] mind this
    class = "nixos";
    modules = [ config.flake.modules.nixos.base ];
  };
}
#- /modules/base.nix
{ lib, ... }:
{
  flake.modules.nixos.base.options.warnings = lib.mkOption { default = [ "mind this" ]; };
}
`,
    {},
    dendriticFleet,
  ))
