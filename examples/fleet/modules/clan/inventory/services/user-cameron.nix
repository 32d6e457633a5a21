# The account of cameron on servers, with one password on all of them.
{ config, ... }:
{
  clan.inventory.instances.user-cameron = {
    module.name = "users";
    module.input = "clan-core";

    roles.default = {
      tags.nixos = { };
      settings = {
        user = "cameron";
        groups = [ "wheel" ];
        share = true;
        prompt = false;
      };
      extraModules = [
        (
          { pkgs, ... }:
          {
            users.users.cameron.shell = pkgs.zsh;
            users.users.cameron.openssh.authorizedKeys.keys = config.flake.users.cameron.meta.sshKeys;
          }
        )
      ];
    };
  };
}
