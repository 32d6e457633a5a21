# cinnabar: a virtual server at Hetzner, controller of the private network and the fleet's face to the internet.
{ config, ... }:
let
  # Bound here, since `config` inside the aspect is the machine's.
  flakeModules = config.flake.modules.nixos;
  flakeUsers = config.flake.users;
  roles = config.fleet.roles;
in
{
  flake.modules.nixos."machines/nixos/cinnabar" =
    { config, lib, ... }:
    {
      imports = [ roles.edge ]
      ++ (with flakeModules; [
        base
        homes
        monitoring
        ssh-known-hosts
        zsh
      ]);

      nixpkgs.hostPlatform = "x86_64-linux";
      networking.hostName = "cinnabar";
      system.stateVersion = "25.05";

      # Nobody logs in to the controller as root over the network: its console is enough.
      services.openssh.settings.PermitRootLogin = "no";

      networking.search = [ config.clan.core.settings.domain ];
      networking.firewall.allowedUDPPorts = lib.mkIf config.fleet.monitoring.enable [ 8125 ];

      home-manager.users.cameron = {
        imports = flakeUsers.cameron.modules;
        home.stateVersion = "25.05";
      };
    };
}
