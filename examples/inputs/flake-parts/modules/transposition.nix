# `transposition`: which attributes of `perSystem` become outputs, `perSystem.A` of system S as `flake.A.S`, and how they are
# read from other flakes.
{ config, lib, ... }:
let
  inherit (lib) filterAttrs mapAttrs mkOption types;

  undeclared =
    name: throw "transposition.${name}: no module declares perSystem.${name}; declare it or set adHoc";

  lacks =
    name: system: flake:
    throw "flake ${toString flake.outPath} has no output ${name}.${system}";
in
{
  options.transposition = mkOption {
    type = types.lazyAttrsOf (types.submodule {
      options.adHoc = mkOption {
        type = types.bool;
        default = false;
        description = "Whether to declare `perSystem.NAME` too, as an option that does not merge.";
      };
    });
    description = "Attributes of `perSystem` that become outputs by system.";
  };

  config = {
    flake = mapAttrs (
      name: _: mapAttrs (_: system: system.${name} or (undeclared name)) config.allSystems
    ) config.transposition;

    perInput =
      system: flake:
      mapAttrs (name: _: flake.${name}.${system} or (lacks name system flake)) config.transposition;

    perSystem.options = mapAttrs (_: _: mkOption { }) (
      filterAttrs (_: transposed: transposed.adHoc) config.transposition
    );
  };
}
