# The package set for one platform: `import nixpkgs { system = "x86_64-linux"; config = { }; overlays = [ ]; }`.
#
# Made for the example fleet: every package is a real derivation with real dependencies, so that plans, differences and
# `drvPath`s mean something, but the sources are not there to be built (their hashes are made up).
{
  localSystem ? {
    system = args.system or builtins.currentSystem;
  },
  system ? localSystem.system or localSystem,
  # Accepted because callers pass it; this collection has no cross compilation.
  crossSystem ? null,
  config ? { },
  overlays ? [ ],
  crossOverlays ? [ ],
  ...
}@args:
import ./pkgs/top-level.nix {
  lib = import ./lib;
  inherit config overlays;
  path = ./.;
  platform = if args ? system then { inherit system; } else args.localSystem or { inherit system; };
}
