// Fleets whose aspects live in options that they declare themselves.

import type { Outside } from "../../../server/src/fleet/index.js"
import { type FleetFixture, inputsFolder, plainFleet } from "../../harness/fleet-fixture.js"

/**
 * A fleet that evaluates `modules` to a `config` with aspects in it.
 * @param hosts its set of hosts, made with `host MODULES`
 * @param files the modules
 */
export function fleetOf(modules: string, hosts: string, files: string, outside?: Outside): FleetFixture {
  const flake = `
#- /flake.nix
{ inputs.nixpkgs.url = "path:${inputsFolder}/nixpkgs";
  outputs = { nixpkgs, ... }: let
    inherit (nixpkgs) lib;
    inherit (lib.evalModules { modules = [ ${modules} ]; }) config;
    host = modules: lib.evalModules { class = "nixos"; modules = [ ./options.nix ] ++ modules; };
  in { nixosConfigurations = ${hosts}; };
}`
  return plainFleet(flake + files, undefined, outside)
}

/** A fleet whose aspects live in options that it declares itself. */
export const ownOptions = (outside?: Outside) =>
  fleetOf(
    "./aspects.nix ./base.nix ./web.nix",
    `{
      alpha = host [ config.fleet.aspects.base.nixos config.fleet.free.desk.nixos ./alpha.nix ];
      beta = host [ config.fleet.aspects.base.nixos config.parts.ssh ./folder ];
    }`,
    `
#- /aspects.nix
{ lib, ... }: with lib; {
  options.fleet.aspects = mkOption {
    type = types.attrsOf (types.submodule {
      options = genAttrs [ "nixos" "darwin" ] (_: mkOption { type = types.deferredModule; default = { }; }) // {
        about = mkOption { type = types.str; default = ""; };
      };
    });
  };
  options.fleet.free = mkOption {
    type = types.attrsOf (types.submodule {
      freeformType = types.lazyAttrsOf types.deferredModule;
      options.about = mkOption { type = types.str; default = ""; };
    });
  };
  options.parts = mkOption { type = types.attrsOf (types.nullOr types.deferredModule); };
}
#- /base.nix
{ fleet.aspects.base = { about = "everywhere"; nixos = { greeting = "hi"; }; }; parts.ssh = { port = 2022; }; }
#- /web.nix
{
  fleet.aspects.base.nixos = { tags = [ "all" ]; };
  fleet.aspects.web.nixos = { port = 80; };
  fleet.free.desk = { lib, ... }: { nixos = { port = 5900; }; };
  parts.unused = { port = 1; };
}
#- /alpha.nix
{ name = "alpha"; }
#- /folder/default.nix
{
  name = "beta";
}
`,
    outside,
  )

/** The aspects of a fleet, as OPTION CLASS NAME, files and hosts. */
export const aspectsOf = (fleet: FleetFixture) =>
  fleet.session
    .answer({ kind: "load" })
    .aspects.map(({ option, class: above, name, files, hosts }) =>
      [option, above, name, ...files.map(file => file.replace("/fleet/", "")), ...hosts].join(" "),
    )
