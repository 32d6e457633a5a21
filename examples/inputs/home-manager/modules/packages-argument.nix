# The module argument `pkgs` of a home. The given set is only where it starts: the home's own `nixpkgs` options make another.
{ pkgs }:
{ lib, ... }:
{
  _file = ./packages-argument.nix;
  key = "home-manager/packages-argument";
  _module.args = {
    pkgsPath = lib.mkDefault pkgs.path;
    # The home's `nixpkgs` module takes over with a higher priority, unless the machine's packages are used as they are.
    pkgs = lib.mkDefault pkgs;
    outerPkgs = lib.mkDefault pkgs;
  };
}
