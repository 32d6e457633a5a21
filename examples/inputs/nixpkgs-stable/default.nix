# The stable package set for one platform, called as any channel is: `import nixpkgs-stable { system = …; config = { }; }`.
#
# An input is copied to the store on its own, so this tree cannot use the unstable one beside it. It is therefore small
# enough to stand alone: the packages are a table of facts, from which one function makes derivations.
{
  localSystem ? {
    system = args.system or builtins.currentSystem;
  },
  system ? localSystem.system or localSystem,
  config ? { },
  overlays ? [ ],
  ...
}@args:
let
  lib = import ./lib.nix;
  hostPlatform = lib.systems.elaborate (args.system or localSystem);
  makeStdenv = import ./stdenv.nix;

  base = overlays: final: _: {
    inherit lib overlays hostPlatform;
    inherit (hostPlatform) system;
    _type = "pkgs";
    path = ./.;
    config = {
      allowBroken = false;
      allowUnfree = false;
      allowUnsupportedSystem = false;
      permittedInsecurePackages = [ ];
    }
    // (if builtins.isFunction config then config { pkgs = final; } else config);
    stdenv = makeStdenv {
      inherit lib hostPlatform;
      inherit (final) config;
    };
    callPackage = final.newScope { };
    newScope = extra: lib.callPackageWith (final // extra);
    extend = overlay: final.appendOverlays [ overlay ];
    appendOverlays = more: make (overlays ++ more);
    runtimeShell = "${final.bash}/bin/bash";
  };

  packages =
    final: _:
    builtins.mapAttrs (
      pname: facts:
      lib.makeOverridable (
        dependencies:
        final.stdenv.mkDerivation {
          inherit pname;
          inherit (facts) version;
          pos = builtins.unsafeGetAttrPos "version" facts;
          buildInputs = builtins.attrValues dependencies;
          passthru = facts.passthru or { };
          meta = removeAttrs facts [
            "version"
            "needs"
            "passthru"
          ];
        }
      ) (lib.genAttrs (facts.needs or [ ]) (name: final.${name}))
    ) (import ./packages.nix { inherit lib; });

  make =
    overlays:
    lib.fix (
      builtins.foldl' (layer: overlay: lib.extends overlay layer) (_: { }) (
        [
          (base overlays)
          packages
          (final: _: { postgresql = final.postgresql_16; })
        ]
        ++ overlays
      )
    );
in
make overlays
