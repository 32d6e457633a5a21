# Puts the package set together: one fixed point over the builders, the packages by name, the hand-written rest and the overlays.
{
  lib,
  config,
  overlays,
  path,
  platform,
}:
let
  hostPlatform = lib.systems.elaborate platform;

  # What a set says when nobody configured it. `config` may also be a function of the packages.
  configDefaults = {
    allowAliases = true;
    allowBroken = false;
    allowUnfree = false;
    allowUnfreePackages = [ ];
    allowUnsupportedSystem = false;
    permittedInsecurePackages = [ ];
    checkMeta = false;
    warnings = [ ];
  };
  configOf = pkgs: configDefaults // (if lib.isFunction config then config { inherit lib pkgs; } else config);

  base = overlays: final: _: {
    inherit lib path overlays;
    _type = "pkgs";
    config = configOf final;
    inherit (hostPlatform) system;

    callPackage = final.newScope { };
    callPackages = lib.callPackagesWith final;
    newScope = extra: lib.callPackageWith (final // extra);

    stdenv = import ./stdenv {
      inherit lib hostPlatform;
      inherit (final) config;
    };
    stdenvNoCC = final.stdenv;
    inherit hostPlatform;
    buildPackages = final;
    targetPackages = final;

    # Three ways to the same set with more in it; all keep the configuration and the overlays that are there.
    extend = overlay: final.appendOverlays [ overlay ];
    appendOverlays = more: if more == [ ] then final else make (overlays ++ more);
  };

  builders =
    final: _:
    import ./build-support/trivial-builders.nix {
      inherit lib;
      inherit (final) stdenv;
      pkgs = final;
    }
    // import ./build-support/fetchers.nix {
      inherit lib;
      inherit (final) stdenv;
    }
    // {
      formats = import ./build-support/formats.nix {
        inherit lib;
        pkgs = final;
      };
    };

  # One directory per package, sorted into shards of two letters; a file there is all it takes to add a package.
  byName =
    let
      root = ./by-name;
      files = lib.concatMapAttrs (
        shard: _: lib.mapAttrs (name: _: root + "/${shard}/${name}/package.nix") (builtins.readDir (root + "/${shard}"))
      ) (builtins.readDir root);
    in
    final: _: builtins.mapAttrs (_: file: final.callPackage file { }) files;

  packageOverrides =
    final: prev:
    let
      override = (if lib.isFunction config then { } else config).packageOverrides or (_: { });
    in
    override prev;

  make =
    overlays:
    lib.fix (
      lib.foldl' (layer: overlay: lib.extends overlay layer) (_: { }) (
        [
          (base overlays)
          builders
          byName
          (import ./all-packages.nix)
          (import ./aliases.nix)
          packageOverrides
        ]
        ++ overlays
      )
    );
in
make overlays
