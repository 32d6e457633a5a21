# scheelite: computes, with a graphics card, in Google's cloud.
{ config, ... }:
let
  flakeModules = config.flake.modules.nixos;
  flakeUsers = config.flake.users;
  roles = config.fleet.roles;
in
{
  flake.modules.nixos."machines/nixos/scheelite" =
    { lib, pkgs, ... }:
    {
      imports = [ roles.build-server ]
      ++ (with flakeModules; [
        base
        homes
        monitoring
        nvidia
        ssh-known-hosts
        zsh
      ]);

      nixpkgs.hostPlatform = "x86_64-linux";
      networking.hostName = "scheelite";
      system.stateVersion = "25.11";

      # Google's machines start by UEFI.
      boot.loader.grub.enable = lib.mkForce false;
      boot.loader.systemd-boot.enable = true;

      # What the card is for. Its package is broken in every channel, so this machine does not build at present.
      environment.systemPackages = [ pkgs.ollama ];

      # Agents with many keys are refused before they come to the right one.
      services.openssh.settings.MaxAuthTries = 20;

      # Memory belongs to the models.
      fleet.swap.percent = 25;
      nix.settings.max-jobs = lib.mkForce 2;

      home-manager.users.cameron = {
        imports = flakeUsers.cameron.modules;
        home.stateVersion = "25.11";
        # Nobody sits here.
        programs.direnv.enable = lib.mkForce false;
      };
    };
}
