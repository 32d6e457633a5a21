# The clan: its name, and what the modules of its machines may use.
{ inputs, ... }:
{
  clan = {
    meta.name = "minerals";
    meta.description = "Four servers and four Macs";
    meta.domain = "zt";

    specialArgs = { inherit inputs; };
    pkgsForSystem = system: inputs.self.legacyPackages.${system} or null;
  };
}
