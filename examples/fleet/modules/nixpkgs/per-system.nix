# Packages by system: nixpkgs with the overlays, and those of our own in pkgs/by-name/NAME/package.nix.
{
  config,
  inputs,
  lib,
  ...
}:
let
  overlays = config.nixpkgsOverlays;
  byName = ../../pkgs/by-name;
  names = lib.attrNames (lib.filterAttrs (_: kind: kind == "directory") (builtins.readDir byName));
in
{
  perSystem =
    {
      config,
      pkgs,
      system,
      ...
    }:
    {
      options.customPackages = lib.mkOption {
        type = lib.types.lazyAttrsOf lib.types.package;
        description = "The packages in pkgs/by-name.";
      };

      config = {
        _module.args.pkgs = import inputs.nixpkgs {
          inherit system overlays;
          config.allowUnfree = true;
        };
        customPackages = lib.genAttrs names (name: pkgs.callPackage (byName + "/${name}/package.nix") { });
        packages = config.customPackages;
        legacyPackages = pkgs;
      };
    };
}
