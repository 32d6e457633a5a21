# A small system: no documentation, no packages that are only convenient. Import it by `modulesPath + "/profiles/minimal.nix"`.
{ lib, ... }:
{
  documentation = {
    enable = lib.mkDefault false;
    man.enable = lib.mkDefault false;
    nixos.enable = lib.mkDefault false;
  };
  environment.defaultPackages = lib.mkDefault [ ];
}
