// A check of whole systems: what no option that the fleet sets needs, and only a build would come across.

import assert from "node:assert/strict"
import { inputsFolder, plainFleet, showFinding } from "../harness/fleet-fixture.js"

const source = `
#- /flake.nix
{
  inputs.nixpkgs.url = "path:${inputsFolder}/nixpkgs";
  outputs = { nixpkgs, ... }: {
    nixosConfigurations = nixpkgs.lib.genAttrs [ "alpha" "beta" "gamma" "delta" ] (name: nixpkgs.lib.evalModules {
      modules = [ ./options.nix ./system.nix ./hosts/\${name}.nix ];
    });
  };
}
#- /system.nix
{ config, lib, ... }:
{
  options.packages = lib.mkOption { type = lib.types.listOf lib.types.raw; };
  options.system.build = lib.mkOption { type = lib.types.raw; };
  config.system.build.toplevel = derivation {
    name = config.name;
    system = "x86_64-linux";
    builder = "/bin/sh";
    inherit (config) packages;
  };
}
#- /script.nix
name: [ (derivation { inherit name; system = "x86_64-linux"; builder = "/bin/sh"; script = throw "no script of \${name}"; }) ]
#- /hosts/alpha.nix
{ name = "alpha"; packages = import ../script.nix "x"; }
#- /hosts/beta.nix
{ name = "beta"; packages = import ../script.nix "x"; }
#- /hosts/gamma.nix
{ name = "gamma"; packages = import ../script.nix "y"; port = "no port"; }
#- /hosts/delta.nix
{ name = "delta"; packages = [ ]; }
`

it("finds what only a build needs, on hosts with which nothing else is wrong", () => {
  const { session } = plainFleet(source)
  const check = (systems: boolean, hosts?: readonly string[]) =>
    session
      .answer({ kind: "check", systems, hosts })
      .map(showFinding)
      .map(finding => finding.split(" | ")[0].split("\n")[0])
  const port =
    "/hosts/gamma.nix:1:56 error wrong-type [gamma] A definition for option `port' is not of type `16 bit unsigned integer; between 0 and 65535 (both inclusive)'. Definition values:"
  assert.deepEqual(check(false), [port])
  assert.deepEqual(check(true), [port, "/script.nix:1:92 error throw [alpha beta] no script of x"])
  assert.deepEqual(check(true, ["delta"]), [])
})
