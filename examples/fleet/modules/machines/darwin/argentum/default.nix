# argentum: christoph's laptop, kept by cameron.
{ config, ... }:
let
  flakeModules = config.flake.modules.darwin;
  flakeUsers = config.flake.users;
in
{
  flake.modules.darwin."machines/darwin/argentum" =
    { lib, pkgs, ... }:
    {
      imports = with flakeModules; [
        homes
        touch-id
        workstation
      ];

      nixpkgs.hostPlatform = "aarch64-darwin";
      networking.hostName = "argentum";
      networking.computerName = "argentum";
      system.primaryUser = "cameron";
      fleet.contact = "christoph";
      clan.core.networking.targetHost = "cameron@argentum.zt";

      environment.systemPackages = [ pkgs.direnv ];
      homebrew.casks = lib.mkAfter [ "zed" ];

      users.users.christoph = {
        home = "/Users/christoph";
        shell = pkgs.zsh;
      };
      users.users.cameron.home = "/Users/cameron";

      home-manager.users.christoph = {
        imports = flakeUsers.christoph.modules;
        home.stateVersion = "25.05";
      };
      home-manager.users.cameron = {
        imports = flakeUsers.cameron.modules;
        home.stateVersion = "25.05";
      };
    };
}
