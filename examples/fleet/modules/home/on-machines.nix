# Homes on machines of the fleet, built with the machine and out of its packages: overlays count in homes too.
{ inputs, ... }:
let
  settings.home-manager = {
    useGlobalPkgs = true;
    useUserPackages = true;
    backupFileExtension = "before-home-manager";
  };
in
{
  flake.modules.nixos.homes = {
    imports = [
      inputs.home-manager.nixosModules.home-manager
      settings
    ];
  };

  flake.modules.darwin.homes = {
    imports = [
      inputs.home-manager.darwinModules.home-manager
      settings
    ];
  };
}
