# Who may log in to servers as root: the keys of the people whose account is marked as admin.
{ config, lib, ... }:
let
  admins = lib.filterAttrs (_: user: user.meta.isAdmin) config.flake.users;
  adminKeys = lib.unique (lib.concatMap (user: user.meta.sshKeys) (lib.attrValues admins));
in
{
  flake.modules.nixos.base =
    { lib, ... }:
    {
      users.users.root.openssh.authorizedKeys.keys = adminKeys;
      users.mutableUsers = lib.mkDefault false;
      security.sudo.wheelNeedsPassword = lib.mkDefault false;
    };
}
