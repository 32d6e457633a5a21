# The registry: which aspect is which machine.
{ config, ... }:
let
  inherit (config.flake.modules) darwin nixos;
in
{
  clan.machines = {
    cinnabar.imports = [ nixos."machines/nixos/cinnabar" ];
    electrum.imports = [ nixos."machines/nixos/electrum" ];
    galena.imports = [ nixos."machines/nixos/galena" ];
    scheelite.imports = [ nixos."machines/nixos/scheelite" ];

    argentum.imports = [ darwin."machines/darwin/argentum" ];
    blackphos.imports = [ darwin."machines/darwin/blackphos" ];
    rosegold.imports = [ darwin."machines/darwin/rosegold" ];
    stibnite.imports = [ darwin."machines/darwin/stibnite" ];
  };
}
