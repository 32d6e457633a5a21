# Macs put together from aspects.
{ config, ... }:
let
  flakeModules = config.flake.modules.darwin;
in
{
  flake.modules.darwin.workstation = {
    imports = with flakeModules; [
      base
      homebrew
      monitoring
      zsh
    ];
    system.defaults.dock.autohide = true;
  };
}
