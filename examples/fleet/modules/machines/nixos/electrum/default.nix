# electrum: builds for the others, and keeps their backups. Its server at Hetzner was given back; the machine is in a cupboard.
{ config, ... }:
let
  flakeModules = config.flake.modules.nixos;
  flakeUsers = config.flake.users;
  roles = config.fleet.roles;
in
{
  flake.modules.nixos."machines/nixos/electrum" =
    { lib, pkgs, ... }:
    let
      backups = "/srv/backups";
    in
    {
      imports = [ roles.build-server ]
      ++ (with flakeModules; [
        homes
        server
      ]);

      nixpkgs.hostPlatform = "x86_64-linux";
      networking.hostName = "electrum";
      system.stateVersion = "25.05";

      fileSystems.${backups} = {
        device = "/dev/disk/by-label/backups";
        fsType = "ext4";
      };
      environment.systemPackages = with pkgs; [
        fleet-status
        restic
      ];

      # Others rely on its disks, so it looks at them more often and complains louder.
      fleet.monitoring = {
        interval = 30;
        checks.backups = {
          command = "test $(date -r ${backups} +%s) -gt $(date -d yesterday +%s)";
          severity = "critical";
        };
        checks.disk.severity = lib.mkForce "critical";
      };

      home-manager.users.cameron = {
        imports = flakeUsers.cameron.modules;
        home.stateVersion = "25.05";
      };
    };
}
