# `flake.modules.CLASS.ASPECT`: where every aspect of the fleet lives.
{ inputs, ... }:
{
  imports = [ inputs.flake-parts.flakeModules.modules ];
}
