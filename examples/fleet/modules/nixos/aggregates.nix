# Servers put together from aspects.
{ config, ... }:
let
  flakeModules = config.flake.modules.nixos;
in
{
  flake.modules.nixos.server = {
    imports = with flakeModules; [
      base
      monitoring
      ssh-known-hosts
      zsh
    ];
    fleet.monitoring.labels.kind = "server";
  };
}
