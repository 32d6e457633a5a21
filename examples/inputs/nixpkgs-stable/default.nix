# The stable package set for one platform, called as any channel is: `import nixpkgs-stable { system = …; config = { }; }`.
#
# An input is copied to the store on its own, so nothing of the unstable channel beside it can be used here. This one is
# therefore as small as a channel can be: a table of packages, and one function that makes derivations of them.
{
  system ? builtins.currentSystem,
  config ? { },
  overlays ? [ ],
}:
let
  lib = import ./lib.nix;
  stdenv = import ./stdenv.nix;

  foundation = given: final: _: {
    _type = "pkgs";
    path = ./.;
    overlays = given;
    inherit lib system;
    config = {
      allowBroken = false;
      allowUnfree = false;
    }
    // config;
    stdenv = stdenv {
      inherit lib system;
      inherit (final) config;
    };
    hostPlatform = lib.platform system;
    runtimeShell = "${final.bash}/bin/bash";
    callPackage =
      file: args:
      let
        function = lib.toFunction (if builtins.isFunction file then file else import file);
      in
      lib.overridable function (builtins.intersectAttrs (builtins.functionArgs function) final // args);
    extend = overlay: layered (given ++ [ overlay ]);
  };

  packageOf =
    final: pname: row:
    lib.overridable (
      needs:
      final.stdenv.mkDerivation {
        inherit pname;
        inherit (row) version;
        pos = builtins.unsafeGetAttrPos "version" row;
        buildInputs = builtins.attrValues needs;
        passthru = row.extra or { };
        meta = {
          description = row.about;
          platforms = row.on or lib.platforms.unix;
          broken = row.broken or false;
          inherit (row) license;
        }
        // (if row.command or "" == null then { } else { mainProgram = row.command or pname; });
      }
    ) (builtins.listToAttrs (map (name: { inherit name; value = final.${name}; }) (row.needs or [ ])));

  layered =
    overlays:
    lib.fix (
      builtins.foldl' (below: layer: lib.extends layer below) (_: { }) (
        [
          (foundation overlays)
          (final: _: builtins.mapAttrs (packageOf final) (import ./packages.nix { inherit lib; }))
        ]
        ++ overlays
      )
    );
in
layered overlays
