# The frameworks that the fleet is built with, beside flake-parts.
{ inputs, ... }:
{
  imports = [
    inputs.clan-core.flakeModules.default
    inputs.terranix.flakeModule
  ];
}
