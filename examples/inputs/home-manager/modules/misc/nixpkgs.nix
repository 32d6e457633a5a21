# Packages of the home, made from its own configuration and overlays rather than from those of the machine.
{
  config,
  lib,
  outerPkgs,
  pkgsPath,
  ...
}:
let
  inherit (lib) mkOption types;
  cfg = config.nixpkgs;
in
{
  options.nixpkgs = {
    config = mkOption {
      type = types.nullOr (
        types.mkOptionType {
          name = "nixpkgs-config";
          description = "nixpkgs config";
          descriptionClass = "noun";
          check = v: builtins.isAttrs v || lib.isFunction v;
          merge =
            loc: defs:
            if lib.length defs == 1 then
              (lib.head defs).value
            else
              lib.foldl' lib.recursiveUpdate { } (lib.getValues defs);
        }
      );
      default = null;
      description = "The configuration of the package set, such as which licenses are allowed.";
    };
    overlays = mkOption {
      type = types.nullOr (
        types.listOf (
          types.mkOptionType {
            name = "nixpkgs-overlay";
            description = "nixpkgs overlay";
            descriptionClass = "noun";
            check = lib.isFunction;
            merge = lib.mergeOneOption;
          }
        )
      );
      default = null;
      description = "Functions that change and add packages, applied in this order.";
    };
    system = mkOption {
      type = types.str;
      internal = true;
      description = "The platform of the packages.";
    };
  };
  config = {
    nixpkgs.system = lib.mkOptionDefault outerPkgs.stdenv.hostPlatform.system;
    # Above mkDefault, which the given package set has, and below what a person writes.
    _module.args.pkgs = lib.mkIf (!config.submoduleSupport.useGlobalPkgs) (
      lib.mkOverride 900 (
        import pkgsPath (
          {
            inherit (cfg) system;
          }
          // lib.filterAttrs (_: v: v != null) { inherit (cfg) config overlays; }
        )
      )
    );
  };
}
