# `withSystem` and `moduleWithSystem`: how modules outside of `perSystem` reach what is inside it.
{
  lib,
  flake-parts-lib,
  getSystem,
  ...
}:
let
  inherit (builtins) intersectAttrs;

  withSystem = system: f: f (getSystem system).allModuleArgs;

  # A NixOS (or nix-darwin, home-manager) module from a function that takes arguments of `perSystem` first.
  moduleWithSystem =
    f:
    { pkgs, ... }:
    {
      imports = [
        (withSystem pkgs.stdenv.hostPlatform.system (
          arguments: f (intersectAttrs (lib.functionArgs f) arguments)
        ))
      ];
    };
in
{
  options.perSystem = flake-parts-lib.mkPerSystemOption (
    {
      config,
      options,
      specialArgs,
      ...
    }:
    {
      _file = ./with-system.nix;
      options.allModuleArgs = lib.mkOption {
        type = lib.types.lazyAttrsOf lib.types.raw;
        internal = true;
        readOnly = true;
        description = "Everything that a module in `perSystem` may take as an argument.";
      };
      config.allModuleArgs = config._module.args // specialArgs // { inherit config options; };
    }
  );

  config._module.args = { inherit withSystem moduleWithSystem; };
}
