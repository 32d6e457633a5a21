# raquel reads and writes, and programs little.
{ config, ... }:
{
  flake.users.raquel = {
    meta = {
      fullname = "Raquel";
      email = "raquel@example.org";
      sshKeys = [ "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAILih+00baDjspO+UqFsMDMYIqDJYhfJAMpxhJHreuZDa raquel" ];
    };
    aggregates = with config.flake.modules.homeManager; [ reader ];
    contentPrivate = {
      programs.git.settings.user.name = "Raquel";
      programs.git.settings.user.email = "raquel@example.org";
      home.sessionVariables.PAGER = "cat";
    };
  };
}
