# What people read when they log in to a server.
{
  flake.modules.nixos.base =
    { config, lib, ... }:
    {
      environment.etc."motd".text = lib.mkBefore ''
        ${config.networking.hostName}: kept by its flake, changes by hand are lost.
      '';
    };
}
