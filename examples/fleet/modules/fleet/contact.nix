# Whom to ask about a machine. Of no class, since it is the same for every kind of machine.
{ config, ... }:
let
  inherit (config.flake.modules) generic;
in
{
  flake.modules.generic.contact =
    { lib, ... }:
    {
      options.fleet.contact = lib.mkOption {
        type = lib.types.str;
        default = "nobody";
        example = "raquel";
        description = "The person who uses this machine most.";
      };
    };

  flake.modules.nixos.base =
    { lib, ... }:
    {
      imports = [ generic.contact ];
      fleet.contact = lib.mkDefault "crs58";
    };

  flake.modules.darwin.base.imports = [ generic.contact ];
}
