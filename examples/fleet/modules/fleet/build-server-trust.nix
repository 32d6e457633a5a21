# Whom a build server trusts. Beside build-server.nix, since it changes with people and not with machines.
{
  fleet.roles.build-server =
    { ... }:
    {
      nix.settings.trusted-users = [ "builder" ];
    };
}
