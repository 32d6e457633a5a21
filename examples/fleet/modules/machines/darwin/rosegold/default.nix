# rosegold: janet's laptop, kept by cameron.
{ config, ... }:
let
  flakeModules = config.flake.modules.darwin;
  flakeUsers = config.flake.users;
in
{
  flake.modules.darwin."machines/darwin/rosegold" =
    { lib, pkgs, ... }:
    let
      # Both accounts have the same shell.
      account = name: {
        home = "/Users/${name}";
        shell = pkgs.zsh;
      };
      homeOf = name: {
        imports = flakeUsers.${name}.modules;
        home.stateVersion = "25.05";
      };
    in
    {
      imports = with flakeModules; [
        homes
        workstation
      ];

      nixpkgs.hostPlatform = "aarch64-darwin";
      networking.hostName = "rosegold";
      networking.computerName = "rosegold";
      system.primaryUser = "cameron";
      fleet.contact = "janet";
      clan.core.networking.targetHost = "cameron@rosegold.zt";
      time.timeZone = "Europe/Berlin";

      fleet.monitoring.enable = true;
      fleet.monitoring.interval = 120;

      users.users = lib.genAttrs [ "janet" "cameron" ] account;
      home-manager.users = lib.genAttrs [ "janet" "cameron" ] homeOf;
    };
}
