# Who can reach a server: other modules ask, and roles answer.
{
  flake.modules.nixos.base =
    { lib, ... }:
    {
      options.fleet.exposure = lib.mkOption {
        type = lib.types.enum [
          "private"
          "public"
        ];
        default = "private";
        description = "Whether the internet reaches this machine, or only the private network.";
      };
    };

  fleet.roles.edge.fleet.exposure = "public";
}
