# The package set for one platform: `import nixpkgs { system = "x86_64-linux"; config = { }; overlays = [ ]; }`.
#
# Every package is a real derivation with real dependencies, so plans, differences and `drvPath`s mean something. But nobody
# can build them: their sources are made up.
{
  system ? null,
  localSystem ? null,
  config ? { },
  overlays ? [ ],
}:
import ./pkgs/top-level.nix {
  lib = import ./lib;
  path = ./.;
  inherit config overlays;
  platform =
    if system != null then
      system
    else if localSystem != null then
      localSystem
    else
      builtins.currentSystem;
}
