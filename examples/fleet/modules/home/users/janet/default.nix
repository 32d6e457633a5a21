# janet has a Mac and leaves its keeping to others.
{ config, ... }:
{
  flake.users.janet = {
    meta = {
      fullname = "Janet";
      email = "janet@example.org";
      sshKeys = [ "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEX3aAwixEgY5R2HS3mkIHfItpVKW/Sxsq8BpDSlx8Tg janet" ];
    };
    aggregates = with config.flake.modules.homeManager; [ reader ];
    contentPrivate = {
      programs.git.settings.user.name = "Janet";
      programs.git.settings.user.email = "janet@example.org";
      programs.direnv.enable = false;
    };
  };
}
