# blackphos: raquel's laptop. crs58 has an account, to help.
{ config, ... }:
let
  flakeModules = config.flake.modules.darwin;
  flakeUsers = config.flake.users;
in
{
  flake.modules.darwin."machines/darwin/blackphos" =
    { config, lib, pkgs, ... }:
    {
      imports = with flakeModules; [
        homes
        workstation
      ];

      nixpkgs.hostPlatform = "aarch64-darwin";
      networking.hostName = "blackphos";
      networking.computerName = "blackphos";
      system.primaryUser = "raquel";
      fleet.contact = "raquel";
      clan.core.networking.targetHost = "crs58@blackphos.zt";

      # Only a machine that is watched shows its dock all the time.
      system.defaults.dock.autohide = lib.mkIf config.fleet.monitoring.enable (lib.mkForce false);
      system.defaults.dock.tilesize = 64;

      homebrew.casks = [
        "obsidian"
        "utm"
      ];

      users.users = {
        raquel = {
          home = "/Users/raquel";
          shell = pkgs.zsh;
        };
        crs58 = {
          home = "/Users/crs58";
          openssh.authorizedKeys.keys = flakeUsers.crs58.meta.sshKeys;
        };
      };
      home-manager.users = {
        raquel = {
          imports = flakeUsers.raquel.modules;
          home.stateVersion = "25.05";
        };
        crs58 = {
          imports = flakeUsers.crs58.modules;
          home.stateVersion = "25.05";
        };
      };
    };
}
