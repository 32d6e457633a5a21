# galena: serves what the fleet makes, inside of the private network, from Google's cloud.
{ config, ... }:
let
  flakeModules = config.flake.modules.nixos;
  flakeUsers = config.flake.users;
in
{
  flake.modules.nixos."machines/nixos/galena" =
    { config, lib, ... }:
    {
      imports = with flakeModules; [
        homes
        server
      ];

      nixpkgs.hostPlatform = "x86_64-linux";
      networking.hostName = "galena";
      system.stateVersion = "25.11";
      fleet.contact = "raquel";

      services.openssh.settings = lib.mkMerge [
        # Google's console logs in as root, by a command that it brings along.
        { PermitRootLogin = lib.mkForce "forced-commands-only"; }
        (lib.mkIf (config.fleet.exposure == "public") { PermitRootLogin = lib.mkForce "no"; })
      ];

      networking.firewall.allowedTCPPorts = lib.optionals config.fleet.monitoring.enable [ 9100 ] ++ [ 8080 ];

      # There is memory enough.
      fleet.swap.enable = false;

      home-manager.users.cameron = {
        imports = flakeUsers.cameron.modules;
        home.stateVersion = "25.11";
      };
    };
}
