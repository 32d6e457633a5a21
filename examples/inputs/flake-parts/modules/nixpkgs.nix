# The argument `pkgs` of `perSystem`: packages of the input `nixpkgs`, unless a module sets `_module.args.pkgs`.
{ lib, flake-parts-lib, ... }:
{
  options.perSystem = flake-parts-lib.mkPerSystemOption (
    { inputs', ... }:
    {
      _file = ./nixpkgs.nix;
      _module.args.pkgs = lib.mkOptionDefault inputs'.nixpkgs.legacyPackages;
    }
  );
}
