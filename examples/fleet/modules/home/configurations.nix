# Homes on machines that belong to others: crs58 on a Linux account somewhere.
{ config, ... }:
{
  flake.homeConfigurations."crs58@x86_64-linux" = config.flake.lib.mkHome {
    user = "crs58";
    system = "x86_64-linux";
  };
}
