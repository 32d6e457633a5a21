# crs58 keeps the fleet.
{ config, ... }:
{
  flake.users.crs58 = {
    meta = {
      fullname = "Cameron Smith";
      email = "cameron@example.org";
      isAdmin = true;
      sshKeys = [ "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDjgHlEFC+8K3RGUY1ZHwcM/yUn6tdSr0vaY5ZihCyiz crs58" ];
    };
    aggregates = with config.flake.modules.homeManager; [ developer ];
    contentPrivate =
      { lib, ... }:
      {
        programs.git.settings.user.name = "Cameron Smith";
        programs.git.settings.user.email = "cameron@example.org";
        fleet.editor = lib.mkForce "hx";
      };
  };
}
