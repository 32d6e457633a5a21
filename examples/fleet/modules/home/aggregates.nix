# Homes put together from aspects. A person names one of these, not its parts.
{ config, ... }:
let
  homeModules = config.flake.modules.homeManager;
in
{
  flake.modules.homeManager = {
    developer.imports = with homeModules; [
      core
      development
      zsh
    ];
    reader.imports = with homeModules; [
      core
      zsh
    ];
  };
}
