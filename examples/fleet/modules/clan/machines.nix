# The registry: which aspect is which machine.
{ config, ... }:
let
  inherit (config.flake.modules) darwin nixos;
in
{
  clan.machines = {
    cinnabar.imports = [ nixos."machines/nixos/cinnabar" ];
    stibnite.imports = [ darwin."machines/darwin/stibnite" ];
  };
}
