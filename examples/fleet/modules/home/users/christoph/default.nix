# christoph writes programs, with an editor of his own.
{ config, ... }:
{
  flake.users.christoph = {
    meta = {
      fullname = "Christoph";
      email = "christoph@example.org";
      sshKeys = [ "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKlGwKbxrxetFWLAyFm8ZvFaa6Tmk8Udv/I4vBMKJosc christoph" ];
    };
    aggregates = with config.flake.modules.homeManager; [ developer ];
    contentPrivate =
      { lib, ... }:
      {
        programs.git.settings.user.name = "Christoph";
        programs.git.settings.user.email = "christoph@example.org";
        fleet.editor = "zed --wait";
        programs.zsh.history.size = lib.mkForce 1000;
      };
  };
}
