# stibnite: the laptop that the fleet is kept from.
{ config, ... }:
let
  flakeModules = config.flake.modules.darwin;
  flakeUsers = config.flake.users;
in
{
  flake.modules.darwin."machines/darwin/stibnite" =
    { lib, pkgs, ... }:
    {
      imports = with flakeModules; [
        homes
        touch-id
        workstation
      ];

      nixpkgs.hostPlatform = "aarch64-darwin";
      networking.hostName = "stibnite";
      networking.computerName = "stibnite";
      system.primaryUser = "crs58";
      fleet.contact = "crs58";
      system.stateVersion = 4;
      time.timeZone = "America/New_York";

      # Nobody hides the dock of the person who keeps the fleet.
      system.defaults.dock.autohide = lib.mkForce false;

      environment.systemPackages = [ pkgs.mactop ];
      homebrew.casks = [ "utm" ];
      nix.settings.max-jobs = 10;

      users.users.crs58 = {
        home = "/Users/crs58";
        shell = pkgs.zsh;
        openssh.authorizedKeys.keys = flakeUsers.crs58.meta.sshKeys;
      };
      home-manager.users.crs58 = {
        imports = flakeUsers.crs58.modules;
        home.stateVersion = "25.05";
      };
    };
}
