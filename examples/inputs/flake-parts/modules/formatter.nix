# `formatter`: the one output by system that may be absent, since `nix flake check` refuses null.
{
  config,
  lib,
  flake-parts-lib,
  ...
}:
let
  inherit (lib) mkOption types;
  formatters = lib.mapAttrs (_: system: system.formatter) config.allSystems;
in
{
  options.flake.formatter = mkOption {
    type = types.lazyAttrsOf types.package;
    default = { };
    description = "What `nix fmt` runs, by system.";
  };

  options.perSystem = flake-parts-lib.mkPerSystemOption {
    _file = ./formatter.nix;
    options.formatter = mkOption {
      type = types.nullOr types.package;
      default = null;
      description = "What `nix fmt` runs.";
    };
  };

  config = {
    flake.formatter = lib.filterAttrs (_: formatter: formatter != null) formatters;
    perInput = system: flake: { formatter = flake.formatter.${system}; };
  };
}
