# Outputs that do not differ by system: whole configurations of machines and homes, and what other flakes may reuse.
{ lib, moduleLocation, ... }:
let
  inherit (lib) mkOption types;

  configurations =
    what:
    mkOption {
      type = types.lazyAttrsOf types.raw;
      default = { };
      description = "Evaluated ${what} by name.";
    };

  named = name: module: {
    _class = "nixos";
    _file = "${toString moduleLocation}#nixosModules.${lib.strings.escapeNixIdentifier name}";
    imports = [ module ];
  };
in
{
  options.flake = {
    nixosConfigurations = configurations "NixOS machines";
    darwinConfigurations = configurations "nix-darwin machines";
    homeConfigurations = configurations "home-manager homes";

    nixosModules = mkOption {
      type = types.lazyAttrsOf types.deferredModule;
      default = { };
      apply = lib.mapAttrs named;
      description = "NixOS modules by name.";
    };

    overlays = mkOption {
      type = types.lazyAttrsOf (
        types.uniq (types.functionTo (types.functionTo (types.lazyAttrsOf types.unspecified)))
      );
      default = { };
      # `functionTo` hides that an overlay takes two arguments; Nix checks for a plain function of two.
      apply = lib.mapAttrs (_: overlay: final: prev: overlay final prev);
      description = "Overlays by name.";
    };
  };
}
