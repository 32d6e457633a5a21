# Puts the package set together: one fixed point over what everything is made with, the table of packages, the special ones
# and the overlays.
{
  lib,
  config,
  overlays,
  path,
  platform,
}:
let
  hostPlatform = lib.systems.elaborate platform;

  # What holds for a set that nobody configured.
  unconfigured = {
    allowAliases = true;
    allowBroken = false;
    allowUnfree = false;
    allowUnfreePackages = [ ];
    allowUnsupportedSystem = false;
    permittedInsecurePackages = [ ];
  };

  foundation = given: final: _: {
    _type = "pkgs";
    inherit hostPlatform lib path;
    overlays = given;
    inherit (hostPlatform) system;
    config = unconfigured // (if lib.isFunction config then config { pkgs = final; } else config);

    stdenv = import ./stdenv {
      inherit hostPlatform lib;
      inherit (final) config;
    };
    stdenvNoCC = final.stdenv;
    buildPackages = final;

    newScope = extra: lib.callPackageWith (final // extra);
    callPackage = final.newScope { };

    # The same set with more in it; configuration and overlays stay.
    extend = overlay: final.appendOverlays [ overlay ];
    appendOverlays = more: if more == [ ] then final else layered (given ++ more);
  };

  builders =
    final: _:
    let
      built = file: import file { inherit lib; pkgs = final; inherit (final) stdenv; };
    in
    built ./build-support/trivial-builders.nix
    // built ./build-support/fetchers.nix
    // { formats = built ./build-support/formats.nix; };

  # `override` changes what a package is built with, by the names in `needs`.
  packageOf =
    final: pname: row:
    lib.makeOverridable (
      needs:
      final.stdenv.mkDerivation (
        finalAttrs:
        {
          inherit pname;
          inherit (row) version;
          pos = builtins.unsafeGetAttrPos "version" row;
          src = final.fetchurl {
            url = "https://example.org/${pname}-${finalAttrs.version}.tar.gz";
            sha256 = builtins.hashString "sha256" "${pname} ${finalAttrs.version}";
          };
          buildInputs = builtins.attrValues needs;
          passthru = row.extra or { };
          meta = {
            description = row.about;
            platforms = row.on or lib.platforms.unix;
            inherit (row) license;
          }
          // lib.optionalAttrs (row.command or pname != null) { mainProgram = row.command or pname; }
          // builtins.intersectAttrs { broken = null; knownVulnerabilities = null; } row;
        }
        // builtins.intersectAttrs { outputs = null; } row
      )
    ) (lib.genAttrs (row.needs or [ ]) (name: final.${name}));

  layered =
    overlays:
    let
      layers = [
        (foundation overlays)
        builders
        (final: _: builtins.mapAttrs (packageOf final) (import ./packages.nix { inherit lib; }))
        (import ./special.nix)
        (_: prev: (prev.config.packageOverrides or (_: { })) prev)
      ];
    in
    lib.fix (lib.foldl' (below: layer: lib.extends layer below) (_: { }) (layers ++ overlays));
in
layered overlays
