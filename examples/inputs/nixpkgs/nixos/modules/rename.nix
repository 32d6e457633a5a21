# Options that have moved or are gone. Old configurations go on working, and are told what to write instead.
{ lib, ... }:
let
  names = lib.splitString ".";
  moved = from: to: lib.mkRenamedOptionModule (names from) (names to);
in
{
  imports = [
    (moved "nix.binaryCaches" "nix.settings.substituters")
    (moved "nix.trustedUsers" "nix.settings.trusted-users")
    (moved "services.openssh.passwordAuthentication" "services.openssh.settings.PasswordAuthentication")
    (moved "services.openssh.permitRootLogin" "services.openssh.settings.PermitRootLogin")
    (lib.mkRemovedOptionModule (names "sound") "Programs make sounds by themselves now.")
    (lib.mkAliasOptionModule (names "environment.checkConfigurationOptions") (names "_module.check"))
  ];
}
